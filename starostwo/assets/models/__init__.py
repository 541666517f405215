"""Tables of assets, split by noun."""

from starostwo.assets.models.asset import Asset, Series
from starostwo.assets.models.catalogue import KstClass, Threshold
from starostwo.assets.models.documents import Document, DocumentLine, Proposal

__all__ = ["Asset", "Document", "DocumentLine", "KstClass", "Proposal", "Series", "Threshold"]
