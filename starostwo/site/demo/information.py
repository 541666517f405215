"""Requests for public information in the demonstration: answered, made longer, refused, one that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from starostwo.files import api as files
from starostwo.records import api as records
from starostwo.records.models import Case, Document, DocumentVersion
from starostwo.records.rules.assignment import Target
from starostwo.records.rules.courses import INFORMATION_KIND
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_fields import GAP
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.rules.information import CARD, End, Ground, answer_by
from starostwo.records.rules.information_texts import PATTERNS
from starostwo.records.services.assignments import assign
from starostwo.records.services.cases import open_case
from starostwo.records.services.document_drafts import Wording, save_version
from starostwo.records.services.information import draft_answer, lengthen
from starostwo.site.demo.case_course import At, Course, filled
from starostwo.site.demo.people import rows
from starostwo.site.demo.post_office import Senders

UNIT, HEAD, DESK, CLASS = "OR", "w.kania", "z.mak", "1431"
LONGER_BY = 20
LIMIT = 100_000


@dataclass
class InformationCourse(Course):
    """A request on its way: perhaps made longer, then answered in one of the ways of the act."""

    end: End = End.GIVEN
    ground: Ground | None = None
    answer: str = "żądane dane przesyłamy w pliku"

    def begin(self, office: At, moment: datetime) -> None:
        """Start with the answer, or with the notice of a later day."""
        self.office = office
        if not self.is_forgotten:
            self._later(moment, 2, self._extend if self.is_extended else self._draft)

    def _extend(self, moment: datetime) -> None:
        """The notice is due within the first 14 days (art. 13 ust. 2)."""
        case, today = Case.objects.get(pk=self.case_id), localdate(moment)
        if case.due_on is not None and today <= answer_by(case.started_on):
            notice = lengthen(
                self.case_id,
                actor=self._worker(moment),
                new_due=case.due_on + timedelta(days=LONGER_BY),
                reason="zebranie danych z trzech jednostek",
                today=today,
                now=moment,
            )
            self._sign_and_send(notice, moment)
        self._later(moment, 14, self._draft)

    def _drafted(self, kind: Kind, moment: datetime) -> Document:
        """The letter by its template, its blanks filled."""
        actor, today = self._worker(moment), localdate(moment)
        document = draft_answer(
            self.case_id, actor=actor, end=self.end, ground=self.ground, today=today, now=moment
        )
        text = DocumentVersion.objects.get(document=document, number=1).text
        wording = Wording(
            document.title, _filled(text, self.answer.split("|")), Remedy(document.remedy), None
        )
        save_version(document.pk, actor=actor, wording=wording, base=1, today=today, now=moment)
        return document


def _filled(text: str, words: Sequence[str]) -> str:
    """Put the words into the blanks one after another; the last ones go into all that are left."""
    for each in words[:-1]:
        text = GAP.sub(each, text, count=1)
    return filled(text, words[-1])


class Requests:
    """The requests that every stage shows; each comes by e-mail and is entered by the mail desk."""

    def __init__(self, office: At, senders: Senders) -> None:
        self.office = office
        self.senders = senders

    def plan(self, first: datetime) -> None:
        """Put their arrival on the calendar."""
        calendar = self.office.calendar
        for row in rows("requests.csv"):
            moment = calendar.office_hour(first + timedelta(days=int(row["day"])))
            calendar.at(moment, lambda at, row=row: self._comes(row, at))  # type: ignore[misc]

    def _comes(self, row: dict[str, str], moment: datetime) -> None:
        words = f"Dzień dobry,\nproszę o informację publiczną: {row['title']}.\n"
        blob = files.put(words.encode(), name="wiadomosc.txt", limit=LIMIT)
        letter = records.register_incoming(
            actor=self.office.actor(DESK, moment),
            received=records.Received(
                title=row["title"],
                received_on=localdate(moment),
                senders=(self.senders.person(),),
                kind=INFORMATION_KIND,
                format="text/plain",
                service_code=CARD,
                unit=UNIT,
            ),
            files=[records.NewFile(blob_id=blob.pk, name="wiadomosc.txt")],
            channel=records.Channel.EMAIL,
            today=localdate(moment),
            now=moment,
        )
        self.office.calendar.after(moment, 0.5, lambda at: self._taken_up(letter.pk, row, at))

    def _taken_up(self, letter_id: int, row: dict[str, str], moment: datetime) -> None:
        actor, today = self.office.actor(HEAD, moment), localdate(moment)
        target = Target(account_id=self.office.cast.staff[HEAD].pk)
        assign([letter_id], actor=actor, lead=target, today=today, now=moment)
        case = open_case(
            letter_id,
            actor=actor,
            class_symbol=CLASS,
            title="",
            is_information=True,
            today=today,
            now=moment,
        )
        if row["end"]:
            InformationCourse(
                case.pk,
                HEAD,
                HEAD,
                PATTERNS[End(row["end"])].kind,
                is_extended=row["extended"] == "1",
                end=End(row["end"]),
                ground=Ground(row["ground"]) if row["ground"] else None,
                answer=row["answer"],
            ).begin(self.office, moment)
