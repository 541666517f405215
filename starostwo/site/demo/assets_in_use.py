"""How people of the demonstration live with things: consumables, licences, loans, requests, liquidations."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils.timezone import localdate
from PIL import Image

from starostwo.assets.models import Asset, CountField, Licence, Supply, Wish
from starostwo.assets.queries.own import declarations_wanted
from starostwo.assets.services import disposals, licences, possession, supplies
from starostwo.assets.services.attaching import attach
from starostwo.assets.services.declaring import declare
from starostwo.assets.services.describing import describe
from starostwo.assets.services.licences import NewLicence
from starostwo.assets.services.supplies import Moved, NewSupply
from starostwo.office.actor import Actor, actor_for
from starostwo.office.api import places
from starostwo.office.models import Account
from starostwo.site.demo.assets import KEEPER
from starostwo.site.demo.assets_contracts import cover_things, sell_things
from starostwo.site.demo.people import Cast, rows

WORKERS = ("a.nowak", "e.lis", "d.wrobel", "p.cis")
COMMISSION = ("i.bielska", "s.lipa", "j.rzepa")
PROGRAMS = (
    ("Pakiet biurowy", "na użytkownika, roczna", 4, 40), ("Program do kosztorysów", "na komputer", 2, 200),
    ("Program do map", "na użytkownika", 3, 700),
)  # fmt: skip


def live_with_assets(cast: Cast, *, now: datetime) -> None:
    """Fill the store, the licences and what people say and ask of things."""
    today = localdate(now)
    actor = actor_for(cast.staff[KEEPER], today=today)
    who: dict[str, Any] = {"actor": actor, "today": today, "now": now}
    people = [cast.staff[login] for login in WORKERS]
    _store(people, today, who)
    _licences(people, today, who)
    things = list(Asset.objects.filter(kind="LOW", state="IN_USE", name="Komputer").order_by("id")[:8])
    possession.lend(things[0].pk, people[0].pk, today + timedelta(days=14), "szkolenie", **who)
    possession.lend(things[1].pk, people[1].pk, today, "praca zdalna", **who)
    rooms = places.by_paths(["SADOWA/1", "GLOWNO"])
    for path, person in (("SADOWA/1", people[1]), ("GLOWNO", people[3])):
        possession.appoint(rooms[path].pk, person.pk, **who)
    describe(things[2].pk, {"warranty_until": today + timedelta(days=20)}, actor=actor, now=now)
    attach(things[2].pk, "PHOTO", "komputer.png", _picture(), actor=actor, now=now)
    cover_things(cast, today=today, now=now)
    sell_things(cast, today=today, now=now)
    _answers(people, today, now)
    _liquidations(cast, today, now, who)


def _store(people: list[Account], today: date, who: dict[str, Any]) -> None:
    room = places.by_paths(["SADOWA/0/004"])["SADOWA/0/004"]
    for number, row in enumerate(rows("supplies.csv")):
        new = NewSupply(row["name"], row["unit"], room.pk, int(row["least"]), row["fits"])
        made = supplies.keep(new, **who)
        bought = Moved("BOUGHT", int(row["bought"]), today - timedelta(days=30), note=row["bill"])
        supplies.move(made.pk, bought, **who)
        for taken, person in enumerate(people[: number % 4 + 1], start=1):
            told = Moved("ISSUED", taken, today - timedelta(days=20 - taken), person.pk)
            supplies.move(made.pk, told, **who)
    first = Supply.objects.order_by("id")[0]
    for number, person in enumerate(people):
        actor = actor_for(person, today=today)
        wanted = first.pk if number % 2 else None
        text = "do pracy z dużymi planami, drugi monitor" if wanted is None else "do drukarki w pokoju"
        supplies.ask(text, supply_id=wanted, quantity=1 + number % 2, actor=actor, now=who["now"])
    done = Wish.objects.filter(supply=first).order_by("id")[0]
    supplies.answer(done.pk, grants=True, words="do odbioru w magazynie", **who)


def _licences(people: list[Account], today: date, who: dict[str, Any]) -> None:
    for name, kind, seats, days in PROGRAMS:
        new = NewLicence(name, kind, seats, date(today.year, 1, 1), today + timedelta(days=days))
        licences.enter(new, actor=who["actor"], now=who["now"])
    office, estimates = Licence.objects.order_by("id")[:2]
    for person in people:
        licences.give_seat(office.pk, account=person.pk, asset=None, **who)
    computer = Asset.objects.filter(name="Komputer", state="IN_USE").order_by("id")[3]
    licences.give_seat(estimates.pk, account=None, asset=computer.pk, **who)


def _picture() -> BytesIO:
    drawn = BytesIO()
    Image.new("RGB", (320, 240), "#14505c").save(drawn, "PNG")
    drawn.seek(0)
    return drawn


def _answers(people: list[Account], today: date, now: datetime) -> None:
    """Some confirm what they have; those who answer for counted things declare."""
    for person in people:
        actor = actor_for(person, today=today)
        held = Asset.objects.filter(keeper=person, state="IN_USE").order_by("id")
        for number, asset in enumerate(held[:3]):
            note = "oddany do naprawy" if number == 2 else ""
            possession.confirm(asset.pk, has_it=number != 2, note=note, actor=actor, now=now)
    for field in CountField.objects.exclude(stock_take__state="CLOSED").order_by("id")[:1]:
        for person in Account.objects.filter(login__in=_keepers_in(field)).order_by("id")[:4]:
            actor = actor_for(person, today=today)
            for one in declarations_wanted(actor)[:1]:
                declare(one.field.pk, one.moment, "", actor=actor, now=now)


def _keepers_in(field: CountField) -> list[str]:
    within = places.within(field.place.path, "place__")
    found = Asset.objects.filter(within, state="IN_USE").exclude(keeper=None)
    return sorted({login for login in found.values_list("keeper__login", flat=True) if login})


def _liquidations(cast: Cast, today: date, now: datetime, who: dict[str, Any]) -> None:
    """Four applications, each one step further than the one before."""
    commission = [cast.staff[login].pk for login in COMMISSION]
    boss: Actor = actor_for(cast.staff["m.zareba"], today=today)
    shredders = list(Asset.objects.filter(name="Niszczarka", state="IN_USE").order_by("id")[:4])
    for step, asset in enumerate(shredders):
        made = disposals.apply([asset.pk], "zużyta, noże nie do naprawy", commission, **who)
        if step > 0:
            disposals.examine(made.pk, "noże stępione, silnik spalony", "SCRAP", **who)
        if step > 1:
            disposals.decide(
                made.pk, approves=True, decision="zgodnie z wnioskiem", actor=boss, today=today, now=now
            )
        if step > 2:
            disposals.carry_out(made.pk, **who)
