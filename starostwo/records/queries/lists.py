"""Lists of letters and cases as people work them off; every one starts with what the person may see."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar, cast

from django.db.models import (
    DateField,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Model,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce

from starostwo.office.api import Actor, Right
from starostwo.platform.polish import fold
from starostwo.records.access import (
    cases_headed_by,
    letters_headed_by,
    people_of,
    visible_cases,
    visible_letters,
    visible_open_cases,
)
from starostwo.records.models import Case, Letter, Party

NEWEST = ("-placed_at", "-id")
FEW = 2_000
FIRST_DUE = ("last_due", "id")
OLDEST_LETTERS = ("registered_at", "id")
OFFERED = 10

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class LetterFilter:
    """What a list of letters is cut down to; empty values cut nothing."""

    channel: str = ""
    state: str = ""
    unit: str = ""
    seat: str = ""
    since: date | None = None
    until: date | None = None
    not_fully_copied: bool = False


def letters(actor: Actor, wanted: LetterFilter) -> QuerySet[Letter]:
    """Return the visible letters of all channels that the filter lets through."""
    exact = {"channel": wanted.channel, "state": wanted.state, "unit": wanted.unit, "seat": wanted.seat}
    seen = letters_headed_by(actor) if wanted.unit in actor.heads else visible_letters(actor)
    found = seen.filter(**{field: value for field, value in exact.items() if value})
    if wanted.since:
        found = found.filter(received_on__gte=wanted.since)
    if wanted.until:
        found = found.filter(received_on__lte=wanted.until)
    if wanted.not_fully_copied:
        found = found.filter(fully_copied=False)
    return _placed(found, "registered_at").select_related("holder", "case").defer("audience", "remarks")


def letters_to_assign(actor: Actor) -> QuerySet[Letter]:
    """Return the letters that wait for this head: nobody is named yet, or only his unit is.

    A letter that lies in a unit below waits for the head of that unit, if it has one.
    """
    if not actor.may(Right.ASSIGN):
        return Letter.objects.none()
    here = letters_headed_by(actor).filter(unit__in=sorted(actor.leads))
    return here.filter(holder=None, state__in=["REGISTERED", "ASSIGNED"])


def letters_to_file(actor: Actor) -> QuerySet[Letter]:
    """Return the letters assigned to the person that lie in no case yet; those without a term come last."""
    mine = visible_letters(actor).filter(state="ASSIGNED", holder__in=people_of(actor))
    return mine.annotate(last_due=last_due())


def open_cases(actor: Actor) -> QuerySet[Case]:
    """Return the open cases that the person holds, also in the place of the absent; no term comes last."""
    mine = visible_cases(actor).filter(state="OPEN", holder__in=people_of(actor))
    return mine.annotate(last_due=last_due()).defer("audience")


def cases(
    actor: Actor, *, state: str = "", unit: str = "", klass: str = "", year: int | None = None
) -> QuerySet[Case]:
    """Return the visible cases, cut down to a state, a unit, a class of any rank, a year."""
    found = cases_headed_by(actor) if unit in actor.heads else _seen(actor, state)
    if state:
        found = found.filter(state=state)
    if unit:
        found = found.filter(unit=unit)
    if klass:
        found = found.filter(klass__startswith=klass)
    if year:
        found = found.filter(year=year)
    placed = _placed(found, "opened_at", has_index=year is not None)
    return placed.select_related("holder").defer("audience")


def _seen(actor: Actor, state: str) -> QuerySet[Case]:
    return visible_open_cases(actor) if state == Case.State.OPEN else visible_cases(actor)


def late_cases(actor: Actor, *, today: date, within: int = 0) -> QuerySet[Case]:
    """Return the open cases that the person sees and that are late, or will be within some days."""
    until = today + timedelta(days=within)
    found = visible_open_cases(actor).filter(settled_on=None, due_on__lt=until)
    return found.select_related("holder").order_by("due_on", "id")


def parties_by_prefix(typed: str) -> list[Party]:
    """Return parties of the directory whose name begins with what was typed, from three letters on."""
    prefix = fold(typed.strip())
    if len(prefix) < 3:
        return []
    return list(Party.objects.filter(folded__startswith=prefix).order_by("folded", "id")[:OFFERED])


def _placed(rows: QuerySet[M], moment: str, *, has_index: bool = False) -> QuerySet[M]:
    """Give the rows the moment that orders them, so that a list is quick for everybody.

    Who sees much is read to in the order of the index; who sees little would wait for the whole index to be
    read, so his few rows are found by their audience and sorted: the added nothing hides the index. Rows that
    an index of their own has in this order are counted along it: without an order the database would read the
    table from wherever another question has just left off.
    """
    counted = rows.order_by(f"-{moment}", "-id") if has_index else rows.order_by()
    is_few = counted.values("pk")[: FEW + 1].count() <= FEW
    nothing = Value(timedelta(0), output_field=DurationField())
    order = ExpressionWrapper(F(moment) + nothing, output_field=DateTimeField()) if is_few else F(moment)
    return cast(QuerySet[M], rows.annotate(placed_at=order))


def last_due() -> Coalesce:
    """The term of a row for sorting: no term comes last."""
    return Coalesce(F("due_on"), Value(date.max, output_field=DateField()))
