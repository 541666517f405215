"""The assets of the demonstration: an opening balance, what came and went since, depreciation; by seed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from random import Random
from typing import Any

from django.utils.timezone import localdate

from starostwo.assets.models import Asset
from starostwo.assets.services import depreciation, documents
from starostwo.assets.services.catalogue import load_classes
from starostwo.assets.services.documents import Holder, NewAsset, Part
from starostwo.assets.services.writing import Header
from starostwo.office.actor import Actor, actor_for
from starostwo.office.models import Place
from starostwo.site.demo.assets_otherwise import write_off_otherwise
from starostwo.site.demo.people import Cast, rows

KEEPER = "r.regal"
COUNTERS = ("m.licznik", "j.karta")  # who counts answers for nothing
BOUGHT_SINCE = 6  # each so-manieth thing was bought this year, the others stood there before


def fill_assets(cast: Cast, *, now: datetime, seed: int) -> None:
    """Some 270 things in the rooms of the two seats and two branches."""
    load_classes(now=now)
    today, chance = localdate(now), Random(seed)  # noqa: S311 - a demonstration by seed
    actor = actor_for(cast.staff[KEEPER], today=today)
    things = list(_things(cast, today, chance))
    january = date(today.year, 1, 1)
    old = [
        one for number, one in enumerate(things) if number % BOUGHT_SINCE or one.kst_code in ("105", "033")
    ]
    documents.bring_forward(
        old, Header(january, f"spis na dzień przejęcia ewidencji {january:%d.%m.%Y}"),
        actor=actor, today=today, now=now,
    )  # fmt: skip
    _bought(things, old, actor, today, now)
    write_off_otherwise(actor, today=today, now=now)
    if today.month > 1:
        through = date(today.year, today.month - 1, 1)
        depreciation.write_off(through, actor=actor, today=today, now=now)
    _changes(cast, actor, today, now)


def _things(cast: Cast, today: date, chance: Random) -> Iterator[NewAsset]:
    rooms = list(Place.objects.filter(level=Place.Level.ROOM).order_by("path"))
    racks = list(Place.objects.filter(level=Place.Level.RACK).order_by("path"))
    halls = [room for room in rooms if room.code == "001"]
    people = [one.pk for login, one in sorted(cast.staff.items()) if login not in COUNTERS]
    where, turn = {"hall": halls, "server": racks, "office": rooms}, count()
    for row in rows("assets.csv"):
        for number in range(int(row["count"])):
            spots, holder = where[row["rooms"]], people[next(turn) % len(people)]
            spot = spots[(number * 7) % len(spots)]
            value = chance.randint(int(row["from"]), int(row["to"])) * 100
            since = date(today.year - 1 - number % 3, 1 + number % 12, 1 + number % 28)
            off = {"LOW": value, "FIXED": value // 5, "INTANGIBLE": value}.get(row["kind"], 0)
            yield NewAsset(
                row["kind"], f"{row['name']}", value, spot.pk, keeper=holder,
                user=holder if row["rooms"] == "office" else None,
                kst_code=row["kst_code"], quantity=6 + number if row["kind"] == "QUANTITY" else 1,
                taken_on=since, written_off=0 if row["kst_code"] == "033" else off,
                described={
                    "maker": row["maker"], "serial_number": f"SN{40000 + number * 37}",
                    "warranty_until": date(since.year + 3, since.month, 1), "funding": "budżet powiatu",
                } if row["maker"] else {},
            )  # fmt: skip


def _bought(things: list[NewAsset], old: list[NewAsset], actor: Actor, today: date, now: datetime) -> None:
    """What was bought this year, in one OT a month."""
    known = {id(one) for one in old}
    bought = [replace(one, taken_on=None, written_off=0) for one in things if id(one) not in known]
    months = list(range(1, today.month + 1))
    for month in months:
        of_month = bought[month - 1 :: len(months)]
        if of_month:
            on = min(date(today.year, month, 12), today)
            header = Header(on, f"faktura FV {month:02d}/{40 + month}/{today.year}")
            documents.take(of_month, header, origin="PURCHASE", actor=actor, today=today, now=now)


def _changes(cast: Cast, actor: Actor, today: date, now: datetime) -> None:
    """Moves to other rooms, an improvement, a hand-over, liquidations whole and in part."""
    who: dict[str, Any] = {"actor": actor, "today": today, "now": now}
    computers = list(Asset.objects.filter(name="Komputer").order_by("id")[:8])
    room = Place.objects.get(path="DLUGA/1/105")
    keeper = cast.staff["m.klon"].pk
    for asset in computers[:4]:
        documents.move(
            [asset.pk],
            Holder(room.pk, keeper, keeper),
            Header(today, "przeprowadzka Wydziału Edukacji"),
            **who,
        )
    server = Asset.objects.filter(name="Serwer").order_by("id")[0]
    documents.change_value(server.pk, 9_600_00, Header(today, "rozbudowa dysków, faktura FV 11/77"), **who)
    documents.liquidate(
        [one.pk for one in computers[4:6]],
        Header(today, "protokół komisji likwidacyjnej 1"),
        way="SCRAP",
        **who,
    )
    documents.hand_over(
        [computers[6].pk], Header(today, "uchwała zarządu powiatu", "Zespół Szkół nr 1 w Zgierzu"), **who
    )
    chairs = Asset.objects.filter(kind="QUANTITY").order_by("id")[0]
    documents.liquidate_part(
        chairs.pk, Part(quantity=2), Header(today, "protokół komisji likwidacyjnej 2"), way="SCRAP", **who
    )
