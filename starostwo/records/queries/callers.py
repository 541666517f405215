"""Who calls from a number, and the open cases of a caller that the clerk may open.

Cases that the clerk may not see are neither shown nor counted, as everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from starostwo.office.api import Actor
from starostwo.records.access import cases_to_note_in, may_look_up_parties, visible_open_cases
from starostwo.records.models import Case, CaseParty, Party
from starostwo.records.queries.cases import find_case
from starostwo.records.queries.lists import FIRST_DUE, last_due

PARTIES, CASES = 10, 20


@dataclass(frozen=True)
class CallingParty:
    """A person or an organization of the directory that is reached at the number."""

    id: int
    name: str
    town: str = ""
    is_organization: bool = False

    def __str__(self) -> str:
        return f"records.party:{self.id}"


@dataclass(frozen=True)
class CallersCase:
    """An open case of a caller, as somebody who may open it sees it; `as_what` says whose it is."""

    mark: str
    title: str
    holder_id: int
    holder: str
    due_on: date | None
    is_suspended: bool
    is_settled: bool
    as_what: tuple[str, ...]
    may_note: bool


def parties_at(number: str, *, actor: Actor) -> list[CallingParty]:
    """Everybody who is kept under a number in the form of E.164, the first ten."""
    if not may_look_up_parties(actor):
        return []
    rows = Party.objects.filter(phone=number).exclude(phone="").order_by("folded", "id")[:PARTIES]
    return [CallingParty(one.pk, one.name, one.town, one.kind == Party.Kind.ORGANIZATION) for one in rows]


def open_cases_of(parties: Iterable[CallingParty], *, actor: Actor) -> list[CallersCase]:
    """Their open cases that the person may open, the nearest term first, at most twenty; three queries."""
    ids = [one.id for one in parties]
    if not ids:
        return []
    named = CaseParty.objects.filter(party__in=ids, to_on=None)
    cases = visible_open_cases(actor).filter(pk__in=named.values("case")).annotate(last_due=last_due())
    found = list(cases.select_related("holder").defer("audience").order_by(*FIRST_DUE)[:CASES])
    if not found:
        return []
    roles: dict[int, list[str]] = {}
    for row in named.filter(case__in=found).select_related("party").order_by("id"):
        roles.setdefault(row.case_id, []).append(f"{row.party.name} ({row.get_role_display()})")
    writable = cases_to_note_in(actor, found)
    return [_shown(case, tuple(roles[case.pk]), case.pk in writable) for case in found]


def case_to_note_in(mark: str, *, actor: Actor) -> int | None:
    """The id of the case of this mark when the person may add a note to it."""
    case = find_case(mark.strip(), actor=actor)
    return case.pk if case is not None and cases_to_note_in(actor, [case]) else None


def _shown(case: Case, as_what: tuple[str, ...], may_note: bool) -> CallersCase:
    return CallersCase(
        case.mark,
        case.title,
        case.holder_id,
        case.holder.name,
        case.due_on,
        case.is_suspended,
        case.settled_on is not None,
        as_what,
        may_note,
    )
