"""Reads of call records: lists with filters, one call, whose numbers they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone

from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.telephony import access
from starostwo.telephony.models import Call, Extension, HuntGroup, PublicNumber
from starostwo.telephony.rules.classes import EMERGENCY
from starostwo.telephony.rules.numbers import NotANumber, outside, shown

NEWEST = ("-begun_at", "-pk")
LONGEST_STORY = timedelta(hours=12)
FIELDS = ("caller", "dialled", "answered_by")


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among calls; empty is everything."""

    since: date | None = None
    until: date | None = None
    direction: str = ""
    result: str = ""
    number: str = ""
    unit: str = ""
    only_own: bool = False


@dataclass(frozen=True)
class Line:
    """A call as a list shows it: its two ends by number and name, and in words."""

    call: Call
    names: Mapping[str, str]

    @property
    def caller_name(self) -> str:
        """Whose the number is that called; empty outside the county."""
        return self.names.get(self.call.caller, "")

    @property
    def called(self) -> str:
        """Who answered, else whom it was meant for."""
        return self.call.answered_by or self.call.dialled

    @property
    def called_name(self) -> str:
        """Whose that number is."""
        return self.names.get(self.called, "")

    @property
    def is_emergency(self) -> bool:
        """A number that nobody shall call by a slip of the hand."""
        return self.called in EMERGENCY

    @property
    def caller(self) -> str:
        """Who called, in words."""
        return _named(self.call.caller, self.names)

    @property
    def callee(self) -> str:
        """Who answered or was meant, in words."""
        return _named(self.called, self.names)


def listed(actor: Actor, wanted: Wanted) -> QuerySet[Call]:
    """Calls that somebody may see, without an order."""
    rows = Call.objects.filter(access.calls_seen_by(actor)).select_related("node", "trunk")
    if wanted.only_own:
        rows = rows.filter(Q(caller_account=actor.account_id) | Q(callee_account=actor.account_id))
    if wanted.since:
        rows = rows.filter(begun_at__gte=first_moment(wanted.since))
    if wanted.until:
        rows = rows.filter(begun_at__lt=first_moment(wanted.until + timedelta(days=1)))
    if wanted.direction:
        rows = rows.filter(direction=wanted.direction)
    if wanted.result:
        rows = rows.filter(result=wanted.result)
    if wanted.unit:
        rows = rows.filter(Q(caller_unit=wanted.unit) | Q(callee_unit=wanted.unit))
    return rows.filter(_with_number(wanted.number)) if wanted.number else rows


def _with_number(typed: str) -> Q:
    """An inner number, a whole one outside, or the beginning of one."""
    try:
        number = outside(typed)
    except NotANumber:
        number = "".join(sign for sign in typed if sign in "+0123456789")[:16]
    if not number:
        return Q(pk=None)
    wanted = Q()
    for field in FIELDS:
        wanted |= Q(**{f"{field}__startswith": number}) if number.startswith("+") else Q(**{field: number})
    return wanted


def one(actor: Actor, call_id: int) -> Call | None:
    """One call that somebody may see."""
    rows = Call.objects.filter(access.calls_seen_by(actor), pk=call_id)
    related = ("node", "trunk", "tariff__trunk", "saved_tariff__trunk", "caller_account", "callee_account")
    return rows.select_related(*related).first()


def parts(actor: Actor, call: Call) -> list[Call]:
    """All parts of the story of a call that somebody may see, in their order, this one among them.

    Parts have one Call-ID and follow without a pause; an old Call-ID that is used again begins another story.
    """
    near = (call.begun_at - LONGEST_STORY, call.ended_at + LONGEST_STORY)
    rows = Call.objects.filter(sip_id=call.sip_id, begun_at__range=near).order_by("begun_at", "pk")
    story: set[int] = set()
    until = call.begun_at
    for pk, begun, ended in rows.values_list("pk", "begun_at", "ended_at"):
        if story and begun > until:
            if call.pk in story:
                break
            story = set()
        until = max(until, ended) if story else ended
        story.add(pk)
    seen = Call.objects.filter(access.calls_seen_by(actor), pk__in=story)
    return list(seen.order_by("begun_at", "pk"))


def lines(calls: Iterable[Call]) -> list[Line]:
    """The calls of a page with the names of their ends; three queries whatever their number."""
    rows = list(calls)
    names = names_of({getattr(call, field) for call in rows for field in FIELDS})
    return [Line(call, names) for call in rows]


def names_of(numbers: set[str]) -> dict[str, str]:
    """Inner and public numbers of the county with the words beside them."""
    phones = Extension.objects.filter(pk__in=numbers).select_related("account")
    found = {phone.pk: phone.account.name if phone.account else phone.label for phone in phones}
    found |= dict(HuntGroup.objects.filter(pk__in=numbers).values_list("pk", "name"))
    public = PublicNumber.objects.filter(number__in=numbers).values_list("number", "description")
    return found | {number: words or "numer powiatu" for number, words in public}


def _named(number: str, names: Mapping[str, str]) -> str:
    if not number:
        return "numer ukryty"
    return f"{shown(number)} {names[number]}" if number in names else shown(number)


def first_moment(day: date) -> datetime:
    """When a day begins here."""
    return datetime.combine(day, time(), tzinfo=get_current_timezone())


def units(actor: Actor, on: date) -> list[tuple[str, str]]:
    """The units whose calls somebody may single out, with their names."""
    seen = access.units_seen_by(actor)
    return [
        (one.symbol, f"{one.symbol} {one.name}")
        for one in office.units(on)
        if seen is None or one.symbol in seen
    ]


def cells(line: Line) -> tuple[Any, ...]:
    """A call as a row of an export."""
    call = line.call
    return (
        call.begun_at, line.caller, shown(call.dialled), line.callee, call.get_direction_display(),
        call.get_result_display(), call.waited_seconds, call.talked_seconds,
        call.trunk.name if call.trunk else "", call.node.name, call.cost, call.saved,
    )  # fmt: skip
