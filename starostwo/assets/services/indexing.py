"""Keeps the search index true: an asset is found by whoever may see it."""

from datetime import date

from starostwo.assets.access import SEES_ALL
from starostwo.assets.models import Asset, Document, DocumentLine
from starostwo.search import api as search

SEERS = tuple(f"role:{right.value}" for right in SEES_ALL)


def index_asset(asset: Asset) -> None:
    """Put the asset into the index as it is."""
    people = [f"person:{pk}" for pk in (asset.keeper_id, asset.user_id) if pk]
    parts = (asset.maker, asset.serial_number, asset.supplier, asset.bought_by, asset.contract, asset.note)
    search.put(
        thing=f"assets.asset:{asset.pk}", kind="asset", title=f"{asset.name}, {asset.number}",
        text=" ".join(part for part in parts if part), audience=[*SEERS, *people],
        marks=[asset.number, *([asset.serial_number] if asset.serial_number else [])],
        facets={"year": str(asset.year), "state": asset.get_state_display()},
        on=asset.gone_on or asset.taken_on or date(asset.year, 1, 1), url=f"/urzad/majatek/{asset.pk}/",
    )  # fmt: skip


def index_document(document_id: int) -> int:
    """Put all assets of a document into the index; says how many."""
    document = Document.objects.filter(pk=document_id).exclude(kind="AM").first()
    if document is None:
        return 0
    lines = DocumentLine.objects.filter(document=document).select_related("asset").order_by("position")
    count = 0
    for line in lines.iterator(chunk_size=500):
        index_asset(line.asset)
        count += 1
    return count
