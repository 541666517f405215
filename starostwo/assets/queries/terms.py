"""What ends soon or is late: warranties, licences, loans, consumables that run out, the next stock-taking."""

from dataclasses import dataclass
from datetime import date, timedelta

from starostwo.assets.models import Asset, Licence, Loan
from starostwo.assets.queries.stocktaking import next_due

AHEAD, AHEAD_OF_A_COUNT = timedelta(days=60), timedelta(days=120)
MOST = 300


@dataclass(frozen=True)
class Term:
    """Something that has its day: what, when, where to look."""

    thing: str
    kind: str
    words: str
    on: date
    url: str


def terms(*, today: date) -> list[Term]:
    """All terms of the next sixty days and those that are late, the nearest first."""
    until = today + AHEAD
    found = [*_warranties(today, until), *_licences(today, until), *_loans(until)]
    due = next_due(today=today)
    if due <= today + AHEAD_OF_A_COUNT:
        found.append(
            Term(
                "assets.stock_take:next",
                "pełny spis z natury",
                "zakończyć spis z natury",
                due,
                "/urzad/spisy/",
            )
        )
    return sorted(found, key=lambda one: (one.on, one.thing))


def _warranties(today: date, until: date) -> list[Term]:
    rows = Asset.objects.filter(
        state=Asset.State.IN_USE, warranty_until__gte=today, warranty_until__lte=until
    ).order_by("warranty_until", "id")
    return [
        Term(
            f"assets.asset:{one.pk}", "koniec gwarancji", f"{one.number} {one.name}", one.warranty_until,
            f"/urzad/majatek/{one.pk}/",
        )
        for one in rows[:MOST]
        if one.warranty_until
    ]  # fmt: skip


def _licences(today: date, until: date) -> list[Term]:
    rows = Licence.objects.filter(valid_until__gte=today - AHEAD, valid_until__lte=until)
    return [
        Term(
            f"assets.licence:{one.pk}", "koniec licencji", one.name, one.valid_until,
            f"/urzad/majatek/licencje/{one.pk}/",
        )
        for one in rows.order_by("valid_until", "id")[:MOST]
        if one.valid_until
    ]  # fmt: skip


def _loans(until: date) -> list[Term]:
    rows = Loan.objects.filter(returned_on=None, due_on__lte=until).select_related("asset", "borrower")
    return [
        Term(
            f"assets.loan:{one.pk}", "zwrot wypożyczenia",
            f"{one.asset.number} {one.asset.name}, {one.borrower.name}", one.due_on,
            f"/urzad/majatek/{one.asset_id}/",
        )
        for one in rows.order_by("due_on", "id")[:MOST]
    ]  # fmt: skip
