"""The door into `assets` for other packages. Nothing else here may be imported from outside."""

from starostwo.assets.access import sees_all
from starostwo.assets.queries.references import AssetRef, by_numbers, reference

__all__ = ["AssetRef", "by_numbers", "reference", "sees_all"]
