"""What ends soon or is late: warranties, contracts, licences, loans, the next stock-taking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import DateField, ExpressionWrapper, F, Q

from starostwo.assets.models import Asset, Licence, Loan, ServiceContract
from starostwo.assets.queries.stocktaking import next_due
from starostwo.office.api import Actor

AHEAD, AHEAD_OF_A_COUNT = timedelta(days=60), timedelta(days=120)
MOST = 300


@dataclass(frozen=True)
class Term:
    """Something that has its day: what, when, where to look, and who minds it, when somebody does."""

    thing: str
    kind: str
    words: str
    on: date
    url: str
    keeper: int | None = None


def terms(*, today: date) -> list[Term]:
    """All terms of the next sixty days and those that are late, the nearest first."""
    until = today + AHEAD
    found = [*_warranties(today, until), *_contracts(today), *_licences(today, until), *_loans(until)]
    due = next_due(today=today)
    if due <= today + AHEAD_OF_A_COUNT:
        words, url = "zakończyć spis z natury", "/urzad/spisy/"
        found.append(Term("assets.stock_take:next", "pełny spis z natury", words, due, url))
    return _nearest(found)


def own_terms(actor: Actor, *, today: date) -> list[Term]:
    """The terms of the things for which this person answers, and of the contracts that he minds."""
    mine = Q(keeper_id=actor.account_id)
    return _nearest([*_warranties(today, today + AHEAD, mine), *_contracts(today, mine)])


def _nearest(found: Iterable[Term]) -> list[Term]:
    return sorted(found, key=lambda one: (one.on, one.thing))


def _warranties(today: date, until: date, whose: Q | None = None) -> list[Term]:
    rows = Asset.objects.filter(
        whose or Q(), state=Asset.State.IN_USE, warranty_until__gte=today, warranty_until__lte=until
    ).order_by("warranty_until", "id")
    return [
        Term(
            f"assets.asset:{one.pk}", "koniec gwarancji", f"{one.number} {one.name}", one.warranty_until,
            f"/urzad/majatek/{one.pk}/", one.keeper_id,
        )
        for one in rows[:MOST]
        if one.warranty_until
    ]  # fmt: skip


def _contracts(today: date, whose: Q | None = None) -> list[Term]:
    """Each is told so many days before its end as it says itself."""
    told_from = ExpressionWrapper(F("valid_until") - F("notice_days"), output_field=DateField())
    rows = (
        ServiceContract.objects.alias(told_from=told_from)
        .filter(whose or Q(), ended_on=None, valid_until__gte=today - AHEAD, told_from__lte=today)
        .order_by("valid_until", "id")
    )
    return [
        Term(
            f"assets.contract:{one.pk}", f"koniec umowy, {one.get_kind_display()}",
            f"{one.number} {one.name}, {one.party}", one.valid_until, f"/urzad/majatek/umowy/{one.pk}/",
            one.keeper_id,
        )
        for one in rows[:MOST]
        if one.valid_until
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
