"""The door into `assets` for other packages. Nothing else here may be imported from outside."""

from starostwo.assets.access import sees_all
from starostwo.assets.queries.own import open_sheets as sheets_to_count
from starostwo.assets.queries.own import to_decide as disposals_to_decide
from starostwo.assets.queries.references import AssetRef, by_numbers, reference, typed
from starostwo.assets.queries.sales import Sold, sold_without_invoice

__all__ = [
    "AssetRef", "Sold", "by_numbers", "disposals_to_decide", "reference", "sees_all", "sheets_to_count",
    "sold_without_invoice", "typed",
]  # fmt: skip
