"""A resident's own account, notices and closing: the part of the door that the residents' entrance uses."""

from starostwo.office.models import Account
from starostwo.office.queries.notices import OwnNotices, Reach, confirmed_number, own_notices, reach
from starostwo.office.queries.own_account import OwnAccount, OwnSignIn, own_account
from starostwo.office.rules.notices import BY_LAW, Event, Ways
from starostwo.office.services.notices import (
    CodeIsOver,
    CodeIsWrong,
    NumberIsMissing,
    ask_number,
    choose_notices,
    confirm_number,
    drop_number,
)
from starostwo.office.services.residents import (
    account_by_pesel,
    close_own_account,
    proven_pesel,
    proves_pesel,
)

__all__ = [
    "BY_LAW",
    "Account",
    "CodeIsOver",
    "CodeIsWrong",
    "Event",
    "NumberIsMissing",
    "OwnAccount",
    "OwnNotices",
    "OwnSignIn",
    "Reach",
    "Ways",
    "account_by_pesel",
    "ask_number",
    "choose_notices",
    "close_own_account",
    "confirm_number",
    "confirmed_number",
    "drop_number",
    "own_account",
    "own_notices",
    "proven_pesel",
    "proves_pesel",
    "reach",
]
