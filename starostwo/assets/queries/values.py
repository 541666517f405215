"""What an asset was worth on a day and its depreciation by months, from its documents alone."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Sum

from starostwo.assets.models import Asset, DocumentLine, UseReading
from starostwo.assets.rules.depreciation import Change, Instalment, counts_from, due, next_month, plan
from starostwo.assets.rules.kinds import (
    AT_ONCE,
    BY_USE,
    DECLINING,
    EXACT_DAY,
    IN_PARTS,
    LINEAR,
    NEVER,
    NEXT_MONTH,
)
from starostwo.assets.rules.methods import Terms, Use, ahead, through, totals, used_up

LINE = ("asset_id", "value_change", "written_off_change", "document__kind", "document__happened_on")


def changes_of(assets: Iterable[Asset], *, is_tax: bool = False) -> dict[int, list[Change]]:
    """By asset, what documents other than depreciation did; one query for all. Tax knows no exact days."""
    rows = {asset.pk: asset for asset in assets}
    found: dict[int, list[Change]] = {pk: [] for pk in rows}
    lines = DocumentLine.objects.filter(asset_id__in=rows).exclude(document__kind="AM").order_by("id")
    for asset_id, value, written_off, kind, on in lines.values_list(*LINE):
        if value or written_off:
            asset = rows[asset_id]
            is_exact = not is_tax and (asset.start == EXACT_DAY or asset.method == BY_USE)
            taken_on = asset.taken_on or on
            since = counts_from(on, is_opening=kind == "BO", taken_on=taken_on, is_exact=is_exact)
            found[asset_id].append(Change(since, value, written_off))
    return found


def uses_of(assets: Iterable[Asset]) -> dict[int, list[Use]]:
    """By asset that is written off by use, its readings; one query when there is any such."""
    found: dict[int, list[Use]] = {asset.pk: [] for asset in assets if asset.method == BY_USE}
    if found:
        rows = UseReading.objects.filter(asset_id__in=found).order_by("on")
        for asset_id, on, units in rows.values_list("asset_id", "on", "units"):
            found[asset_id].append(Use(on, units))
    return found


def due_of(asset: Asset, changes: list[Change], uses: list[Use], *, until: date) -> int:
    """All that is written off of an asset at the end of the month, by its method."""
    if asset.method == BY_USE:
        return used_up(changes, uses, capacity=asset.capacity, until=until)
    if asset.method == LINEAR and asset.start == NEXT_MONTH:
        return due(changes, rate=asset.rate, through=until)
    return through(course_of(asset, changes), until)


def course_of(asset: Asset, changes: list[Change]) -> Iterator[Instalment]:
    """The months of an asset in the balance sheet, as planned."""
    method = asset.method if asset.method in (LINEAR, DECLINING, AT_ONCE) else NEVER
    since = min((one.since for one in changes), default=date.min)
    return totals(changes, [Terms(since, asset.rate, method, asset.factor)])


def worth_on(asset: Asset, day: date) -> tuple[int, int]:
    """Value and what is written off on a day, by the documents up to it."""
    sums = DocumentLine.objects.filter(asset=asset, document__happened_on__lte=day).aggregate(
        value=Sum("value_change", default=0), written_off=Sum("written_off_change", default=0)
    )
    return sums["value"], sums["written_off"]


def plan_of(asset: Asset, *, since: date | None = None) -> list[Instalment]:
    """The instalments still to come, from the month after the last one written off; none by use."""
    if asset.method not in IN_PARTS or asset.method == BY_USE:
        return []
    if asset.taken_on is None or asset.state != Asset.State.IN_USE:
        return []
    changes = changes_of([asset])[asset.pk]
    last = (
        DocumentLine.objects.filter(asset=asset, document__kind="AM")
        .order_by("-document__happened_on")
        .values_list("document__happened_on", flat=True)
        .first()
    )
    first = since or (next_month(last) if last else min(change.since for change in changes))
    if asset.method == LINEAR and asset.start == NEXT_MONTH:
        return plan(changes, rate=asset.rate, since=first)
    return ahead(course_of(asset, changes), since=first, value=asset.value)
