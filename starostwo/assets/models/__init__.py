"""Tables of assets, split by noun."""

from starostwo.assets.models.asset import Asset, Series
from starostwo.assets.models.attachments import Attachment
from starostwo.assets.models.catalogue import KstClass, Threshold
from starostwo.assets.models.contracts import CoveredAsset, ServiceContract
from starostwo.assets.models.declarations import Announcement, Declaration
from starostwo.assets.models.depreciation import TaxTerms, UseReading
from starostwo.assets.models.disposal import Disposal, DisposalItem, DisposalMember
from starostwo.assets.models.documents import Document, DocumentLine, Proposal
from starostwo.assets.models.licences import Licence, Seat
from starostwo.assets.models.people import Confirmation, Loan, RoomKeeper, Wish
from starostwo.assets.models.sales import Bid, Sale, SaleItem
from starostwo.assets.models.signing import SignedPaper
from starostwo.assets.models.stocktaking import (
    BookRow,
    CountField,
    CountLine,
    Difference,
    Sheet,
    StockTake,
    TeamMember,
)
from starostwo.assets.models.supplies import Supply, SupplyMove

__all__ = [
    "Announcement",
    "Asset",
    "Attachment",
    "Bid",
    "BookRow",
    "Confirmation",
    "CountField",
    "CountLine",
    "CoveredAsset",
    "Declaration",
    "Difference",
    "Disposal",
    "DisposalItem",
    "DisposalMember",
    "Document",
    "DocumentLine",
    "KstClass",
    "Licence",
    "Loan",
    "Proposal",
    "RoomKeeper",
    "Sale",
    "SaleItem",
    "Seat",
    "Series",
    "ServiceContract",
    "Sheet",
    "SignedPaper",
    "StockTake",
    "Supply",
    "SupplyMove",
    "TaxTerms",
    "TeamMember",
    "Threshold",
    "UseReading",
    "Wish",
]
