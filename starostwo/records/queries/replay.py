"""A case as it stood at the end of a past day.

Law: rozp. MSWiA 30.10.2006 par. 6 point 10 (the system replays how a case was handled and decided).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils import timezone

from starostwo.audit import api as audit
from starostwo.records.models import Case, CaseNote, CaseParty, ClockEntry, Letter
from starostwo.records.queries.clocks import ledger_of
from starostwo.records.queries.sheet import CaseSheet, case_sheet
from starostwo.records.rules.clock import Term, TermUnit
from starostwo.records.rules.ledger import Ledger
from starostwo.records.rules.terms import TermKind, general_term


@dataclass(frozen=True)
class CaseThen:
    """What was known of a case at the end of a day."""

    day: date
    mark: str
    title: str
    holder_id: int
    state: str
    closed_on: date | None
    settled_on: date | None
    letters: list[Letter]
    parties: list[CaseParty]
    notes: list[CaseNote]
    ledger: Ledger | None
    sheet: CaseSheet


def case_on(case: Case, day: date) -> CaseThen | None:
    """Return a case that the caller may see as it stood on the day; None before it was opened."""
    end = timezone.make_aware(datetime.combine(day, time.max))
    if case.opened_at > end:
        return None
    then = _Then.of(audit.history_of([str(case)], until=end))
    return CaseThen(
        day=day,
        mark=case.mark,
        title=then.title,
        holder_id=then.holder,
        state=Case.State.CLOSED if then.closed_on else Case.State.OPEN,
        closed_on=then.closed_on,
        settled_on=then.settled_on,
        letters=list(Letter.objects.filter(case=case, filed_at__lte=end).order_by("registered_at", "id")),
        parties=list(_parties(case, day)),
        notes=list(
            CaseNote.objects.filter(case=case, written_at__lte=end)
            .select_related("author")
            .order_by("written_at")
        ),
        ledger=_ledger(case, then, end=end, day=day),
        sheet=replace(case_sheet(case, until=end), title=then.title),
    )


@dataclass(frozen=True)
class _Then:
    """The changeable facts of a case, folded out of its history."""

    title: str = ""
    holder: int = 0
    closed_on: date | None = None
    settled_on: date | None = None
    is_complex: bool = False

    @classmethod
    def of(cls, lines: list[audit.Entry]) -> "_Then":
        then = cls()
        for line in lines:
            then = replace(then, **_change(line.verb, line.payload))
        return then


def _change(verb: str, said: dict[str, Any]) -> dict[str, Any]:
    """What one line of history changes."""
    match verb:
        case "open":
            return {"title": said["title"], "holder": said["holder"]}
        case "change_title":
            return {"title": said["title"][1]}
        case "hand_over":
            return {"holder": said["to"]}
        case "close":
            closed = date.fromisoformat(said["closed_on"])
            return {"closed_on": closed, "settled_on": closed}
        case "reopen":
            return {"closed_on": None, "settled_on": None}
        case "settle":
            return {"settled_on": date.fromisoformat(said["settled_on"])}
        case "make_complex":
            return {"is_complex": True}
    return {}


def _parties(case: Case, day: date) -> list[CaseParty]:
    present = CaseParty.objects.filter(case=case, from_on__lte=day).filter(Q(to_on=None) | Q(to_on__gt=day))
    return list(present.select_related("party").order_by("id"))


def _ledger(case: Case, then: _Then, *, end: datetime, day: date) -> Ledger | None:
    """The ledger with the entries of that time; an end that was written later was not yet known."""
    entries = list(ClockEntry.objects.filter(case=case, noted_at__lte=end).order_by("noted_at", "id"))
    for entry in entries:
        if entry.ended_at is not None and entry.ended_at > end:
            entry.to_on = None
    past = Case.objects.get(pk=case.pk)
    past.settled_on, past.closed_on = then.settled_on, then.closed_on
    term = _term_then(past, then)
    if term is not None:
        past.term_amount, past.term_unit, past.term_law = term.amount, term.unit.value, term.law
    return ledger_of(past, entries, today=day)


def _term_then(case: Case, then: _Then) -> Term | None:
    if case.term_amount is None:
        return None
    now = Term(case.term_amount, TermUnit(case.term_unit), case.term_law)
    was_made_complex = now == general_term(TermKind.COMPLEX, on=case.opened_on)
    return (
        general_term(TermKind.ORDINARY, on=case.opened_on)
        if was_made_complex and not then.is_complex
        else now
    )
