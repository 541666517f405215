"""Tables of the ledger: books and charts, classification, what is posted, what is being prepared."""

from starostwo.ledger.models.books import Account, Book, FiscalYear, Journal, JournalHead, Period
from starostwo.ledger.models.classification import Classification, DictionaryEntry
from starostwo.ledger.models.contracts import (
    Contract,
    ContractAnnex,
    ContractDraft,
    ContractPart,
    Overcommitment,
)
from starostwo.ledger.models.debts import DebtInstalment, DebtInstrument, DebtMove, DebtYear
from starostwo.ledger.models.drafts import Draft
from starostwo.ledger.models.exclusions import BalanceExclusion
from starostwo.ledger.models.plans import PlanChange, PlanDraft, PlanVersion
from starostwo.ledger.models.reports import Report, ReportCopy, ReportTemplate, ReportUnit
from starostwo.ledger.models.vouchers import (
    Balance,
    Counterparty,
    Limit,
    Line,
    Settlement,
    SettlementBalance,
    SettlementSum,
    Voucher,
)

__all__ = [
    "Account",
    "Balance",
    "BalanceExclusion",
    "Book",
    "Classification",
    "Contract",
    "ContractAnnex",
    "ContractDraft",
    "ContractPart",
    "Counterparty",
    "DebtInstalment",
    "DebtInstrument",
    "DebtMove",
    "DebtYear",
    "DictionaryEntry",
    "Draft",
    "FiscalYear",
    "Journal",
    "JournalHead",
    "Limit",
    "Line",
    "Overcommitment",
    "Period",
    "PlanChange",
    "PlanDraft",
    "PlanVersion",
    "Report",
    "ReportCopy",
    "ReportTemplate",
    "ReportUnit",
    "Settlement",
    "SettlementBalance",
    "SettlementSum",
    "Voucher",
]
