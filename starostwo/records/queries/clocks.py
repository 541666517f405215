"""The clock of a case as a value, and its ledger."""

from datetime import date

from starostwo.records.models import Case, ClockEntry
from starostwo.records.rules.clock import Basis, Clock, Excluded, Term, TermUnit
from starostwo.records.rules.ledger import Ledger, ledger


def clock_of(case: Case) -> Clock | None:
    """Return all that decides the term of the case; None when it has no term."""
    entries = ClockEntry.objects.filter(case=case).order_by("noted_at", "id")
    return clock_from(case, list(entries))


def clock_from(case: Case, entries: list[ClockEntry]) -> Clock | None:
    """Return the clock of a case whose entries are at hand."""
    term = term_of(case)
    if term is None:
        return None
    return Clock(
        started_on=case.started_on,
        term=term,
        excluded=tuple(
            Excluded(Basis(one.basis), one.from_on, one.to_on, one.reason)
            for one in entries
            if one.from_on is not None
        ),
        extended_to=tuple(one.new_due_on for one in entries if one.new_due_on is not None),
        settled_on=case.settled_on or case.closed_on,
    )


def term_of(case: Case) -> Term | None:
    """Return the term of the case, None when it has none."""
    if case.term_amount is None:
        return None
    return Term(case.term_amount, TermUnit(case.term_unit), case.term_law)


def ledger_of(case: Case, entries: list[ClockEntry], *, today: date) -> Ledger | None:
    """Return the days of the case, None when it has no term."""
    clock = clock_from(case, entries)
    return ledger(clock, today=today) if clock else None
