"""Stock-taking from the order to the decisions: fields with teams, the frozen books, closing, differences.

Law: u.o.r. art. 26, art. 27.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.assets.models import (
    Asset,
    BookRow,
    CountField,
    CountLine,
    Difference,
    Sheet,
    StockTake,
    TeamMember,
)
from starostwo.assets.rules import stocktaking as rules
from starostwo.assets.services.numbering import take_numbers
from starostwo.assets.services.writing import Refused, must_manage
from starostwo.audit import api as audit
from starostwo.office import api as office
from starostwo.office.api import Actor, Right, places


class NoSuchStockTake(Exception):
    """There is no such stock-taking, field or sheet for this person in this state."""


@dataclass(frozen=True)
class Order:
    """By which order it is done, of what kind, and whether the counters see what should be there."""

    kind: str
    order: str
    ordered_on: date
    is_blind: bool = False


@transaction.atomic
def prepare(said: Order, *, actor: Actor, today: date, now: datetime) -> StockTake:
    """Enter the order of the head of the unit."""
    must_manage(actor)
    if said.ordered_on > today:
        raise Refused("ordered_on", "Zarządzenie nie może być z późniejszego dnia niż dzisiaj.")
    [number] = take_numbers("SN", today.year, 1)
    made = StockTake.objects.create(
        year=today.year, number=number, kind=said.kind, order=said.order.strip(), ordered_on=said.ordered_on,
        is_blind=said.is_blind, made_by_name=actor.name,
    )  # fmt: skip
    note(made, "prepare", actor, now, order=made.order)
    return made


@transaction.atomic
def add_field(
    stock_take_id: int, place_id: int, team: Sequence[int], *, actor: Actor, today: date, now: datetime
) -> CountField:
    """Give a place to a team; places of two fields do not overlap."""
    must_manage(actor)
    stock_take = locked(stock_take_id, StockTake.State.PREPARED)
    place = places.one(place_id)
    if place is None:
        raise Refused("place", "Wybierz miejsce z listy.")
    for path in CountField.objects.filter(stock_take=stock_take).values_list("place__path", flat=True):
        if f"{path}/".startswith(f"{place.path}/") or f"{place.path}/".startswith(f"{path}/"):
            raise Refused("place", f"Pole {path} obejmuje już to miejsce albo jego część.")
    held = Asset.objects.filter(places.within(place.path, "place__"), state=Asset.State.IN_USE)
    keepers = set(held.exclude(keeper=None).values_list("keeper_id", flat=True))
    managers = {one.id for one in office.people(today, right=Right.MANAGE_ASSETS)}
    try:
        rules.check_team(team, keepers=keepers, bookkeepers=managers)
    except rules.WrongTeam as error:
        raise Refused("team", str(error)) from error
    field = CountField.objects.create(stock_take=stock_take, place=place)
    TeamMember.objects.bulk_create(TeamMember(field=field, account_id=one) for one in sorted(set(team)))
    note(stock_take, "add_field", actor, now, place=place.path, team=list(team))
    return field


@transaction.atomic
def begin(stock_take_id: int, *, actor: Actor, now: datetime) -> StockTake:
    """Freeze what the register says, number a sheet for each field, let the teams count."""
    must_manage(actor)
    stock_take = locked(stock_take_id, StockTake.State.PREPARED)
    fields = list(CountField.objects.filter(stock_take=stock_take).select_related("place").order_by("pk"))
    if not fields:
        raise Refused("fields", "Najpierw wyznacz co najmniej jedno pole spisowe.")
    for field in fields:
        held = Asset.objects.filter(
            places.within(field.place.path, "place__"), state=Asset.State.IN_USE
        ).order_by("pk")
        BookRow.objects.bulk_create(
            BookRow(
                stock_take=stock_take, field=field, asset=asset, place_id=asset.place_id or field.place_id,
                keeper_id=asset.keeper_id, quantity=asset.quantity, value=asset.value,
            )
            for asset in held
        )  # fmt: skip
    stock_take.state, stock_take.frozen_at = StockTake.State.COUNTING, now
    stock_take.save(update_fields=["state", "frozen_at"])
    numbers = take_numbers("AS", stock_take.year, len(fields))
    Sheet.objects.bulk_create(
        Sheet(field=field, year=stock_take.year, number=number, opened_at=now)
        for field, number in zip(fields, numbers, strict=True)
    )
    note(stock_take, "begin", actor, now, fields=len(fields))
    return stock_take


@transaction.atomic
def settle(stock_take_id: int, *, actor: Actor, now: datetime) -> list[Difference]:
    """Compare what was counted with the frozen books, once every sheet is closed."""
    must_manage(actor)
    stock_take = locked(stock_take_id, StockTake.State.COUNTING)
    if Sheet.objects.filter(field__stock_take=stock_take, closed_at=None).exists():
        raise Refused("sheets", "Nie wszystkie arkusze są zamknięte. Zespoły zamykają je po policzeniu.")
    lines = list(CountLine.objects.filter(stock_take=stock_take, struck_at=None).order_by("pk"))
    books = BookRow.objects.filter(stock_take=stock_take).order_by("asset__number")
    expected = [rules.Expected(row.asset_id, row.quantity) for row in books]
    found = [
        rules.Found(line.asset_id, line.quantity, line.outcome == rules.AGREED)
        for line in lines
        if line.asset_id is not None
    ]
    by_asset = {line.asset_id: line for line in lines}
    made = [
        Difference(
            stock_take=stock_take, kind=kind, asset_id=asset, line=by_asset.get(asset), quantity=pieces
        )
        for asset, kind, pieces in rules.differences(expected, found)
    ]
    known = {one.asset for one in expected}
    made += [
        Difference(
            stock_take=stock_take, asset_id=line.asset_id, line=line, quantity=line.quantity,
            kind=rules.MISPLACED if line.outcome == rules.ELSEWHERE else rules.SURPLUS,
        )
        for line in lines
        if line.asset_id not in known
    ]  # fmt: skip
    Difference.objects.bulk_create(made)
    stock_take.state = StockTake.State.DECIDING
    stock_take.save(update_fields=["state"])
    note(stock_take, "settle", actor, now, differences=len(made))
    return made


@transaction.atomic
def close(stock_take_id: int, *, actor: Actor, today: date, now: datetime) -> StockTake:
    """End it when every difference is decided.

    Law: u.o.r. art. 27 ust. 2.
    """
    must_manage(actor)
    stock_take = locked(stock_take_id, StockTake.State.DECIDING)
    if Difference.objects.filter(stock_take=stock_take, decision="").exists():
        raise Refused("differences", "Nie wszystkie różnice są rozstrzygnięte.")
    stock_take.state, stock_take.closed_on = StockTake.State.CLOSED, today
    stock_take.save(update_fields=["state", "closed_on"])
    note(stock_take, "close", actor, now)
    return stock_take


def locked(stock_take_id: int, state: str) -> StockTake:
    """The stock-taking, locked, when it is in the state."""
    found = StockTake.objects.select_for_update().filter(pk=stock_take_id, state=state).first()
    if found is None:
        raise NoSuchStockTake(stock_take_id)
    return found


def note(stock_take: StockTake, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    """A line of the history."""
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"assets.stock_take:{stock_take.pk}",
        payload=payload, at=now,
    )  # fmt: skip
