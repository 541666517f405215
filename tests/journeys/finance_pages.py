"""What stands in the addresses of the pages of public finance."""

from typing import Any

from starostwo.ledger.models import (
    Account,
    Contract,
    ContractDraft,
    Counterparty,
    DebtInstrument,
    Draft,
    PlanDraft,
    Report,
    Settlement,
    Voucher,
)
from starostwo.treasury.models import (
    BankOperation,
    BankStatement,
    CashReport,
    Deposit,
    EnforcementTitle,
    IncomeContract,
    Invoice,
    PaymentOrder,
    SaleInvoice,
)
from starostwo.treasury.queries.enforcement import to_issue

OF_A_YEAR = "plan plan_acts new_plan_act plan_file dashboard commitments leaves purity".split()


def of_the_bank() -> dict[str, dict[str, Any]]:
    """A transfer, an account, a statement that waits and its operation, an open cash report, a claim."""
    order = PaymentOrder.objects.filter(settlement__side=Settlement.Side.PAYABLE).latest("id")
    waiting = BankStatement.objects.latest("id")
    report = CashReport.objects.get(closed_at=None)
    claim = Settlement.objects.filter(document_number__startswith="GN/", sum__credit=0).latest("id")
    return {
        "treasury:payment": {"order_id": order.pk},
        **{
            f"treasury:{name}": {"account_id": order.bank_account_id} for name in ("owed", "virtual_accounts")
        },
        "treasury:statement": {"statement_id": waiting.pk},
        "treasury:operation": {
            "operation_id": BankOperation.objects.filter(statement=waiting).latest("id").pk
        },
        **{f"treasury:{name}": {"desk_id": report.desk_id} for name in ("cash_desk", "strict_forms")},
        "treasury:cash_report": {"report_id": report.pk},
        **{
            f"treasury:{name}": {"book_id": claim.book_id, "claim_id": claim.pk}
            for name in ("claim", "new_relief")
        },
    }


def of_the_receivables() -> dict[str, dict[str, Any]]:
    """A deposit that is held, a contract that brings fees, a title that waits and a reminder without one."""
    title = EnforcementTitle.objects.filter(state="PREPARED").select_related("book").latest("id")
    return {
        "treasury:new_title": {"reminder_id": to_issue(title.book).latest("id").pk},
        "treasury:title": {"title_id": title.pk},
        "treasury:deposit": {"deposit_id": Deposit.objects.filter(returned_on=None).latest("id").pk},
        "treasury:income_contract": {"contract_id": IncomeContract.objects.latest("id").pk},
    }


def of_the_plan() -> dict[str, dict[str, Any]]:
    """The plan of the unit and of the budget, an act that is written, a contract and one that is written."""
    written = PlanDraft.objects.filter(fiscal_year__book__code="URZAD").select_related("fiscal_year")[0]
    there = {"code": "URZAD", "year": written.fiscal_year.year}
    contract = {"contract_id": Contract.objects.order_by("id")[0].pk}
    return {
        **{f"ledger:{name}": there for name in OF_A_YEAR},
        "ledger:plan_act": there | {"number": 1},
        "ledger:plan_draft": there | {"sketch_id": written.pk},
        "ledger:units": there | {"code": "POWIAT"},
        **{f"ledger:{name}": contract for name in ("contract", "contract_annex")},
        "ledger:debt": {"debt_id": DebtInstrument.objects.filter(kind="BOND").latest("id").pk},
        "ledger:debt_year": {"year": there["year"]},
        "ledger:contract_draft": {"sketch_id": ContractDraft.objects.order_by("id")[0].pk},
    }


def of_the_books() -> dict[str, dict[str, Any]]:
    """A year of the demonstration's books, a posted voucher, one that is written, an account of theirs."""
    voucher = Voucher.objects.filter(kind="FZ").order_by("id")[0]
    suppliers = Account.objects.get(fiscal_year=voucher.fiscal_year_id, number="201")
    pages = ("year", "proof", "chart", "vouchers", "trial_balance", "drafts", "new_account")
    return {
        **of_the_bank(),
        **of_the_receivables(),
        **{f"ledger:{name}": {"year_id": voucher.fiscal_year_id} for name in pages},
        "ledger:voucher": {"voucher_id": voucher.pk},
        **{f"ledger:{name}": {"account_id": suppliers.pk} for name in ("card", "account")},
        "ledger:draft": {"sketch_id": Draft.objects.get(content__text="Faktura bez opisu").pk},
        **_of_reports(voucher.fiscal_year_id),
        **_of_invoices(),
        "ledger:party": {"party_id": Counterparty.objects.order_by("id")[0].pk},
        **of_the_plan(),
    }


def _of_reports(year_id: int) -> dict[str, dict[str, Any]]:
    """An approved report of the demonstration, the live one that it came from, and a cell of it."""
    report = Report.objects.filter(form="Rb-28S", origin="BOOKS").order_by("id")[0]
    live = {"year_id": year_id, "form": "rb-28s", "month": report.month}
    whole = Report.objects.get(form="Bilans-SK")
    sent = Report.objects.get(form="Bilans-OP")
    return {
        "ledger:report": live,
        "ledger:report_cell": {**live, "row": report.content["rows"][0]["key"], "column": "WW"},
        "ledger:report_saved": {"report_id": report.pk},
        "ledger:report_copy": {"report_id": report.pk},
        "ledger:report_joint": {"form": "rb-28s", "year": report.year, "month": report.month},
        "ledger:report_entry": {"unit_id": sent.unit_id, "form": "bilans-op", "year": sent.year},
        "ledger:report_consolidated": {"year": whole.year},
        "ledger:report_exclusions": {"year": whole.year},
        "ledger:report_parts": {"report_id": whole.pk, "row": "B.II"},
    }


def _of_invoices() -> dict[str, dict[str, Any]]:
    """A new invoice, one that may be posted, a sale."""
    new, approved = (Invoice.objects.filter(state=state).order_by("id")[0] for state in ("NEW", "APPROVED"))
    sale = SaleInvoice.objects.order_by("id")[0]
    return {
        "treasury:invoice": {"invoice_id": new.pk},
        "treasury:invoice_posting": {"invoice_id": approved.pk},
        **{f"treasury:{name}": {"sale_id": sale.pk} for name in ("sale", "sale_correction")},
    }
