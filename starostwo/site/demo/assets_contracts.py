"""Contracts of things of the demonstration, and the sale of what is no longer needed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from starostwo.assets.models import Asset
from starostwo.assets.services import contracts, sales
from starostwo.assets.services.contracts import Said
from starostwo.assets.services.sales import Announced, Outsider
from starostwo.office.actor import actor_for
from starostwo.site.demo.assets import KEEPER
from starostwo.site.demo.people import Cast

CONTRACTS = (
    ("MAINTENANCE", "OR.2600.4", "Serwis kserokopiarek", "Kopia-Serwis sp. z o.o.", 45, 60, "a.nowak"),
    ("WARRANTY", "GW/77", "Wymiana części w serwerach do następnego dnia", "Delta Polska", 200, 90, ""),
    ("SERVICE", "OR.2600.9", "Przegląd klimatyzacji serwerowni", "Zefir s.c.", 20, 30, "w.kabel"),
    ("INSURANCE", "POL 118/26", "Ubezpieczenie pojazdów", "Towarzystwo Bzura", 70, 120, "e.lis"),
)  # fmt: skip
COVERS = {"OR.2600.4": "Urządzenie wielofunkcyjne", "GW/77": "Serwer", "OR.2600.9": "Klimatyzator serwerowni",
          "POL 118/26": "Samochód osobowy"}  # fmt: skip
ABOUT = "sprawny, z zasilaczem; do obejrzenia w pok. 4 we wtorki od 9 do 12"


def cover_things(cast: Cast, *, today: date, now: datetime) -> None:
    """Four contracts, some of which end soon, with the things that they cover."""
    actor = actor_for(cast.staff[KEEPER], today=today)
    for kind, number, name, party, left, notice, keeper in CONTRACTS:
        said = Said(
            kind, number, name, party, date(today.year, 1, 1), today + timedelta(days=left), notice,
            cast.staff[keeper].pk if keeper else None, "serwis@dostawca.example, 42 000 00 00", 12_000_00,
        )  # fmt: skip
        made = contracts.enter(said, actor=actor, now=now)
        for asset in Asset.objects.filter(name=COVERS[number], state="IN_USE").order_by("id")[:4]:
            contracts.cover(made.pk, asset.pk, actor=actor, today=today, now=now)


def sell_things(cast: Cast, *, today: date, now: datetime) -> None:
    """One sale that gathers offers, one in which a buyer was chosen, one sold that waits for its invoice."""
    who: dict[str, Any] = {"actor": actor_for(cast.staff[KEEPER], today=today), "today": today, "now": now}
    monitors = list(Asset.objects.filter(name="Monitor 27 cali", state="IN_USE").order_by("-id")[:6])
    ago = localtime(now - timedelta(days=10)).replace(hour=8, minute=0, second=0, microsecond=0)
    started = who | {"now": ago}
    offered = _announced(
        "Monitory 27 cali, dwie sztuki", monitors[:2], "HIGHEST", "ANYBODY", 80_00, ago, started
    )
    _bid(cast, offered, "a.nowak", 120_00, ago + timedelta(days=1), today)
    outsider = Outsider("Jan Przykładowy", "ul. Próbna 5, 95-100 Zgierz")
    sales.bid(offered, 90_00, actor=who["actor"], now=ago + timedelta(days=2), outsider=outsider)
    for number, asset in enumerate(monitors[2:4]):
        sold = _announced(f"Monitor 27 cali, {number + 1}", [asset], "FIRST", "STAFF", 60_00, ago, started)
        first = _bid(cast, sold, "e.lis" if number else "d.wrobel", 60_00, ago + timedelta(hours=3), today)
        sales.choose(sold, first, "", **who)
        if number:
            sales.carry_out(sold, **who)


def _announced(
    title: str, things: Sequence[Asset], way: str, audience: str, price: int, since: datetime,
    who: dict[str, Any],
) -> int:  # fmt: skip
    said = Announced(title, ABOUT, audience, way, price, since, since + timedelta(days=24, hours=7))
    return sales.announce_sale([one.pk for one in things], said, **who).pk


def _bid(cast: Cast, sale: int, login: str, amount: int, at: datetime, today: date) -> int:
    return sales.bid(sale, amount, actor=actor_for(cast.staff[login], today=today), now=at).pk
