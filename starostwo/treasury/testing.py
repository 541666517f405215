"""For tests of this and of other packages: a bank account of a book, debts, transfers as far as wanted."""

from datetime import date

from starostwo.ledger import testing as ledger
from starostwo.ledger.api import Entry
from starostwo.ledger.testing import NOW, TODAY, Counterparty, FiscalYear, Settlement
from starostwo.office.api import Actor
from starostwo.treasury.models import BankAccount, PaymentOrder
from starostwo.treasury.services import bank_accounts, payments

OWN, PAYEE, OTHER = "61109010140000071219812874", "49102028922276300500000000", "27114020040000300201355387"
POSITION = "750.75020.4300"


def bank_account(year: FiscalYear, **said: str) -> BankAccount:
    """The account of the unit's spending and income."""
    found = BankAccount.objects.select_related("book").filter(book=year.book).first()
    new = bank_accounts.NewAccount(
        **{
            "number": OWN, "name": "Rachunek starostwa", "owner_name": "Starostwo Powiatowe w Zgierzu",
            "owner_address": "ul. Sadowa 6a, 95-100 Zgierz", "account_out": "130-2", "account_in": "130-1",
        } | said
    )  # fmt: skip
    return found or bank_accounts.name_account(year.book_id, new, actor=ledger.treasurer(), now=NOW)


def payee(
    name: str = "Drukarnia Bzura sp. z o.o.", nip: str = "5260250274", account: str = PAYEE
) -> Counterparty:
    """A supplier with an account."""
    found, _ = Counterparty.objects.update_or_create(
        nip=nip,
        defaults={
            "name": name, "folded": name.lower(), "account_number": account, "street": "ul. Leśna 2",
            "postcode": "95-100", "town": "Zgierz",
        },
    )  # fmt: skip
    return found


def debt(
    year: FiscalYear, amount: int = 1_230_00, number: str = "FV 1/2026", to: Counterparty | None = None
) -> Settlement:
    """An invoice in the books: 401 against 201, with its classification."""
    owed = ledger.owed(year, number, to=to or payee())
    ledger.posted(
        year,
        ledger.voucher(
            [
                Entry(ledger.account(year, "401"), debit=amount, classification=ledger.spending().pk),
                Entry(
                    ledger.account(year, "201"),
                    credit=amount,
                    counterparty=owed.counterparty_id,
                    settlement=owed.pk,
                ),
            ],
            kind="FZ",
            external_number=number,
        ),
        into="FZ",
    )
    return owed


def proposed(year: FiscalYear, amount: int = 1_230_00, number: str = "FV 1/2026") -> PaymentOrder:
    """A transfer for an invoice."""
    owed = debt(year, amount, number)
    [made] = payments.propose(
        bank_account(year), [owed.pk], pay_on=date(2026, 11, 30), actor=ledger.accountant(), now=NOW
    )
    return made


def approved(order: PaymentOrder, *people: Actor, despite: str = "") -> PaymentOrder:
    """The same transfer approved by these people, else by the chief accountant and the treasurer."""
    for person in people or (ledger.chief(), ledger.treasurer()):
        payments.approve([order.pk], actor=person, today=TODAY, now=NOW, despite=despite)
    return PaymentOrder.objects.get(pk=order.pk)
