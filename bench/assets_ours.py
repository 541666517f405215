"""`python -m bench.assets_ours COUNT ITEMS SCANNERS`: a register of so many assets, a stock-taking begun.

Everything is written by the services. The search index is left out: its jobs are taken off the queue.
Prints who asks for which pages, and what each scanner reads on which sheet.
"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from time import perf_counter
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402  models are there only after setup
from django.utils import timezone  # noqa: E402

from starostwo.assets.models import Asset, Sheet, StockTake  # noqa: E402
from starostwo.assets.services import documents, stocktaking  # noqa: E402
from starostwo.assets.services.catalogue import load_classes  # noqa: E402
from starostwo.assets.services.documents import NewAsset  # noqa: E402
from starostwo.assets.services.stocktaking import Order  # noqa: E402
from starostwo.assets.services.writing import MOST_LINES, Header  # noqa: E402
from starostwo.office.actor import actor_for  # noqa: E402
from starostwo.office.models import Account, Place  # noqa: E402
from starostwo.office.testing import client_of  # noqa: E402
from starostwo.site.demo.assets import COUNTERS, KEEPER  # noqa: E402

NAMES = (
    "Komputer",
    "Monitor 27 cali",
    "Szafa aktowa",
    "Krzesło obrotowe",
    "Telefon stacjonarny",
    "Niszczarka",
)
WORDS = ("komputer", "monitor 27", "szafa", "niszczarka sn12", "PST/2026/0")
SEES_ALL, KEEPS = KEEPER, "a.nowak"
A_FEW = 30
UNINDEXED = "DELETE FROM procrastinate_jobs WHERE task_name = 'assets.index_document' AND status = 'todo'"


def main() -> None:
    """Fill, begin the count, print."""
    count, items, scanners = (int(one) for one in sys.argv[1:4])
    now = timezone.localtime()
    began = perf_counter()
    _fill(count, items, scanners, now)
    filled = perf_counter()
    take = _begin(scanners, now)
    frozen = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE assets_asset")
        cursor.execute("ANALYZE assets_documentline")
        cursor.execute("ANALYZE assets_bookrow")
    told = {
        "take": take.pk, "filled": filled - began, "frozen": frozen - filled, "keeper": _session(KEEPER),
        "pages": {name: [_session(who), paths] for name, (who, paths) in _pages().items()},
        "scanners": list(_scanners(take)),
    }  # fmt: skip
    print(json.dumps(told))


def _fill(count: int, items: int, scanners: int, now: datetime) -> None:
    """The things to be counted stand in as many rooms as there are scanners, the others elsewhere."""
    load_classes(now=now)
    actor = actor_for(Account.objects.get(login=KEEPER), today=now.date())
    people = list(Account.objects.filter(kind="STAFF").exclude(login__in=COUNTERS).order_by("id")[:60])
    rooms = list(Place.objects.filter(level=Place.Level.ROOM).order_by("path").values_list("pk", flat=True))
    counted, others = rooms[:scanners], rooms[scanners:]
    new = [
        NewAsset(
            "LOW", NAMES[number % len(NAMES)], 50_000 + number % 5000,
            counted[number % scanners] if number < items else others[number % len(others)],
            keeper=people[number % len(people)].pk,
            described={"serial_number": f"SN{100_000 + number}", "maker": f"Model {number % 90}"},
        )
        for number in range(count)
    ]  # fmt: skip
    header = Header(now.date(), "przejęcie ewidencji do pomiarów")
    for at in range(0, count, MOST_LINES):
        part = new[at : at + MOST_LINES]
        documents.take(part, header, origin="DONATION", actor=actor, today=now.date(), now=now)
        with connection.cursor() as cursor:
            cursor.execute(UNINDEXED)


def _begin(scanners: int, now: datetime) -> StockTake:
    manager = actor_for(Account.objects.get(login=KEEPER), today=now.date())
    team = [Account.objects.get(login=login).pk for login in COUNTERS]
    said = Order("FULL", "zarządzenie do pomiarów", now.date())
    take = stocktaking.prepare(said, actor=manager, today=now.date(), now=now)
    for place in Place.objects.filter(level=Place.Level.ROOM).order_by("path")[:scanners]:
        stocktaking.add_field(take.pk, place.pk, team, actor=manager, today=now.date(), now=now)
    return stocktaking.begin(take.pk, actor=manager, now=now)


def _pages() -> dict[str, tuple[str, list[str]]]:
    root = "/urzad/majatek/"
    places = ["SADOWA", "SADOWA/1", "DLUGA/2", "GLOWNO/0"]
    assets = Asset.objects.order_by("-id").values_list("pk", flat=True)[:A_FEW]
    newest = Asset.objects.order_by("-id")[0].number
    return {
        "register, first pages": (SEES_ALL, [root, f"{root}?rodzaj=LOW", f"{root}?stan="]),
        "register by place": (SEES_ALL, [f"{root}?miejsce={one}" for one in places]),
        "register by words": (SEES_ALL, [f"{root}?q={word.replace(' ', '+')}" for word in WORDS]),
        "register by number": (SEES_ALL, [f"{root}?q={newest}", f"{root}?q=SN100777"]),
        "register of one's own things": (KEEPS, [root]),
        "one asset": (SEES_ALL, [f"{root}{pk}/" for pk in assets]),
        "documents": (SEES_ALL, [f"{root}dokumenty/"]),
        "own things": (KEEPS, [f"{root}moje/"]),
    }


def _scanners(take: StockTake) -> Iterator[dict[str, Any]]:
    for turn, sheet in enumerate(Sheet.objects.filter(field__stock_take=take).order_by("number")):
        numbers = Asset.objects.filter(place=sheet.field.place, state="IN_USE").order_by("number")
        yield {
            "sheet": sheet.pk, "session": _session(COUNTERS[turn % len(COUNTERS)]),
            "numbers": list(numbers.values_list("number", flat=True)),
        }  # fmt: skip


def _session(login: str) -> str:
    return client_of(Account.objects.get(login=login)).session.session_key or ""


if __name__ == "__main__":
    main()
