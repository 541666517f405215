"""The door into `assets` for other packages. Nothing else here may be imported from outside."""

from starostwo.assets.access import sees_all
from starostwo.assets.queries.references import AssetRef, by_numbers, reference, typed
from starostwo.assets.queries.sales import Sold, sold_without_invoice

__all__ = ["AssetRef", "Sold", "by_numbers", "reference", "sees_all", "sold_without_invoice", "typed"]
