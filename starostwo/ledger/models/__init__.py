"""Tables of the ledger: books and charts, classification, what is posted, what is being prepared."""

from starostwo.ledger.models.books import Account, Book, FiscalYear, Journal, JournalHead, Period
from starostwo.ledger.models.classification import Classification, DictionaryEntry
from starostwo.ledger.models.drafts import Contract, Draft
from starostwo.ledger.models.vouchers import (
    Balance,
    Counterparty,
    Limit,
    Line,
    Settlement,
    SettlementSum,
    Voucher,
)

__all__ = [
    "Account",
    "Balance",
    "Book",
    "Classification",
    "Contract",
    "Counterparty",
    "DictionaryEntry",
    "Draft",
    "FiscalYear",
    "Journal",
    "JournalHead",
    "Limit",
    "Line",
    "Period",
    "Settlement",
    "SettlementSum",
    "Voucher",
]
