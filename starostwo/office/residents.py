"""A resident's own account and its closing: the part of the door that the residents' entrance uses."""

from starostwo.office.models import Account
from starostwo.office.queries.own_account import OwnAccount, OwnSignIn, own_account
from starostwo.office.services.residents import account_by_pesel, close_own_account, proves_pesel

__all__ = [
    "Account",
    "OwnAccount",
    "OwnSignIn",
    "account_by_pesel",
    "close_own_account",
    "own_account",
    "proves_pesel",
]
