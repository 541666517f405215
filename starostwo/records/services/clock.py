"""Verbs of the clock of a case: exclude time, end it, set a new day, make the case complex, settle it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.office.api import Actor
from starostwo.records.models import Case, ClockEntry
from starostwo.records.queries.clocks import clock_of, term_of
from starostwo.records.rules.clock import (
    Basis,
    Excluded,
    NotAnExclusion,
    Term,
    TermUnit,
    check_exclusion,
    check_extension,
    due_on,
)
from starostwo.records.rules.terms import TermKind, general_term
from starostwo.records.services.acts import act
from starostwo.records.services.parties import held_open_case


class NoTerm(Exception):
    """The case has no term, or one of another act, so that the code does not change its clock."""


@transaction.atomic
def exclude(
    case_id: int,
    *,
    actor: Actor,
    basis: Basis,
    from_on: date,
    to_on: date | None = None,
    reason: str,
    now: datetime,
) -> ClockEntry:
    """Exclude time from the term, with its basis and evidence. Law: k.p.a. art. 35 par. 5."""
    case = _with_term(case_id, actor)
    check_exclusion(Excluded(basis, from_on, to_on), started_on=case.started_on)
    entry = _enter(
        case,
        ClockEntry.Kind.EXCLUSION,
        actor=actor,
        now=now,
        reason=reason,
        basis=basis,
        from_on=from_on,
        to_on=to_on,
    )
    set_due(case)
    payload = {
        "basis": basis.value,
        "from": _iso(from_on),
        "to": _iso(to_on),
        "reason": reason,
        "due": _iso(case.due_on),
    }
    act("exclude_time", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)
    return entry


@transaction.atomic
def end_exclusion(entry_id: int, *, actor: Actor, to_on: date, now: datetime) -> ClockEntry:
    """End open excluded time: from that day the days count again."""
    entry = ClockEntry.objects.select_for_update(of=("self",)).get(
        pk=entry_id, kind=ClockEntry.Kind.EXCLUSION
    )
    case = _with_term(entry.case_id, actor)
    if entry.to_on is not None or entry.from_on is None:
        raise NotAnExclusion("Ten okres ma już koniec.")
    check_exclusion(Excluded(Basis(entry.basis), entry.from_on, to_on), started_on=case.started_on)
    entry.to_on, entry.ended_at = to_on, now
    entry.save(update_fields=["to_on", "ended_at"])
    set_due(case)
    payload = {"basis": entry.basis, "from": _iso(entry.from_on), "to": _iso(to_on), "due": _iso(case.due_on)}
    act("end_excluded_time", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)
    return entry


@transaction.atomic
def extend(case_id: int, *, actor: Actor, new_due: date, reason: str, now: datetime) -> ClockEntry:
    """Set a new day, of which the parties must be notified with the reason. Law: k.p.a. art. 36 par. 1."""
    case = _with_term(case_id, actor)
    check_extension(due=case.due_on, new_due=new_due)
    before = case.due_on
    entry = _enter(case, ClockEntry.Kind.EXTENSION, actor=actor, now=now, reason=reason, new_due_on=new_due)
    set_due(case)
    payload = {"before": _iso(before), "due": _iso(case.due_on), "reason": reason}
    act("extend_term", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)
    return entry


class NotAGeneralTerm(Exception):
    """Only a case with the one month of the code can become especially complicated, and only once."""


@transaction.atomic
def make_complex(case_id: int, *, actor: Actor, reason: str, now: datetime, today: date) -> ClockEntry:
    """Find the case especially complicated: two months from its start. Law: k.p.a. art. 35 par. 3."""
    case = _with_term(case_id, actor)
    if term_of(case) != general_term(TermKind.ORDINARY, on=today):
        raise NotAGeneralTerm(
            "Dwa miesiące przysługują tylko sprawie z terminem miesięcznym z art. 35 § 3 k.p.a."
        )
    put_term(case, general_term(TermKind.COMPLEX, on=today))
    entry = _enter(case, ClockEntry.Kind.COMPLEX, actor=actor, now=now, reason=reason)
    set_due(case)
    payload = {"reason": reason, "due": _iso(case.due_on)}
    act("make_complex", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)
    return entry


@transaction.atomic
def settle(case_id: int, *, actor: Actor, settled_on: date, now: datetime, document: str = "") -> None:
    """Stop the clock: the decision or the answer was issued on that day. A second one changes nothing."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if case.settled_on is not None or case.state != Case.State.OPEN:
        return
    case.settled_on = settled_on
    case.save(update_fields=["settled_on"])
    payload = {"settled_on": _iso(settled_on), "document": document}
    act("settle", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)


def put_term(case: Case, term: Term | None) -> None:
    """Write the term into the row of the case, unsaved."""
    case.term_amount = term.amount if term else None
    case.term_unit = term.unit.value if term else ""
    case.term_law = term.law if term else ""


def set_due(case: Case) -> None:
    """Work out the day that binds and save it beside the term."""
    clock = clock_of(case)
    case.due_on = due_on(clock) if clock else None
    case.is_suspended = clock is not None and case.due_on is None
    case.save(update_fields=["due_on", "is_suspended", "term_amount", "term_unit", "term_law"])


def _with_term(case_id: int, actor: Actor) -> Case:
    case = held_open_case(case_id, actor)
    if case.term_amount is None:
        raise NoTerm(f"Sprawa {case.mark} nie ma terminu.")
    if case.term_unit == TermUnit.CALENDAR_DAY:
        raise NoTerm("To wniosek o informację publiczną: art. 35 i 36 k.p.a. nie mają tu zastosowania.")
    return case


def _enter(
    case: Case, kind: ClockEntry.Kind, *, actor: Actor, now: datetime, reason: str, **values: Any
) -> ClockEntry:
    return ClockEntry.objects.create(
        case=case, kind=kind, reason=reason, noted_at=now, noted_by_id=actor.account_id, **values
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
