"""What other packages may know of an asset that they name by its number."""

from collections.abc import Iterable
from dataclasses import dataclass

from starostwo.assets.models import Asset


@dataclass(frozen=True)
class AssetRef:
    """An asset as others see it."""

    id: int
    number: str
    name: str
    serial_number: str
    place_id: int | None


def by_numbers(numbers: Iterable[str]) -> dict[str, AssetRef]:
    """Assets in use by their inventory numbers, in one query."""
    rows = Asset.objects.filter(number__in=set(numbers), state=Asset.State.IN_USE)
    return {row.number: _reference(row) for row in rows}


def typed(number: str) -> AssetRef | None:
    """The asset in use whose inventory number somebody typed."""
    number = number.strip().upper()
    return by_numbers([number]).get(number)


def reference(asset_id: int | None) -> AssetRef | None:
    """One asset by its key."""
    row = Asset.objects.filter(pk=asset_id).first() if asset_id else None
    return _reference(row) if row else None


def _reference(row: Asset) -> AssetRef:
    return AssetRef(row.pk, row.number, row.name, row.serial_number, row.place_id)
