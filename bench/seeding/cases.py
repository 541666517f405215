"""Cases that the letters begin, with the answers that settled them; most are closed after some weeks."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.utils.timezone import localdate
from psycopg.types.json import Jsonb

from bench.seeding.matters import Matter
from bench.seeding.staff import Person, Staff
from bench.seeding.store import Store
from starostwo.platform.workdays import is_working_day
from starostwo.records.access import audience_of_case
from starostwo.records.models import Case, Dispatch, Document
from starostwo.records.rules.metadata import AccessLevel
from starostwo.records.rules.numbering import OUTGOING, CaseMark, case_series

TERM = {"term_amount": 1, "term_unit": "MONTH", "term_law": "k.p.a. art. 35 par. 3"}
USUAL_DAYS = 18
DRAGS_ON = 0.01
PAPER = "0" * 64


@dataclass(frozen=True)
class OpenedCase:
    """What a letter needs to know of the case that it lies in."""

    id: int
    mark: str
    audience: list[str]
    closed_at: datetime | None


class Cases:
    """The lists of cases of all units."""

    def __init__(self, store: Store, staff: Staff, chance: random.Random, *, now: datetime) -> None:
        self.store, self.staff, self.chance, self.now = store, staff, chance, now
        self.latest: dict[int, OpenedCase] = {}
        self.paper_id = store.blobs.next_id()
        store.blobs.add(id=self.paper_id, sha256=PAPER, size=1, media_type="application/pdf", stored_at=now,
                        wanted_at=now, scan="unscanned")  # fmt: skip

    def standing(self, person: Person, at: datetime) -> OpenedCase | None:
        """The last case of the person, while it is open."""
        case = self.latest.get(person.id)
        return case if case and (case.closed_at is None or case.closed_at > at) else None

    def open(
        self, matter: Matter, title: str, letter_id: int, party_id: int, person: Person, *, started: datetime,
        at: datetime,
    ) -> OpenedCase:  # fmt: skip
        """A case begins with a letter; it is closed by now, or not yet."""
        store, klass = self.store, matter.plan_class.symbol
        case_id = store.cases.next_id()
        series = case_series(unit=matter.unit, klass=klass)
        mark = CaseMark(matter.unit, klass, store.next_number(series, at.year), at.year)
        days = 10_000.0 if self.chance.random() < DRAGS_ON else self.chance.expovariate(1 / USUAL_DAYS) + 0.5
        closes = at + timedelta(days=days)
        case = OpenedCase(
            case_id, str(mark), _audience(person.id, matter.unit), closes if closes <= self.now else None
        )
        self._write(case, mark, matter, title, letter_id, person, started=started, at=at)
        store.case_parties.add(
            id=store.case_parties.next_id(), case_id=case_id, party_id=party_id, role="PARTY",
            from_on=localdate(at),
        )  # fmt: skip
        self._say(case, "open", person, at, {"mark": case.mark, "title": title})
        if case.closed_at:
            self._answer(case, mark, matter, title, party_id, person, case.closed_at)
            self._say(case, "close", person, case.closed_at, {"closed_on": f"{localdate(case.closed_at)}"})
        self.latest[person.id] = case
        return case

    def _write(
        self, case: OpenedCase, mark: CaseMark, matter: Matter, title: str, letter_id: int, person: Person, *,
        started: datetime, at: datetime,
    ) -> None:  # fmt: skip
        closed_on = localdate(case.closed_at) if case.closed_at else None
        state = Case.State.CLOSED if closed_on else Case.State.OPEN
        due_on = localdate(started) + timedelta(days=31)
        while not is_working_day(due_on):
            due_on += timedelta(days=1)
        self.store.cases.add(
            id=case.id,
            mark=case.mark,
            unit=mark.unit,
            klass=mark.klass,
            number=mark.number,
            year=mark.year,
            plan_class_id=matter.plan_class.pk,
            mode=matter.plan_class.mode,
            title=title,
            access=AccessLevel.PARTLY.value,
            founder_id=person.id,
            holder_id=person.id,
            service_code=matter.card,
            first_letter_id=letter_id,
            opened_on=localdate(at),
            opened_at=at,
            state=state.value,
            settled_on=closed_on,
            closed_on=closed_on,
            outcome="załatwiono" if closed_on else "",
            started_on=localdate(started),
            due_on=due_on,
            audience=case.audience,
            **TERM,
        )
        self.store.index_row(
            f"records.case:{case.id}", "case", title, "", marks=[case.mark], audience=case.audience,
            on=localdate(at), url=f"/urzad/sprawy/{case.mark}/",
            facets={"unit": mark.unit, "class": mark.klass, "year": str(mark.year), "state": str(state.label),
                    "person": str(person.id)},
        )  # fmt: skip

    def _answer(
        self,
        case: OpenedCase,
        mark: CaseMark,
        matter: Matter,
        title: str,
        party_id: int,
        person: Person,
        at: datetime,
    ) -> None:
        """The signed letter that settled the case, sent on paper."""
        store, head = self.store, self.staff.heads[matter.unit]
        document, version = store.documents.next_id(), store.versions.next_id()
        state, shown, heading = Document._meta.get_field("state"), f"{case.mark}.1", title[:190]
        store.documents.add(
            id=document, case_id=case.id, kind="LETTER", title=heading, state="SIGNED", addressee_id=party_id,
            remedy="NONE", number=1, mark=shown, author_id=person.id, created_at=at,
        )  # fmt: skip
        text = f"W odpowiedzi na pismo w sprawie {title} informuję, że sprawę załatwiono."
        store.versions.add(
            id=version, document_id=document, number=1, text=text, author_id=person.id, saved_at=at
        )
        store.signed.add(
            id=store.signed.next_id(), document_id=document, version_id=version, blob_id=self.paper_id,
            sha256=PAPER, signer_id=head.id, signer_name=head.name, signer_post=head.post, signed_at=at,
            printed=Jsonb({}),
        )  # fmt: skip
        dispatch = store.dispatches.next_id()
        store.dispatches.add(
            id=dispatch, document_id=document, party_id=party_id,
            channel=Dispatch.Channel.PAPER.value, year=at.year, number=store.next_number(OUTGOING, at.year),
            addressee_name="nadawca", sent_on=localdate(at), sent_at=at, sent_by_id=person.id,
            printout_id=self.paper_id,
        )  # fmt: skip
        self._served(dispatch, head, at + timedelta(days=3))
        labels = dict(state.flatchoices)
        store.index_row(
            f"records.document:{document}", "document", f"pismo: {heading}", text, marks=[case.mark, shown],
            audience=case.audience, on=localdate(at), url=f"/urzad/dokumenty/{document}/",
            facets={"unit": mark.unit, "class": mark.klass, "year": str(at.year), "person": str(person.id),
                    "state": str(labels["SIGNED"])},
        )  # fmt: skip

    def _served(self, dispatch: int, person: Person, at: datetime) -> None:
        if at <= self.now:
            self.store.deliveries.add(
                id=self.store.deliveries.next_id(), dispatch_id=dispatch, proof="RECEIPT",
                served_on=localdate(at), recorded_at=at, recorded_by_id=person.id, identity="adresat",
                remedy="NONE",
            )  # fmt: skip

    def _say(self, case: OpenedCase, verb: str, person: Person, at: datetime, data: dict[str, str]) -> None:
        said = {"post": person.post, **data}
        self.store.history.add(
            f"records.case:{case.id}", verb, by=person.id, name=person.name, at=at, data=said
        )


@cache
def _audience(holder_id: int, unit: str) -> list[str]:
    """Who sees such a case, by the rules of the product itself."""
    return audience_of_case(Case(holder_id=holder_id, unit=unit), [])
