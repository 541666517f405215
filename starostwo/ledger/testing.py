"""For tests of this and of other packages: books, people who keep them, vouchers in one line."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from starostwo.ledger.models import (
    Account,
    Book,
    Classification,
    Journal,
)
from starostwo.ledger.models import Counterparty as Counterparty
from starostwo.ledger.models import FiscalYear as FiscalYear
from starostwo.ledger.models import Settlement as Settlement
from starostwo.ledger.rules.classification import position
from starostwo.ledger.rules.vouchers import Entry, NewVoucher
from starostwo.ledger.services import books
from starostwo.ledger.services.dictionaries import classify, load_dictionaries
from starostwo.ledger.services.plan import change_limit
from starostwo.ledger.services.posting import Posted, post
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)
YEAR = 2026
UNIT = "FK"


def treasurer() -> Actor:
    """Wanda Skarb: sets the books up, changes the plan, sees all books."""
    account = office.make_staff(
        "w.skarb", "Wanda Skarb", unit=UNIT, title="skarbnik powiatu", rights=[Right.TREASURER]
    )
    return actor_for(account, today=TODAY)


def chief() -> Actor:
    """Halina Bilans: chief accountant of the office; closes months."""
    account = office.make_staff(
        "h.bilans", "Halina Bilans", unit=UNIT, title="główna księgowa",
        rights=[Right.CHIEF_ACCOUNTANT, Right.KEEP_BOOKS],
    )  # fmt: skip
    return actor_for(account, today=TODAY)


def accountant() -> Actor:
    """Krystyna Saldo: writes and posts vouchers."""
    account = office.make_staff(
        "k.saldo", "Krystyna Saldo", unit=UNIT, title="inspektor", rights=[Right.KEEP_BOOKS]
    )
    return actor_for(account, today=TODAY)


def make_year(code: str = "URZAD", *, kind: str = "UNIT", year: int = YEAR) -> FiscalYear:
    """An open year of a book with its chart, journals and the dictionaries."""
    load_dictionaries()
    book = Book.objects.filter(code=code).first() or books.open_book(
        books.NewBook(code, "Starostwo Powiatowe", kind, UNIT, "472057715"), actor=treasurer(), now=NOW
    )
    found = FiscalYear.objects.filter(book=book, year=year).first()
    return found or books.open_year(book, year, actor=treasurer(), now=NOW)


def account(year: FiscalYear, number: str) -> int:
    """The row of an account by its number."""
    return Account.objects.get(fiscal_year=year, number=number).pk


def journal(year: FiscalYear, code: str = "PK") -> Journal:
    """A journal of the year."""
    return Journal.objects.select_related("fiscal_year__book").get(fiscal_year=year, code=code)


def spending(typed: str = "750.75020.4300", *, year: int = YEAR) -> Classification:
    """A position of spending."""
    return classify(position(typed), year=year, kind="W")


def income(typed: str = "756.75618.0420", *, year: int = YEAR) -> Classification:
    """A position of income."""
    return classify(position(typed), year=year, kind="D")


def plan(year: FiscalYear, typed: str = "750.75020.4300", *, amount: int = 1_000_000_00) -> None:
    """Give a position of spending its plan."""
    change_limit(year, spending(typed, year=year.year), plan_by=amount)


def supplier(name: str = "Drukarnia Bzura sp. z o.o.", nip: str = "5260250274") -> Counterparty:
    """A counterparty."""
    found, _ = Counterparty.objects.get_or_create(nip=nip, defaults={"name": name, "folded": name.lower()})
    return found


def owed(year: FiscalYear, number: str = "FV 1/2026", *, to: Counterparty | None = None) -> Settlement:
    """A settlement with a supplier."""
    return Settlement.objects.create(
        book=year.book, counterparty=to or supplier(), side=Settlement.Side.PAYABLE,
        document_number=number, issued_on=TODAY, due_on=date(2026, 12, 7),
    )  # fmt: skip


def voucher(entries: Sequence[Entry], *, kind: str = "PK", month: int = 11, **said: object) -> NewVoucher:
    """A voucher of today with these entries."""
    told: dict[str, object] = {"text": "zapis próbny", "issued_on": TODAY, "operation_on": TODAY} | said
    return NewVoucher(kind=kind, month=month, entries=entries, **told)  # type: ignore[arg-type]


def note(year: FiscalYear, amount: int = 100_00) -> NewVoucher:
    """The simplest voucher: costs against other settlements, 401/800."""
    return voucher([Entry(account(year, "401"), debit=amount), Entry(account(year, "800"), credit=amount)])


def posted(year: FiscalYear, *vouchers: NewVoucher, into: str = "PK") -> list[Posted]:
    """Post as the accountant."""
    return post(journal(year, into), vouchers, actor=accountant(), now=NOW)
