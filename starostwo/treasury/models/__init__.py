"""Tables of the treasury."""

from starostwo.treasury.models.bank import BankAccount, VirtualAccount
from starostwo.treasury.models.payments import PaymentFile, PaymentOrder, WhiteListCheck

__all__ = ["BankAccount", "PaymentFile", "PaymentOrder", "VirtualAccount", "WhiteListCheck"]
