"""The door into `ledger` for other packages. Nothing else here may be imported from outside."""

from starostwo.ledger import public
from starostwo.ledger.access import visible_books
from starostwo.ledger.queries.accounts import account_of, journal_of, month_of, year_of
from starostwo.ledger.queries.public_contracts import PublicContract, public_contracts
from starostwo.ledger.rules.classification import NotAPosition, position
from starostwo.ledger.rules.purity import refund_entries
from starostwo.ledger.rules.vouchers import Entry, NewVoucher, purity
from starostwo.ledger.services.dictionaries import classify
from starostwo.ledger.services.posting import AbovePlan, CannotPost, MonthIsClosed, Posted, PostedBefore, post

__all__ = [
    "AbovePlan",
    "CannotPost",
    "Entry",
    "MonthIsClosed",
    "NewVoucher",
    "NotAPosition",
    "Posted",
    "PostedBefore",
    "PublicContract",
    "account_of",
    "classify",
    "journal_of",
    "month_of",
    "position",
    "post",
    "public",
    "public_contracts",
    "purity",
    "refund_entries",
    "visible_books",
    "year_of",
]
