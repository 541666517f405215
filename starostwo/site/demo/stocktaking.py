"""Stock-takings of the demonstration: one closed with its differences, one that is being counted."""

from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils.timezone import localdate

from starostwo.assets.models import Asset, Difference, Sheet, StockTake
from starostwo.assets.services import counting, deciding, stocktaking
from starostwo.assets.services.counting import Read
from starostwo.assets.services.deciding import Decision
from starostwo.assets.services.stocktaking import Order
from starostwo.office.actor import Actor, actor_for
from starostwo.office.api import places
from starostwo.site.demo.assets import COUNTERS, KEEPER
from starostwo.site.demo.people import Cast

MISSED, STRANGE = 2, "PST/2019/0412"


def count_assets(cast: Cast, *, now: datetime) -> None:
    """Count the branch in Głowno to the end; begin in the buildings of both seats."""
    today = localdate(now)
    manager, person = (actor_for(cast.staff[login], today=today) for login in (KEEPER, COUNTERS[0]))
    team = [cast.staff[login].pk for login in COUNTERS]
    take = _begun("zarządzenie 21", ("GLOWNO",), team, manager, today, now)
    sheet = Sheet.objects.get(field__stock_take=take)
    here = list(Asset.objects.filter(places.within("GLOWNO", "place__"), state="IN_USE").order_by("id"))
    stray = Asset.objects.filter(places.within("OZORKOW", "place__"), kind="LOW", state="IN_USE").order_by(
        "id"
    )[0]
    _read(sheet, [one.number for one in here[MISSED:]] + [stray.number, STRANGE], person, now)
    counting.close_sheet(sheet.pk, actor=person, now=now)
    for one in stocktaking.settle(take.pk, actor=manager, now=now):
        _decide(one, actor=manager, today=today, now=now)
    stocktaking.close(take.pk, actor=manager, today=today, now=now)
    going = _begun("zarządzenie 34", ("SADOWA/0", "SADOWA/1", "DLUGA"), team, manager, today, now)
    sheet = Sheet.objects.filter(field__stock_take=going).order_by("number")[0]
    floor = Asset.objects.filter(places.within("SADOWA/0", "place__"), state="IN_USE").order_by("id")[:9]
    _read(sheet, [one.number for one in floor], person, now)


def _begun(
    order: str, paths: tuple[str, ...], team: list[int], manager: Actor, today: date, now: datetime
) -> StockTake:
    said = Order("PERIODIC", f"{order}/{today.year}", today)
    take = stocktaking.prepare(said, actor=manager, today=today, now=now)
    for place in places.by_paths(paths).values():
        stocktaking.add_field(take.pk, place.pk, team, actor=manager, today=today, now=now)
    return stocktaking.begin(take.pk, actor=manager, now=now)


def _read(sheet: Sheet, numbers: list[str], person: Actor, now: datetime) -> None:
    pieces = dict(Asset.objects.filter(number__in=numbers).values_list("number", "quantity"))
    for number in numbers:
        key = uuid5(NAMESPACE_URL, f"{sheet}/{number}")
        counting.count(sheet.pk, Read(number, key, pieces.get(number, 1)), actor=person, now=now)


def _decide(one: Difference, **who: Any) -> None:
    said = {
        "SHORTAGE": Decision("LIQUIDATE", "zaginął przy przeprowadzce, nie odnaleziono"),
        "MISPLACED": Decision("MOVE", "wypożyczony do Głowna bez dokumentu"),
        "SURPLUS": Decision("TAKE_IN", "nie było w ewidencji", name="Czajnik elektryczny", value=120_00),
    }
    deciding.decide(one.pk, said[one.kind], **who)
