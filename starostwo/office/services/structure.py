"""Verbs of the structure: units open, change and close; posts open, are taken and left."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from starostwo.audit import api as audit
from starostwo.office import access
from starostwo.office.actor import Actor
from starostwo.office.models import Account, Holding, Post, Right, Seat, Unit, UnitPlace
from starostwo.office.models.ranges import on_day
from starostwo.office.rules.symbols import is_unit_symbol
from starostwo.office.services.refusal import NotAllowed, Refusal, constraints_speak


class CannotOpenUnit(Refusal):
    """The symbol does not fit, or another unit holds it in the same calendar year."""


@transaction.atomic
def open_unit(
    actor: Actor, *, symbol: str, name: str, parent: str | None, valid_from: date, seat: str | None = None
) -> Unit:
    """Add a unit to the structure from a day on."""
    _must_manage(actor)
    if not is_unit_symbol(symbol):
        raise CannotOpenUnit("Symbol składa się z liter od A do Z i cyfr, ma co najmniej jedną literę.")
    taken = CannotOpenUnit(f"Symbol {symbol} ma w tym roku inna komórka. Proszę podać inny symbol.")
    with constraints_speak({"one_symbol_one_unit_in_a_year": taken}):
        unit = Unit.objects.create(symbol=symbol, valid_from=valid_from)
    _place(unit, name=name, parent=parent, seat=seat, since=valid_from)
    _note(
        actor,
        "open_unit",
        f"office.unit:{unit.pk}",
        symbol=symbol,
        name=name,
        parent=parent,
        since=valid_from,
    )
    return unit


class CannotChangeUnit(Refusal):
    """There is no such unit on the day, or it would come to stand below itself."""


@transaction.atomic
def change_unit(
    actor: Actor, *, symbol: str, name: str, parent: str | None, on: date, seat: str | None = None
) -> None:
    """Give a unit another name or another place in the structure from a day on; the past stays."""
    _must_manage(actor)
    unit = _unit(symbol, on)
    current = UnitPlace.objects.select_for_update(of=("self",)).get(on_day(on), unit=unit)
    if parent is not None and symbol in _above(parent, on):
        raise CannotChangeUnit(f"Komórka {parent} podlega komórce {symbol}, więc nie może być nad nią.")
    if current.valid_from == on:
        current.delete()
    else:
        current.valid_to = on
        current.save(update_fields=["valid_to"])
    _place(unit, name=name, parent=parent, seat=seat, since=on)
    _note(actor, "change_unit", f"office.unit:{unit.pk}", name=name, parent=parent, since=on)


class CannotCloseUnit(Refusal):
    """People or other units still belong to it."""


@transaction.atomic
def close_unit(actor: Actor, *, symbol: str, on: date) -> None:
    """End a unit: the given day is the first on which it is no more."""
    _must_manage(actor)
    unit = _unit(symbol, on)
    if UnitPlace.objects.filter(on_day(on), on_day(on, "unit__"), parent=unit).exists():
        raise CannotCloseUnit(f"Komórce {symbol} podlegają inne. Proszę najpierw zmienić ich podległość.")
    if Holding.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), post__unit=unit).exists():
        raise CannotCloseUnit(f"W komórce {symbol} są zajęte stanowiska. Proszę najpierw je zwolnić.")
    Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), unit=unit).update(valid_to=on)
    UnitPlace.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), unit=unit).update(valid_to=on)
    Unit.objects.filter(pk=unit.pk).update(valid_to=on)
    _note(actor, "close_unit", f"office.unit:{unit.pk}", symbol=symbol, on=on)


class CannotOpenPost(Refusal):
    """The unit has a head already, or is not there on the day."""


@transaction.atomic
def open_post(
    actor: Actor,
    *,
    unit: str,
    title: str,
    rights: Iterable[Right],
    valid_from: date,
    is_head: bool = False,
    is_shared: bool = False,
) -> Post:
    """Add a post with its rights to a unit."""
    _must_manage(actor)
    given = sorted(set(rights))
    has_head = CannotOpenPost(f"Komórka {unit} ma już stanowisko kierownicze.")
    shared_head = CannotOpenPost("Stanowisko kierownicze nie może być wieloosobowe.")
    with constraints_speak({"one_unit_one_head_at_a_time": has_head, "head_is_not_shared": shared_head}):
        post = Post.objects.create(
            unit=_unit(unit, valid_from),
            title=title,
            rights=given,
            is_head=is_head,
            is_shared=is_shared,
            valid_from=valid_from,
        )
    _note(
        actor, "open_post", f"office.post:{post.pk}", unit=unit, title=title, rights=given, since=valid_from
    )
    return post


class CannotClosePost(Refusal):
    """Somebody holds it."""


@transaction.atomic
def close_post(actor: Actor, *, post_id: int, on: date) -> None:
    """End a vacant post."""
    _must_manage(actor)
    post = _post(post_id, on)
    if Holding.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), post=post).exists():
        raise CannotClosePost("Stanowisko jest zajęte. Proszę najpierw je zwolnić.")
    if post.valid_from >= on:
        raise CannotClosePost("Stanowisko zaczyna się tego dnia lub później. Proszę podać późniejszy dzień.")
    Post.objects.filter(pk=post.pk).update(valid_to=on)
    _note(actor, "close_post", f"office.post:{post.pk}", on=on)


class CannotTakePost(Refusal):
    """The post is taken, is not there on the day, or the account is no open account of staff."""


@transaction.atomic
def take_post(
    actor: Actor, *, post_id: int, account_id: int, valid_from: date, valid_to: date | None = None
) -> Holding:
    """Let a member of staff hold a post from a day on, with the rights of the post."""
    _must_manage(actor)
    post = _post(post_id, valid_from)
    account = Account.objects.filter(pk=account_id).first()
    if account is None or not access.may_hold_posts(account):
        raise CannotTakePost("Stanowisko obejmuje pracownik, którego konto jest czynne.")
    taken = CannotTakePost(f"Stanowisko „{post.title}” jest w tym czasie zajęte.")
    twice = CannotTakePost(f"{account.name} zajmuje już to stanowisko.")
    backwards = CannotTakePost("Ostatni dzień jest wcześniejszy niż pierwszy.")
    refusals = {
        "one_post_one_holder_at_a_time": taken,
        "nobody_holds_a_post_twice": twice,
        "holding_ends_after_it_starts": backwards,
    }
    with constraints_speak(refusals):
        holding = Holding.objects.create(post=post, account=account, valid_from=valid_from, valid_to=valid_to)
    _note(
        actor, "take_post", f"office.account:{account_id}", post=post_id, title=post.title, since=valid_from
    )
    return holding


class CannotLeavePost(Refusal):
    """The holding is over or begins later."""


@transaction.atomic
def leave_post(actor: Actor, *, holding_id: int, on: date) -> None:
    """End a holding: the given day is the first without the rights of the post."""
    _must_manage(actor)
    holding = Holding.objects.select_for_update(of=("self",)).filter(pk=holding_id).first()
    if holding is None or holding.valid_from >= on or (holding.valid_to and holding.valid_to <= on):
        raise CannotLeavePost("Tego dnia osoba nie zajmuje stanowiska. Proszę podać inny dzień.")
    holding.valid_to = on
    holding.save(update_fields=["valid_to"])
    _note(actor, "leave_post", f"office.account:{holding.account_id}", post=holding.post_id, on=on)


def _must_manage(actor: Actor) -> None:
    if not access.may_manage(actor):
        raise NotAllowed


def _place(unit: Unit, *, name: str, parent: str | None, seat: str | None, since: date) -> None:
    UnitPlace.objects.create(
        unit=unit,
        name=name,
        parent=_unit(parent, since) if parent else None,
        seat=Seat.objects.get(code=seat) if seat else None,
        valid_from=since,
    )


def _unit(symbol: str, on: date) -> Unit:
    found = Unit.objects.filter(on_day(on), symbol=symbol).first()
    if found is None:
        raise CannotChangeUnit(f"Dnia {on:%d.%m.%Y} nie ma komórki {symbol}.")
    return found


def _post(post_id: int, on: date) -> Post:
    found = Post.objects.filter(on_day(on), pk=post_id).first()
    if found is None:
        raise CannotTakePost(f"Dnia {on:%d.%m.%Y} nie ma tego stanowiska.")
    return found


def _above(symbol: str, on: date) -> set[str]:
    """The unit itself and all above it on a day."""
    parent_of = dict(UnitPlace.objects.filter(on_day(on)).values_list("unit__symbol", "parent__symbol"))
    above: set[str] = set()
    step: str | None = symbol
    while step is not None and step not in above:
        above.add(step)
        step = parent_of.get(step)
    return above


def _note(actor: Actor, verb: str, thing: str, **facts: object) -> None:
    payload = {key: value.isoformat() if isinstance(value, date) else value for key, value in facts.items()}
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb=verb,
        thing=thing,
        payload=payload,
        in_place_of=actor.lends(Right.ADMIN),
    )
