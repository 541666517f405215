"""What an asset was worth on a day and its depreciation by months, from its documents alone."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Sum

from starostwo.assets.models import Asset, DocumentLine
from starostwo.assets.rules.depreciation import Change, Instalment, counts_from, next_month, plan

LINE = ("asset_id", "value_change", "written_off_change", "document__kind", "document__happened_on")


def changes_of(assets: Iterable[Asset]) -> dict[int, list[Change]]:
    """By asset, what documents other than depreciation did; one query for all."""
    taken = {asset.pk: asset.taken_on for asset in assets}
    found: dict[int, list[Change]] = {pk: [] for pk in taken}
    lines = DocumentLine.objects.filter(asset_id__in=taken).exclude(document__kind="AM").order_by("id")
    for asset_id, value, written_off, kind, on in lines.values_list(*LINE):
        if value or written_off:
            since = counts_from(on, is_opening=kind == "BO", taken_on=taken[asset_id] or on)
            found[asset_id].append(Change(since, value, written_off))
    return found


def worth_on(asset: Asset, day: date) -> tuple[int, int]:
    """Value and what is written off on a day, by the documents up to it."""
    sums = DocumentLine.objects.filter(asset=asset, document__happened_on__lte=day).aggregate(
        value=Sum("value_change", default=0), written_off=Sum("written_off_change", default=0)
    )
    return sums["value"], sums["written_off"]


def plan_of(asset: Asset, *, since: date | None = None) -> list[Instalment]:
    """The instalments still to come, from the month after the last one written off."""
    if asset.method != "LINEAR" or asset.taken_on is None or asset.state != Asset.State.IN_USE:
        return []
    changes = changes_of([asset])[asset.pk]
    last = (
        DocumentLine.objects.filter(asset=asset, document__kind="AM")
        .order_by("-document__happened_on")
        .values_list("document__happened_on", flat=True)
        .first()
    )
    first = next_month(last) if last else min(change.since for change in changes)
    return plan(changes, rate=asset.rate, since=since or first)
