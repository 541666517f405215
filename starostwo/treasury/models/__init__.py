"""Tables of the treasury."""

from starostwo.treasury.models.bank import BankAccount, VirtualAccount
from starostwo.treasury.models.cash import CashDesk, CashReport, CashSlip, StrictForm
from starostwo.treasury.models.payments import PaymentFile, PaymentOrder, WhiteListCheck
from starostwo.treasury.models.statements import BankOperation, BankStatement, MatchRule

__all__ = [
    "BankAccount",
    "BankOperation",
    "BankStatement",
    "CashDesk",
    "CashReport",
    "CashSlip",
    "MatchRule",
    "PaymentFile",
    "PaymentOrder",
    "StrictForm",
    "VirtualAccount",
    "WhiteListCheck",
]
