"""Setting books up, opening and closing their months and years.

Law: u.o.r. art. 10 (chart of accounts), art. 12 (opening and closing), art. 13 (books of a computer).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import Account, Book, FiscalYear, Journal, Period
from starostwo.ledger.models.books import LAST_MONTH
from starostwo.ledger.rules.periods import CLOSED, may_close
from starostwo.ledger.services.dictionaries import chart
from starostwo.office.api import Actor

ANNEX = {Book.Kind.UNIT: "unit", Book.Kind.BUDGET: "budget"}
JOURNALS = {
    "BO": "Bilans otwarcia",
    "PK": "Polecenia księgowania",
    "FZ": "Zakupy",
    "FS": "Sprzedaż i należności",
    "WB": "Wyciągi bankowe",
    "RK": "Kasa",
    "LP": "Płace",
    "PL": "Plan i zaangażowanie",
    "ZR": "Zamknięcie roku",
}


class MayNotSetUp(Exception):
    """The person may not set up books, or not close this one."""


@dataclass(frozen=True)
class NewBook:
    """What a new book says of itself."""

    code: str
    name: str
    kind: str
    unit_symbol: str
    regon: str = ""


@transaction.atomic
def open_book(said: NewBook, *, actor: Actor, now: datetime) -> Book:
    """Open a book for a unit or for the budget."""
    if not access.may_set_up(actor):
        raise MayNotSetUp
    if Book.objects.filter(code=said.code).exists():
        raise BookIsThere(said.code)
    book = Book.objects.create(
        code=said.code, name=said.name, kind=said.kind, unit_symbol=said.unit_symbol, regon=said.regon
    )
    _note(actor, "open", f"ledger.book:{book.pk}", now, code=said.code)
    return book


class BookIsThere(Exception):
    """A book has that code already."""


def all_books() -> QuerySet[Book]:
    """Every book, for whoever sets years up."""
    return Book.objects.order_by("code")


class YearIsThere(Exception):
    """The book has that year already."""


@transaction.atomic
def open_year(
    book: Book, year: int, *, actor: Actor, now: datetime, detail: str = FiscalYear.Detail.PARAGRAPH
) -> FiscalYear:
    """Open a year: its months, its journals, and the chart of the year before or the statutory one."""
    if not access.may_set_up(actor):
        raise MayNotSetUp
    if FiscalYear.objects.filter(book=book, year=year).exists():
        raise YearIsThere(year)
    before = FiscalYear.objects.filter(book=book, year=year - 1).first()
    opened = FiscalYear.objects.create(book=book, year=year, detail=detail)
    Period.objects.bulk_create(Period(fiscal_year=opened, month=month) for month in range(LAST_MONTH + 1))
    for code, name in JOURNALS.items():
        Journal.objects.create(fiscal_year=opened, code=code, name=name)
    Account.objects.bulk_create(
        _same_chart(before, opened) if before else chart(opened, annex=ANNEX[Book.Kind(book.kind)])
    )
    _note(actor, "open", f"ledger.year:{opened.pk}", now, book=book.code, year=year)
    return opened


def _same_chart(before: FiscalYear, opened: FiscalYear) -> list[Account]:
    accounts = list(Account.objects.filter(fiscal_year=before).order_by("number"))
    for account in accounts:
        account.pk = None
        account.fiscal_year = opened
    return accounts


class CannotClose(Exception):
    """The month is closed already, or one before it is not."""


class YearNotClosed(Exception):
    """A year is approved after it was closed, and closed once all its months are."""


@transaction.atomic
def set_month(year: FiscalYear, month: int, *, state: str, actor: Actor, now: datetime) -> None:
    """Close a month for a while or for good, or open again what was closed for a while."""
    if not access.may_close(actor, year.book):
        raise MayNotSetUp
    periods = {p.month: p for p in Period.objects.filter(fiscal_year=year)}
    if not may_close(month, to=state, states=_states(periods)):
        raise CannotClose(month)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_set_period(%s, %s)", [periods[month].pk, state])
    _note(
        actor, "close" if state == CLOSED else "set", f"ledger.year:{year.pk}", now, month=month, state=state
    )


@transaction.atomic
def close_year(year: FiscalYear, *, actor: Actor, now: datetime) -> FiscalYear:
    """Close the books of a year once every month is closed for good.

    Law: u.o.r. art. 12 ust. 2 and 5: closing excludes every further entry.
    """
    return _move(year, FiscalYear.State.OPEN, FiscalYear.State.CLOSED, actor=actor, now=now)


@transaction.atomic
def approve_year(year: FiscalYear, *, approved_on: date, actor: Actor, now: datetime) -> FiscalYear:
    """Note that the report was approved; from now on the year never opens again.

    Law: u.o.r. art. 12 ust. 4.
    """
    return _move(
        year,
        FiscalYear.State.CLOSED,
        FiscalYear.State.APPROVED,
        actor=actor,
        now=now,
        approved_on=approved_on,
    )


def _move(
    year: FiscalYear, before: str, after: str, *, actor: Actor, now: datetime, approved_on: date | None = None
) -> FiscalYear:
    if not access.may_close(actor, year.book):
        raise MayNotSetUp
    locked = FiscalYear.objects.select_for_update(of=("self",)).get(pk=year.pk)
    is_open = Period.objects.filter(fiscal_year=locked).exclude(state=CLOSED).exists()
    if locked.state != before or is_open:
        raise YearNotClosed(year.year)
    locked.state = after
    locked.approved_on = approved_on
    locked.save(update_fields=["state", "approved_on"])
    _note(actor, "close" if approved_on is None else "approve", f"ledger.year:{year.pk}", now, year=year.year)
    return locked


def _states(periods: Mapping[int, Period]) -> dict[int, str]:
    return {month: period.state for month, period in periods.items()}


def _note(actor: Actor, verb: str, thing: str, now: datetime, **said: object) -> None:
    audit.record(actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=thing, payload=said, at=now)
