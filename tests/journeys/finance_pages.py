"""What stands in the addresses of the pages of public finance."""

from typing import Any

from starostwo.ledger.models import Account, Counterparty, Draft, Report, Voucher


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
