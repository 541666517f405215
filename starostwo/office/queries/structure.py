"""What other packages ask about the office: units, people, heads, deputies.

Answers are plain values. Names and posts of staff are no secret inside the office.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet, Value

from starostwo.office.models import Account, Holding, Office, Post, Right, StandIn, UnitPlace
from starostwo.office.models.ranges import on_day
from starostwo.platform.polish import fold, pl_key
from starostwo.platform.telephone import OWN_DIGITS, e164

FOUND_AT_ONCE = 20


@dataclass(frozen=True)
class UnitRef:
    """A unit as it stands on a day."""

    symbol: str
    name: str
    parent: str | None
    seat: str | None = None
    depth: int = 0
    address: str = ""
    hours: str = ""


@dataclass(frozen=True)
class PersonRef:
    """A person as others are shown him: name, post and unit; a resident has neither post nor unit."""

    id: int
    name: str
    post: str = ""
    unit: str = ""
    away: bool = False


def office() -> Office | None:
    """The office of this installation; None before it is set up."""
    return Office.objects.filter(id=1).first()


def units(on: date) -> list[UnitRef]:
    """The structure on a day, each unit below its parent, neighbours in Polish order of names."""
    children: dict[str | None, list[UnitRef]] = {}
    rows = list(_places(on))
    known = {row[0] for row in rows}
    for symbol, name, parent, seat, *place in rows:
        above = parent if parent in known else None
        found = UnitRef(symbol, name, parent, seat, address=_address(*place[:4]), hours=place[4] or "")
        children.setdefault(above, []).append(found)
    return list(_walk(children, None, 0))


def _places(on: date) -> Iterable[tuple[Any, ...]]:
    places = UnitPlace.objects.filter(on_day(on), on_day(on, "unit__")).order_by("unit__symbol")
    seat = ("street", "building", "postcode", "town", "opening_hours")
    return places.values_list(
        "unit__symbol", "name", "parent__symbol", "seat__name", *(f"seat__{line}" for line in seat)
    )


def _address(street: str | None, building: str | None, postcode: str | None, town: str | None) -> str:
    return f"{street} {building}, {postcode} {town}" if street else ""


def _walk(children: dict[str | None, list[UnitRef]], above: str | None, depth: int) -> Iterable[UnitRef]:
    for unit in sorted(children.get(above, []), key=lambda unit: pl_key(unit.name)):
        yield replace(unit, depth=depth)
        yield from _walk(children, unit.symbol, depth + 1)


def unit(symbol: str, *, on: date) -> UnitRef | None:
    """One unit as it stands on a day; None where the symbol marks none."""
    found = _places_of(symbol, on)
    return UnitRef(*found) if found else None


def _places_of(symbol: str, on: date) -> tuple[str, str, str | None, str | None] | None:
    places = UnitPlace.objects.filter(on_day(on), on_day(on, "unit__"), unit__symbol=symbol)
    return places.values_list("unit__symbol", "name", "parent__symbol", "seat__name").first()


def people(on: date, unit: str | None = None, *, right: Right | None = None) -> list[PersonRef]:
    """Everybody who holds a post on a day, in the unit or with the right when named, in Polish order."""
    held = _held(on)
    if right is not None:
        held = held.filter(post__rights__contains=[right])
    if unit is not None:
        held = held.filter(post__unit__symbol=unit)
    return _refs(held, on)


def person(account_id: int, *, on: date) -> PersonRef | None:
    """One account as others see it, with its first post on the day; also of those who left."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        return None
    refs = _refs(_held(on).filter(account_id=account_id), on)
    return refs[0] if refs else PersonRef(account.pk, account.name)


def names(account_ids: Iterable[int]) -> dict[int, str]:
    """Names of many accounts in one query, for lists."""
    found = Account.objects.filter(pk__in=set(account_ids)).values_list("pk", "given_name", "family_name")
    return {pk: f"{given} {family}" for pk, given, family in found}


def emails(account_ids: Iterable[int]) -> dict[int, str]:
    """The addresses of open accounts that have one."""
    found = Account.objects.filter(pk__in=set(account_ids), is_active=True).exclude(email="")
    return dict(found.values_list("pk", "email"))


def at_phone(number: str) -> list[int]:
    """Accounts of staff that give this number (E.164) as their telephone, however it was typed."""
    digits = Func(
        F("phone"),
        Value("[^0-9]"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=CharField(),
    )
    reached = Account.objects.filter(kind=Account.Kind.STAFF, is_active=True).exclude(phone="")
    rows = (
        reached.annotate(digits=digits).filter(digits__endswith=number[-OWN_DIGITS:]).order_by("folded", "pk")
    )
    return [pk for pk, typed in rows.values_list("pk", "phone") if e164(typed) == number]


def find_people(typed: str, *, on: date) -> list[PersonRef]:
    """Staff with a post whose names begin with each of the typed words: 'now an' finds Anna Nowak."""
    words = fold(typed).split()
    if not words:
        return []
    wanted = Q()
    for word in words:
        wanted &= Q(account__folded__startswith=word) | Q(account__folded__contains=f" {word}")
    return _refs(_held(on).filter(wanted), on)[:FOUND_AT_ONCE]


@dataclass(frozen=True)
class PostRef:
    """A post with its rights and who holds it on a day."""

    id: int
    title: str
    rights: tuple[str, ...]
    is_head: bool
    is_shared: bool
    holders: tuple[tuple[int, str], ...]


def posts(on: date, *, unit: str) -> list[PostRef]:
    """The posts of a unit on a day, the head first."""
    held: dict[int, list[tuple[int, str]]] = {}
    for holding in _held(on).filter(post__unit__symbol=unit).order_by("account__folded", "id"):
        held.setdefault(holding.post_id, []).append((holding.account_id, holding.account.name))
    found = Post.objects.filter(on_day(on), on_day(on, "unit__"), unit__symbol=unit)
    return [
        PostRef(
            id=post.pk,
            title=post.title,
            rights=tuple(Right(right).label for right in post.rights),
            is_head=post.is_head,
            is_shared=post.is_shared,
            holders=tuple(held.get(post.pk, ())),
        )
        for post in found.order_by("-is_head", "title", "id")
    ]


def open_posts(on: date) -> list[tuple[int, str]]:
    """Posts of a day that somebody may take, by unit."""
    taken = _held(on).filter(is_shared=False).values("post_id")
    found = Post.objects.filter(on_day(on), on_day(on, "unit__")).exclude(pk__in=taken)
    rows = found.order_by("unit__symbol", "title", "id").values_list("pk", "unit__symbol", "title")
    return [(pk, f"{symbol}: {title}") for pk, symbol, title in rows]


def heads(on: date) -> dict[str, str]:
    """Names of the heads of all units on a day."""
    held = _held(on).filter(post__is_head=True)
    return {holding.post.unit.symbol: holding.account.name for holding in held}


def head_of(symbol: str, *, on: date) -> PersonRef | None:
    """Who heads the unit on a day; None where the post is vacant."""
    refs = _refs(_held(on).filter(post__unit__symbol=symbol, post__is_head=True), on)
    return refs[0] if refs else None


def stand_in_of(account_id: int, *, on: date) -> PersonRef | None:
    """Who stands in for the person on a day; None when he is not away."""
    found = StandIn.objects.filter(on_day(on), absent_id=account_id).first()
    return person(found.deputy_id, on=on) if found else None


def _held(on: date) -> QuerySet[Holding]:
    held = Holding.objects.filter(on_day(on), on_day(on, "post__"), on_day(on, "post__unit__"))
    return held.filter(account__is_active=True).select_related("account", "post__unit")


def _refs(held: QuerySet[Holding], on: date) -> list[PersonRef]:
    """One reference for each person, with his first post; who has a stand-in today is away."""
    away = set(StandIn.objects.filter(on_day(on)).values_list("absent_id", flat=True))
    first: dict[int, tuple[tuple[str, str], PersonRef]] = {}
    for pk, given, family, post, unit in held.order_by("valid_from", "id").values_list(*_REF):
        ref = PersonRef(pk, f"{given} {family}", post, unit, away=pk in away)
        first.setdefault(pk, ((pl_key(family), pl_key(given)), ref))
    return [ref for _, ref in sorted(first.values(), key=lambda named: named[0])]


_REF = ("account_id", "account__given_name", "account__family_name", "post__title", "post__unit__symbol")
