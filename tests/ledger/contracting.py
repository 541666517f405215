"""Contracts in one line, for the tests."""

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Contract, FiscalYear, Limit, Line
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import contracts
from starostwo.ledger.testing import NOW, TODAY, account, posted, spending, voucher

WHERE = "750.75020.4300"


def typed(**said: str) -> dict[str, str]:
    """A contract for two years as it is typed."""
    return {
        "book": "URZAD", "document_number": "FK.273.4.2026", "name": "Drukarnia Bzura sp. z o.o.",
        "nip": "526-025-02-74", "subject": "Druk blankietów", "signed_on": "02.11.2026",
        "starts_on": "02.11.2026", "ends_on": "31.12.2027", "amount": "300,00", "place": "Zgierz",
        "parts": f"2026 {WHERE} 100,00\n2027 {WHERE} 200,00",
    } | said  # fmt: skip


def registered(year: FiscalYear, content: dict[str, str] | None = None) -> Contract:
    """Type and register as the accountant."""
    actor = ledger.accountant()
    draft = contracts.save_draft(year.book, content or typed(), draft=None, actor=actor, now=NOW)
    return contracts.register(draft, actor=actor, today=TODAY, now=NOW)


def paid(year: FiscalYear, contract: Contract, amount: int) -> None:
    """Money that left the bank under a contract."""
    entries = [
        Entry(account(year, "800"), debit=amount),
        Entry(account(year, "130-2"), credit=amount, classification=spending().pk, contract=contract.pk),
    ]
    posted(year, voucher(entries, kind="WB"), into="WB")


def on(year: FiscalYear, number: str) -> list[tuple[int, int]]:
    """Debit and credit of each entry on an account."""
    lines = Line.objects.filter(account__fiscal_year=year, account__number=number).order_by("id")
    return list(lines.values_list("debit", "credit"))


def committed(year: FiscalYear) -> int:
    """What is committed under the position of the tests."""
    return Limit.objects.get(fiscal_year=year, position=f"W.{WHERE}").committed
