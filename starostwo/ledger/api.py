"""The door into `ledger` for other packages. Nothing else here may be imported from outside."""

from starostwo.ledger.access import visible_books
from starostwo.ledger.queries.accounts import account_of, journal_of, month_of, year_of
from starostwo.ledger.rules.classification import NotAPosition, position
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
    "account_of",
    "classify",
    "journal_of",
    "month_of",
    "position",
    "post",
    "purity",
    "visible_books",
    "year_of",
]
