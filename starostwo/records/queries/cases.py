"""One case with all that its page shows."""

from dataclasses import dataclass
from datetime import date

from starostwo.audit import api as audit
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.records import access
from starostwo.records.models import (
    Case,
    CaseAccess,
    CaseLink,
    CaseNote,
    CaseParty,
    ClockEntry,
    InformationRequest,
    Letter,
)
from starostwo.records.queries.clocks import ledger_of
from starostwo.records.queries.information import request_of
from starostwo.records.queries.sheet import CaseSheet, case_sheet
from starostwo.records.rules.clock import TermUnit, warn_on
from starostwo.records.rules.ledger import Ledger


@dataclass(frozen=True)
class CasePage:
    """A case, what lies in it, its clock and history, and what the person may do with it."""

    case: Case
    letters: list[Letter]
    parties: list[CaseParty]
    notes: list[CaseNote]
    given: list[CaseAccess]
    links: list[CaseLink]
    entries: list[ClockEntry]
    ledger: Ledger | None
    information: InformationRequest | None
    warn_on: date | None
    sheet: CaseSheet
    history: list[audit.Entry]
    may_handle: bool
    may_hand_over: bool
    may_write_note: bool


def find_case(mark: str, *, actor: Actor) -> Case | None:
    """Return the case of this mark, None when there is none or the person may not see it."""
    return (
        access.visible_cases(actor)
        .select_related("holder", "founder", "plan_class")
        .filter(mark=mark)
        .first()
    )


def case_page(mark: str, *, actor: Actor, today: date) -> CasePage | None:
    """Return the case as the person sees it today; None when he may not."""
    case = find_case(mark, actor=actor)
    if case is None:
        return None
    entries = list(ClockEntry.objects.filter(case=case).select_related("noted_by").order_by("noted_at", "id"))
    handles, hands_over = access.may_handle(actor, case), access.may_hand_over(actor, case)
    return CasePage(
        case=case,
        letters=list(letters_of(case)),
        parties=list(parties_of(case)),
        notes=list(CaseNote.objects.filter(case=case).select_related("author").order_by("written_at", "id")),
        given=list(CaseAccess.objects.filter(case=case, withdrawn_at=None).order_by("given_at", "id")),
        links=list(_links(case)),
        entries=entries,
        ledger=ledger_of(case, entries, today=today),
        information=request_of(case) if case.term_unit == TermUnit.CALENDAR_DAY else None,
        warn_on=warn_on(case.due_on) if case.due_on else None,
        sheet=case_sheet(case),
        history=audit.history(str(case)),
        may_handle=handles and case.state == Case.State.OPEN,
        may_hand_over=hands_over,
        may_write_note=case.state == Case.State.OPEN and access.may_write_note(actor, case),
    )


def letters_of(case: Case) -> list[Letter]:
    """Return the letters in the case, in the order in which they came in."""
    return list(Letter.objects.filter(case=case).defer("audience").order_by("registered_at", "id"))


def parties_of(case: Case) -> list[CaseParty]:
    """Return the present parties of the case and their representatives."""
    present = CaseParty.objects.filter(case=case, to_on=None)
    return list(present.select_related("party", "represents__party", "authority").order_by("id"))


def name_of(token: str, *, on: date) -> str:
    """Return how a token of access is shown: a person's name or a unit."""
    kind, _, value = token.partition(":")
    person = office.person(int(value), on=on) if kind == "person" else None
    return person.name if person else f"komórka {value}"


def _links(case: Case) -> list[CaseLink]:
    both = CaseLink.objects.filter(newer=case) | CaseLink.objects.filter(older=case)
    return list(both.select_related("newer", "older").order_by("made_at", "id"))
