"""Depreciation of the balance sheet and for tax beside each other: of one asset, and of a year."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from starostwo.assets import access
from starostwo.assets.models import Asset, TaxTerms
from starostwo.assets.queries.values import changes_of, course_of, uses_of
from starostwo.assets.rules.depreciation import Change
from starostwo.assets.rules.kinds import BY_USE
from starostwo.assets.rules.methods import Terms, Use, used_up
from starostwo.assets.rules.tax import Year, by_year, compared, tax_course
from starostwo.office.api import Actor

BY_NUMBER = ("kind", "year", "position", "id")


@dataclass(frozen=True)
class Compared:
    """An asset with its years side by side."""

    asset: Asset
    years: Sequence[Year]

    def of(self, year: int) -> Year:
        """The row of a year; one of nothing new when neither writes off in it."""
        before = [one for one in self.years if one.year <= year]
        if before and before[-1].year == year:
            return before[-1]
        totals = (before[-1].balance_total, before[-1].tax_total) if before else (0, 0)
        return Year(year, 0, totals[0], 0, totals[1])


def with_terms(actor: Actor) -> QuerySet[Asset]:
    """The assets for which tax is kept, by number."""
    return access.visible_assets(actor).filter(pk__in=TaxTerms.objects.values("asset_id"))


def terms_of(asset: Asset) -> list[TaxTerms]:
    """The terms of an asset, the earliest first."""
    return list(TaxTerms.objects.filter(asset=asset).order_by("since"))


def compare(assets: Sequence[Asset], *, until: int) -> list[Compared]:
    """Both ways for these assets, at least to a year; a fixed number of queries."""
    changes, of_tax, uses = changes_of(assets), changes_of(assets, is_tax=True), uses_of(assets)
    terms: dict[int, list[TaxTerms]] = {}
    for row in TaxTerms.objects.filter(asset_id__in=[one.pk for one in assets]).order_by("since"):
        terms.setdefault(row.asset_id, []).append(row)
    return [
        Compared(
            one, compared(
                _balance(one, changes[one.pk], uses.get(one.pk, []), until),
                _tax(one, of_tax[one.pk], terms.get(one.pk, []), until),
            ),
        )
        for one in assets
    ]  # fmt: skip


def _balance(asset: Asset, changes: list[Change], uses: list[Use], until: int) -> dict[int, tuple[int, int]]:
    if asset.method != BY_USE:
        return by_year(course_of(asset, changes), until=until, value=asset.value)
    years: dict[int, tuple[int, int]] = {}
    last = sum(one.written_off for one in changes)
    for year in sorted({one.on.year for one in uses}):
        december = max(one.on for one in uses if one.on.year == year)
        total = used_up(changes, uses, capacity=asset.capacity, until=december)
        years[year], last = (total - last, total), total
    return years


def _tax(asset: Asset, changes: list[Change], rows: list[TaxTerms], until: int) -> dict[int, tuple[int, int]]:
    if not rows or not changes:
        return {}
    terms = [Terms(one.since, one.rate, one.method, one.factor) for one in rows]
    course = tax_course(changes, terms, written_off=rows[0].written_off)
    return by_year(course, until=until, value=asset.value)
