"""Tables of the treasury: bank and cash, purchase invoices and their path, sales invoices, input tax."""

from starostwo.treasury.models.bank import BankAccount, VirtualAccount
from starostwo.treasury.models.cash import CashDesk, CashReport, CashSlip, StrictForm
from starostwo.treasury.models.claims import (
    Basis,
    Claim,
    ClaimKind,
    IncomeContract,
    IncomeRate,
    InterestKind,
)
from starostwo.treasury.models.deposits import Deposit, FundEntry
from starostwo.treasury.models.enforcement import EnforcementLine, EnforcementStep, EnforcementTitle
from starostwo.treasury.models.invoices import Invoice, InvoiceStep, InvoiceUnit, KsefPosition
from starostwo.treasury.models.payments import PaymentFile, PaymentOrder, WhiteListCheck
from starostwo.treasury.models.reliefs import Relief, ReliefLapse
from starostwo.treasury.models.reminders import Reminder, ReminderLine
from starostwo.treasury.models.remittances import Remittance, RemittanceLine
from starostwo.treasury.models.sales import SaleInvoice, SaleSeries
from starostwo.treasury.models.statements import BankOperation, BankStatement, MatchRule
from starostwo.treasury.models.vat import VatShare

__all__ = [
    "BankAccount", "BankOperation", "BankStatement", "Basis", "CashDesk", "CashReport", "CashSlip", "Claim",
    "ClaimKind", "Deposit", "EnforcementLine", "EnforcementStep", "EnforcementTitle", "FundEntry",
    "IncomeContract", "IncomeRate", "InterestKind", "Invoice", "InvoiceStep", "InvoiceUnit", "KsefPosition",
    "MatchRule", "PaymentFile", "PaymentOrder", "Relief", "ReliefLapse", "Reminder", "ReminderLine",
    "Remittance", "RemittanceLine", "SaleInvoice", "SaleSeries", "StrictForm", "VatShare", "VirtualAccount",
    "WhiteListCheck",
]  # fmt: skip
