"""Things of the demonstration that are written off otherwise than straight line, and for tax beside it."""

from datetime import date, datetime
from typing import Any

from starostwo.assets.models import Asset
from starostwo.assets.rules.methods import Choice
from starostwo.assets.services import documents, tax
from starostwo.assets.services.documents import NewAsset
from starostwo.assets.services.tax import NewTerms
from starostwo.assets.services.writing import Header
from starostwo.office.actor import Actor
from starostwo.office.api import places

GROUND = "polityka rachunkowości par. 12 (przykład)"
MOWER = Choice(
    "BY_USE", capacity=6000, unit="godz.", ground=f"{GROUND}: koszenie poboczy według godzin pracy"
)
TRUCK = Choice("DECLINING", factor=200, ground=f"{GROUND}: szybkie zużycie w zimowym utrzymaniu dróg")
PUMP = Choice(start="EXACT_DAY", ground=f"{GROUND}: umorzenie od dnia przyjęcia")


def write_off_otherwise(actor: Actor, *, today: date, now: datetime) -> None:
    """A mower by use, a truck by the declining balance, a pump from the exact day; tax beside two of them."""
    yard = places.by_paths(["SADOWA/0/001"])["SADOWA/0/001"].pk
    new = [
        NewAsset("FIXED", "Kosiarka bijakowa na ciągniku", 96_000_00, yard, kst_code="590", choice=MOWER),
        NewAsset("FIXED", "Ciężarówka z piaskarką", 284_000_00, yard, kst_code="742", choice=TRUCK),
        NewAsset("FIXED", "Pompa szlamowa", 21_900_00, yard, kst_code="441", choice=PUMP),
    ]
    on = date(today.year, 1, 9) if today > date(today.year, 1, 9) else today
    header = Header(on, f"faktura FV 2/{today.year}")
    who: dict[str, Any] = {"actor": actor, "today": today, "now": now}
    made = documents.take(new, header, origin="PURCHASE", **who)
    mower, truck, pump = Asset.objects.filter(lines__document=made).order_by("position")
    for month in range(2, today.month + 1):
        hours = 40 + month * 9 if 4 <= month <= 10 else 6
        tax.read_use(mower.pk, hours, date(today.year, month, 1), **who)
    for asset, method, rate in ((truck, "LINEAR", 20_00), (pump, "DECLINING", 10_00)):
        factor = 200 if method == "DECLINING" else 100
        terms = NewTerms(date(on.year, on.month + 1, 1), method, rate, "wykaz stawek, z pamięci", factor)
        tax.set_terms(asset.pk, terms, actor=actor, now=now)
