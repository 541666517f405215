"""For tests of this and of other packages: units, invoices as XML, a bank account, debts, transfers."""

from datetime import UTC, date, datetime
from decimal import Decimal

from starostwo.ledger import testing as ledger
from starostwo.ledger.api import Entry
from starostwo.ledger.testing import Counterparty, FiscalYear, Settlement
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for
from starostwo.treasury.models import BankAccount, Invoice, InvoiceUnit, PaymentOrder
from starostwo.treasury.rules.fa3 import ROLE_UNIT_RECIPIENT, Party
from starostwo.treasury.rules.fa3_writing import Line, Sale, write
from starostwo.treasury.services import bank_accounts, payments
from starostwo.treasury.services.ksef_inbox import take_in

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NIP = "7321987657"
COUNTY = Party(name="Powiat Zgierski", nip=NIP, address="ul. Sadowa 6a, 95-100 Zgierz")
SUPPLIER = Party(name="Drukarnia Bzura sp. z o.o.", nip="5260250274", address="ul. Długa 1, 95-100 Zgierz")
SCHOOL = f"{NIP}-00012"
ACCOUNT = "61109010140000071219812874"
OWN, PAYEE, OTHER = "61109010140000071219812874", "49102028922276300500000000", "27114020040000300201355387"
POSITION = "750.75020.4300"


def make_unit(code: str = "URZAD", *, idwew: str = "", is_office: bool | None = None) -> InvoiceUnit:
    """A unit with its book of 2026; URZAD is the office itself."""
    year = ledger.make_year(code)
    found, _ = InvoiceUnit.objects.get_or_create(
        code=code,
        defaults={
            "name": year.book.name, "idwew": idwew, "book": year.book,
            "address": "ul. Sadowa 6a, 95-100 Zgierz",
            "is_office": code == "URZAD" if is_office is None else is_office,
        },
    )  # fmt: skip
    return found


def checker() -> Actor:
    """Anna Nowak of GN checks whether what was invoiced was delivered."""
    return actor_for(office.anna(), today=TODAY)


def second_accountant() -> Actor:
    """Maria Winien, who keeps the books too."""
    account = office.make_staff("m.winien", "Maria Winien", unit=ledger.UNIT, rights=[Right.KEEP_BOOKS])
    return actor_for(account, today=TODAY)


def invoice_xml(
    number: str = "FV 1/11/2026", *, net: int = 1000_00, rate: str = "23", third: tuple[Party, ...] = (),
    concerns_subunit: bool = False, seller: Party = SUPPLIER, buyer: Party = COUNTY, contract: str = "",
    issued_on: date = date(2026, 11, 16),
) -> bytes:  # fmt: skip
    """An invoice of a supplier for the county."""
    return write(
        Sale(
            number=number, issued_on=issued_on, made_at=NOW, seller=seller, buyer=buyer,
            lines=[Line("Druk kart wzorów", Decimal(1), "szt.", net, rate)], due_on=date(2026, 12, 7),
            account=ACCOUNT, third=third, concerns_subunit=concerns_subunit, contract=contract,
            exempt_by="art. 43 ust. 1 ustawy" if rate == "zw" else "",
        )
    )  # fmt: skip


def for_school(number: str = "FV 2/11/2026") -> bytes:
    """An invoice that names a subordinate unit by its IDWew with Rola 8."""
    school = Party(name="Zespół Szkół nr 1", idwew=SCHOOL, role=ROLE_UNIT_RECIPIENT)
    return invoice_xml(number, third=(school,), concerns_subunit=True)


def received(
    content: bytes | None = None, *, ksef_number: str = "5260250274-20261116-0A1B2C3D4E5F-77"
) -> Invoice:
    """An invoice in the inbox."""
    taken = take_in(content or invoice_xml(), ksef_number=ksef_number, now=NOW)
    if taken is None:
        raise AssertionError("taken before")
    return taken


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
