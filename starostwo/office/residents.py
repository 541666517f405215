"""A resident's own account and its closing: the part of the door that the residents' entrance uses."""

from starostwo.office.queries.own_account import OwnAccount, OwnSignIn, own_account
from starostwo.office.services.residents import close_own_account

__all__ = ["OwnAccount", "OwnSignIn", "close_own_account", "own_account"]
