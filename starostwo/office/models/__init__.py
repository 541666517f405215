"""Tables of the office, split by noun."""

from starostwo.office.models.account import Account, ApiToken, Passkey, RecoveryCode, SecondFactor
from starostwo.office.models.guard import SignIn, TryWindow
from starostwo.office.models.notices import NoticeChoice, NoticeNumber
from starostwo.office.models.place import Office, Seat
from starostwo.office.models.rights import Right
from starostwo.office.models.rooms import Place
from starostwo.office.models.structure import Holding, Post, StandIn, Unit, UnitPlace

__all__ = [
    "Account",
    "ApiToken",
    "Holding",
    "NoticeChoice",
    "NoticeNumber",
    "Office",
    "Passkey",
    "Place",
    "Post",
    "RecoveryCode",
    "Right",
    "Seat",
    "SecondFactor",
    "SignIn",
    "StandIn",
    "TryWindow",
    "Unit",
    "UnitPlace",
]
