"""Finding the year, the journal, the account and the open month that a voucher is made of."""

from datetime import date

from starostwo.ledger.models import Account, Book, FiscalYear, Journal, Period
from starostwo.ledger.rules.periods import month_for


class NotThere(LookupError):
    """The book has no such year, journal or account; the text names it."""


def year_of(book: Book, day: date) -> FiscalYear:
    """The year of the book to which the day belongs."""
    found = FiscalYear.objects.select_related("book").filter(book=book, year=day.year).first()
    if found is None:
        raise NotThere(f"{book.code} {day.year}")
    return found


def journal_of(year: FiscalYear, code: str) -> Journal:
    """The journal of the year by its code: PK, FZ, FS, WB, RK, LP, PL, BO, ZR."""
    found = Journal.objects.select_related("fiscal_year__book").filter(fiscal_year=year, code=code).first()
    if found is None:
        raise NotThere(code)
    return found


def account_of(year: FiscalYear, number: str) -> Account:
    """The account of the year by its number, such as 201 or 130-2."""
    found = Account.objects.filter(fiscal_year=year, number=number).first()
    if found is None:
        raise NotThere(number)
    return found


def month_of(year: FiscalYear, operation_on: date) -> int:
    """The month in which the operation is entered: its own, or the next open one of the year."""
    states = dict(Period.objects.filter(fiscal_year=year).values_list("month", "state"))
    return month_for(operation_on, year=year.year, states=states)
