"""For tests of this and of other packages: units, people of finance, invoices as XML."""

from datetime import UTC, date, datetime
from decimal import Decimal

from starostwo.ledger import testing as ledger
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for
from starostwo.treasury.models import Invoice, InvoiceUnit
from starostwo.treasury.rules.fa3 import ROLE_UNIT_RECIPIENT, Party
from starostwo.treasury.rules.fa3_writing import Line, Sale, write
from starostwo.treasury.services.ksef_inbox import take_in

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NIP = "7321987657"
COUNTY = Party(name="Powiat Zgierski", nip=NIP, address="ul. Sadowa 6a, 95-100 Zgierz")
SUPPLIER = Party(name="Drukarnia Bzura sp. z o.o.", nip="5260250274", address="ul. Długa 1, 95-100 Zgierz")
SCHOOL = f"{NIP}-00012"
ACCOUNT = "61109010140000071219812874"


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
