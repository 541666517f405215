"""What stands in the addresses of the pages of public finance."""

from typing import Any

from starostwo.ledger.models import Account, Counterparty, Draft, Voucher


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
        "ledger:party": {"party_id": Counterparty.objects.order_by("id")[0].pk},
    }
