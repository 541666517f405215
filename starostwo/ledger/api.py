"""The door into `ledger` for other packages. Nothing else here may be imported from outside."""

from starostwo.ledger import proposals, public, settlements
from starostwo.ledger.access import may_post, visible_books
from starostwo.ledger.queries import purchases
from starostwo.ledger.queries.accounts import account_of, journal_of, month_of, year_of
from starostwo.ledger.rules.classification import NotAPosition
from starostwo.ledger.rules.vouchers import Entry, NewVoucher, purity
from starostwo.ledger.services.dictionaries import classified
from starostwo.ledger.services.posting import AbovePlan, CannotPost, MonthIsClosed, PostedBefore, post

__all__ = [
    "AbovePlan",
    "CannotPost",
    "Entry",
    "MonthIsClosed",
    "NewVoucher",
    "NotAPosition",
    "PostedBefore",
    "account_of",
    "classified",
    "journal_of",
    "may_post",
    "month_of",
    "post",
    "proposals",
    "public",
    "purchases",
    "purity",
    "settlements",
    "visible_books",
    "year_of",
]
