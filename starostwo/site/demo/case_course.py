"""How one case of the demonstration goes: drafted, perhaps called to complete, signed, sent, served."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.timezone import localdate

from starostwo.office.actor import Actor, actor_for
from starostwo.office.models import Account
from starostwo.records.models import Case, ClockEntry, Dispatch, Document, DocumentVersion
from starostwo.records.rules.clock import Basis
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.services.acceptance import return_document, submit
from starostwo.records.services.cases import close_case
from starostwo.records.services.clock import end_exclusion, exclude, extend
from starostwo.records.services.delivery import open_delivery, record_receipt
from starostwo.records.services.dispatch import dispatch_document
from starostwo.records.services.document_drafts import Wording, draft_document, save_version
from starostwo.records.services.document_signing import sign_document
from starostwo.site.demo.events import Calendar
from starostwo.site.demo.people import Cast

FILLED = {
    Kind.LETTER: "wniosek został uwzględniony",
    Kind.DECISION: "zgodnie z wnioskiem, w całości",
    Kind.ATTESTATION: "spełnia warunki, o których mowa we wniosku",
    Kind.CALL: "7",
}


class At(Protocol):
    """The office in which the case goes: who works there, and when things happen."""

    cast: Cast
    calendar: Calendar

    def actor(self, login: str, moment: datetime) -> Actor: ...


@dataclass
class Course:
    """One case on its way; the traits say what is unusual about it."""

    case_id: int
    worker: str
    head: str
    kind: Kind
    is_called: bool = False
    is_extended: bool = False
    is_forgotten: bool = False
    is_returned: bool = False

    def begin(self, office: At, moment: datetime) -> None:
        """Start with the answer, or with a call to complete the application."""
        self.office = office
        if self.is_forgotten:
            return
        if self.is_called:
            self._later(moment, 2, self._call)
        elif self.is_extended:
            self._later(moment, 20, self._extend)
        else:
            self._later(moment, 2, self._draft)

    def _call(self, moment: datetime) -> None:
        """Time until the answer does not count (k.p.a. art. 64 par. 2 and art. 35 par. 5)."""
        document = self._drafted(Kind.CALL, moment)
        self._sign_and_send(document, moment)
        actor = self._worker(moment)
        reason = "wezwanie do uzupełnienia wniosku"
        entry = exclude(
            self.case_id, actor=actor, basis=Basis.PARTY, from_on=localdate(moment), reason=reason, now=moment
        )
        self._later(moment, 9, lambda at: self._completed(entry, at))

    def _completed(self, entry: ClockEntry, moment: datetime) -> None:
        end_exclusion(entry.pk, actor=self._worker(moment), to_on=localdate(moment), now=moment)
        self._later(moment, 3, self._draft)

    def _extend(self, moment: datetime) -> None:
        case = Case.objects.get(pk=self.case_id)
        if case.due_on is not None:
            new_due = case.due_on + timedelta(days=21)
            extend(
                self.case_id,
                actor=self._worker(moment),
                new_due=new_due,
                reason="oczekiwanie na opinię",
                now=moment,
            )
        self._later(moment, 6, self._draft)

    def _draft(self, moment: datetime) -> None:
        document = self._drafted(self.kind, moment)
        self._later(moment, 1, lambda at: self._submit(document, at))

    def _submit(self, document: Document, moment: datetime) -> None:
        if self.worker != self.head:
            submit(document.pk, actor=self._worker(moment), acceptors=[self._head().pk], now=moment)
        else:
            submit(
                document.pk, actor=self._worker(moment), acceptors=[self._person("t.sokol").pk], now=moment
            )
        self._later(moment, 1.5, lambda at: self._decide(document, at))

    def _decide(self, document: Document, moment: datetime) -> None:
        if self.is_returned:
            self.is_returned = False
            actor = self._signer(moment)
            remark = "proszę dopisać, od kiedy decyzja obowiązuje"
            return_document(document.pk, actor=actor, remark=remark, now=moment)
            self._later(moment, 1, lambda at: self._correct(document, at))
            return
        self._sign(document, moment)
        self._later(moment, 1, lambda at: self._send(document, at))

    def _correct(self, document: Document, moment: datetime) -> None:
        latest = DocumentVersion.objects.filter(document=document).order_by("-number")[0]
        wording = Wording(
            document.title,
            latest.text + "\n\nZ dniem doręczenia.\n",
            Remedy(document.remedy),
            document.answer_days,
        )
        actor = self._worker(moment)
        save_version(
            document.pk, actor=actor, wording=wording, base=latest.number, today=localdate(moment), now=moment
        )
        self._submit(document, moment)

    def _send(self, document: Document, moment: datetime) -> None:
        rows = dispatch_document(document.pk, actor=self._worker(moment), now=moment)
        for row in rows:
            self._later(moment, 6, lambda at, row=row: self._serve(row, at))

    def _serve(self, row: Dispatch, moment: datetime) -> None:
        if row.channel == Dispatch.Channel.ACCOUNT:
            resident = next(a for a in self.office.cast.residents.values() if a.pk == row.account_id)
            actor = actor_for(resident, today=localdate(moment))
            open_delivery(row.pk, actor=actor, now=moment)
        else:
            record_receipt(
                row.pk,
                actor=self._worker(moment),
                served_on=localdate(moment),
                received_by=row.addressee_name,
                now=moment,
            )
        self._later(moment, 16, self._close)

    def _close(self, moment: datetime) -> None:
        case = Case.objects.get(pk=self.case_id)
        if case.closed_on is None:
            outcome = KINDS[self.kind].title.lower()
            close_case(
                case.pk, actor=self._worker(moment), outcome=outcome, today=localdate(moment), now=moment
            )

    def _sign_and_send(self, document: Document, moment: datetime) -> None:
        submit(document.pk, actor=self._worker(moment), acceptors=[self._signer_account().pk], now=moment)
        self._sign(document, moment)
        dispatch_document(document.pk, actor=self._worker(moment), now=moment)

    def _sign(self, document: Document, moment: datetime) -> None:
        sign_document(document.pk, actor=self._signer(moment), now=moment)

    def _drafted(self, kind: Kind, moment: datetime) -> Document:
        """A draft whose blanks are filled in."""
        rules = KINDS[kind]
        text = filled(rules.template, FILLED.get(kind, "zgodnie z aktami sprawy"))
        case = Case.objects.get(pk=self.case_id)
        if not case.service_code:  # a matter without a card names its higher organ itself
            text = text.replace("{organ.odwolawczy}", "Wojewoda Łódzki")
        days = 7 if rules.remedy is Remedy.ANSWER else None
        return draft_document(
            self.case_id,
            actor=self._worker(moment),
            kind=kind,
            wording=Wording(case.title[:200], text, rules.remedy, days),
            today=localdate(moment),
            now=moment,
        )

    def _later(self, moment: datetime, days: float, event: object) -> None:
        drawn = days * self.office.calendar.chance.uniform(0.4, 1.6)
        self.office.calendar.after(moment, drawn, event)  # type: ignore[arg-type]

    def _worker(self, moment: datetime) -> Actor:
        return self.office.actor(self.worker, moment)

    def _signer(self, moment: datetime) -> Actor:
        return self.office.actor("t.sokol" if self.worker == self.head else self.head, moment)

    def _signer_account(self) -> Account:
        return self._person("t.sokol") if self.worker == self.head else self._head()

    def _head(self) -> Account:
        return self._person(self.head)

    def _person(self, login: str) -> Account:
        return self.office.cast.staff[login]


def filled(template: str, words: str) -> str:
    """Put words into every blank '[uzupełnij: ...]' of a template."""
    start = template.find("[uzupełnij")
    while start >= 0:
        end = template.index("]", start) + 1
        template = template[:start] + words + template[end:]
        start = template.find("[uzupełnij")
    return template


def course_of(drawn: float, case_id: int, worker: str, head: str, answer: str) -> Course:
    """The course of a case by chance: some are called, extended, returned, a few forgotten."""
    return Course(
        case_id,
        worker,
        head,
        Kind(answer),
        is_called=drawn < 0.12,
        is_extended=0.12 <= drawn < 0.2,
        is_forgotten=0.2 <= drawn < 0.27,
        is_returned=0.27 <= drawn < 0.37,
    )
