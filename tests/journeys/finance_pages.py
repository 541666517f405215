"""What stands in the addresses of the pages of public finance."""

from typing import Any

from starostwo.ledger.models import (
    Account,
    Contract,
    ContractDraft,
    Counterparty,
    Draft,
    PlanDraft,
    Report,
    Voucher,
)

OF_A_YEAR = "plan plan_acts new_plan_act plan_file dashboard commitments leaves purity".split()


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
        "ledger:contract_draft": {"sketch_id": ContractDraft.objects.order_by("id")[0].pk},
    }


def of_the_books() -> dict[str, dict[str, Any]]:
    """A year of the demonstration's books, a posted voucher, one that is written, an account of theirs."""
    voucher = Voucher.objects.filter(kind="FZ").order_by("id")[0]
    suppliers = Account.objects.get(fiscal_year=voucher.fiscal_year_id, number="201")
    pages = ("year", "proof", "chart", "vouchers", "trial_balance", "drafts", "new_account")
    return {
        **{f"ledger:{name}": {"year_id": voucher.fiscal_year_id} for name in pages},
        "ledger:voucher": {"voucher_id": voucher.pk},
        **{f"ledger:{name}": {"account_id": suppliers.pk} for name in ("card", "account")},
        "ledger:draft": {"sketch_id": Draft.objects.order_by("id")[0].pk},
        **_of_reports(voucher.fiscal_year_id),
        "ledger:party": {"party_id": Counterparty.objects.order_by("id")[0].pk},
        **of_the_plan(),
    }


def _of_reports(year_id: int) -> dict[str, dict[str, Any]]:
    """An approved report of the demonstration, the live one that it came from, and a cell of it."""
    report = Report.objects.filter(form="Rb-28S", origin="BOOKS").order_by("id")[0]
    live = {"year_id": year_id, "form": "rb-28s", "month": report.month}
    return {
        "ledger:report": live,
        "ledger:report_cell": {**live, "row": report.content["rows"][0]["key"], "column": "WW"},
        "ledger:report_saved": {"report_id": report.pk},
        "ledger:report_joint": {"form": "rb-28s", "year": report.year, "month": report.month},
    }
