"""Tables of assets, split by noun."""

from starostwo.assets.models.asset import Asset, Series
from starostwo.assets.models.catalogue import KstClass, Threshold
from starostwo.assets.models.documents import Document, DocumentLine, Proposal
from starostwo.assets.models.stocktaking import (
    BookRow,
    CountField,
    CountLine,
    Difference,
    Sheet,
    StockTake,
    TeamMember,
)

__all__ = [
    "Asset",
    "BookRow",
    "CountField",
    "CountLine",
    "Difference",
    "Document",
    "DocumentLine",
    "KstClass",
    "Proposal",
    "Series",
    "Sheet",
    "StockTake",
    "TeamMember",
    "Threshold",
]
