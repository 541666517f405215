"""The counts of visits as everybody reads them."""

from datetime import timedelta

from django.db.models import Max, Sum
from django.db.models.functions import TruncMonth

from starostwo.bulletin.models import Body, Item, VisitCount

MONTHS, MOST, LATELY = 24, 20, timedelta(days=30)
TITLES = {
    "": "Strona główna BIP",
    "menu/": "Menu przedmiotowe",
    "rejestr-zmian/": "Rejestr zmian",
    "kolejnosc-spraw/": "Kolejność załatwiania spraw",
    "rejestr-umow/": "Rejestr umów",
    "uslugi/": "Karty usług",
}


def months(body: Body | None = None) -> list[tuple[str, int]]:
    """Openings of all pages by month, the newest first."""
    rows = VisitCount.objects.filter(body=body).annotate(month=TruncMonth("day")).values_list("month")
    counted = rows.annotate(all=Sum("count")).order_by("-month")[:MONTHS]
    return [(f"{month:%Y-%m}", count) for month, count in counted]


def most_opened(body: Body | None = None) -> list[tuple[str, str, int]]:
    """Pages most opened in the last thirty counted days: address, title, openings."""
    counts = VisitCount.objects.filter(body=body)
    last = counts.aggregate(last=Max("day"))["last"]
    if last is None:
        return []
    rows = counts.filter(day__gt=last - LATELY).values_list("address")
    found = list(rows.annotate(all=Sum("count")).order_by("-all", "address")[:MOST])
    return [(address, title, count) for (address, count), title in zip(found, _titles(found), strict=True)]


def _titles(found: list[tuple[str, int]]) -> list[str]:
    numbers = {address: _item_of(address) for address, _ in found}
    wanted = [number for number in numbers.values() if number]
    items = dict(Item.objects.filter(pk__in=wanted).values_list("pk", "title"))
    return [items.get(numbers[address]) or TITLES.get(address, f"/bip/{address}") for address, _ in found]


def _item_of(address: str) -> int:
    parts = address.split("/")
    is_item = len(parts) == 3 and parts[0] == "informacja" and parts[1].isascii() and parts[1].isdigit()
    return int(parts[1]) if is_item else 0
