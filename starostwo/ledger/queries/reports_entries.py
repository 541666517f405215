"""A cell of a report opened: the entries that it was added up from.

Law: u.o.r. art. 24 ust. 4 pkt 2 (every figure can be followed to its entries).
"""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from starostwo.ledger.models import Account, Classification, FiscalYear, Line
from starostwo.ledger.queries.debts import debts_of
from starostwo.ledger.queries.reports import CLOSING, DECEMBER, last_day, overdue_of, until
from starostwo.ledger.queries.reports_fund import fund_of
from starostwo.ledger.rules.reports import (
    BY_CLASSIFICATION,
    DEBT,
    FUND,
    OPENING,
    OVERDUE,
    PLAN,
    PREVIOUS,
    Column,
    Form,
    Term,
)
from starostwo.ledger.rules.reports_values import NO_PLACE, Place, is_meant, key_of, row_parts

KEY = ("id",)
SIDES = {"debit": ~Q(debit=0), "credit": ~Q(credit=0)}


def entries_of(form: Form, year: FiscalYear, month: int, row: str, column: Column) -> QuerySet[Line]:
    """The entries behind a cell, by `id`; the plan is no entry and has none."""
    if column.at == PREVIOUS:
        before = (
            FiscalYear.objects.filter(book=year.book_id, year=year.year - 1).select_related("book").first()
        )
        if before is None:
            return Line.objects.none()
        year, month = before, DECEMBER
    wanted = Q(pk__in=[])
    for condition in _conditions(form, year, month, row, column):
        wanted |= condition
    return (
        Line.objects.filter(wanted, voucher__fiscal_year=year)
        .select_related("voucher__journal", "account", "classification", "counterparty")
        .only(
            "debit", "credit", "text", "position", "account__number", "account__name",
            "voucher__number", "voucher__text", "voucher__operation_on", "voucher__month",
            "voucher__kind", "voucher__external_number", "voucher__journal__code",
            "classification__division", "classification__chapter", "classification__paragraph",
            "counterparty__name",
        )
    )  # fmt: skip


def _conditions(form: Form, year: FiscalYear, month: int, row: str, column: Column) -> Iterator[Q]:
    accounts = list(Account.objects.filter(fiscal_year=year).values_list("pk", "number"))
    places = _places(year)
    for term in form.terms_of(row, column.key):
        if term.measure == PLAN or term.book not in ("", year.book.kind):
            continue
        if term.measure == FUND:
            told = fund_of(year, until(form, month))
            yield Q(pk__in=[one.line for one in told if term.accounts.fit(one.title)])
            continue
        if term.measure == DEBT:
            owed = [one for one in debts_of(year, month) if term.accounts.fit(one.title)]
            yield (
                Q(settlement_id__in=[one.settlement for one in owed if one.settlement])
                & Q(voucher__month__lte=month)
                & _of_sectors(form, row, column)
            )
            continue
        chosen = _chosen(form, year, term, row, places) & _of_sectors(form, row, column)
        numbers = [pk for pk, number in accounts if term.accounts.fit(number)]
        if term.measure in OVERDUE:
            yield _late(term, year, month) & Q(account_id__in=numbers) & chosen & Q(voucher__month__lte=month)
        else:
            yield Q(account_id__in=numbers) & chosen & _side(term) & _months(form, term, month, column)


def _of_sectors(form: Form, row: str, column: Column) -> Q:
    """The counterparties of the groups of a column, unless the cell says itself of whom it speaks."""
    told = next((one for one in form.rows if one.symbol == row), None)
    if not column.sectors or (told and column.key in dict(told.cells)):
        return Q()
    wanted = Q(counterparty__sector__in=[one for one in column.sectors if one])
    if "HOME" in column.sectors:
        wanted |= Q(counterparty__sector="") & ~Q(counterparty__pesel="")
    if "" in column.sectors:
        wanted |= Q(counterparty=None) | Q(counterparty__sector="", counterparty__pesel="")
    return wanted


def _places(year: FiscalYear) -> list[tuple[int, Place]]:
    rows = Classification.objects.filter(year=year.year).values_list(
        "pk", "kind", "division", "chapter", "paragraph", "group", "funding"
    )
    return [(pk, Place(*parts)) for pk, *parts in rows]


def _chosen(form: Form, year: FiscalYear, term: Term, row: str, places: list[tuple[int, Place]]) -> Q:
    """The classifications of a row that a term wants; a row without one holds entries that name none."""
    by_classification = form.rows_by == BY_CLASSIFICATION
    if not by_classification and not term.kind:
        return Q()
    by_group = year.detail == FiscalYear.Detail.GROUP
    fitting = [
        pk
        for pk, place in places
        if term.wants(place.kind, place.paragraph, place.funding)
        and (not by_classification or key_of(form, row_parts(form, place, by_group)) == row)
    ]
    chosen = Q(classification_id__in=fitting)
    unnamed = term.wants("", "", "") and (not by_classification or row == NO_PLACE)
    return chosen | Q(classification=None) if unnamed else chosen


def _side(term: Term) -> Q:
    return SIDES.get(term.measure.split("-")[0], Q()) if not term.measure.endswith("balance") else Q()


def _months(form: Form, term: Term, month: int, column: Column) -> Q:
    if column.at == OPENING or term.measure == "opening-balance":
        return Q(voucher__month=0)
    with_opening = term.measure not in ("debit", "credit")
    months = Q(voucher__month__lte=month) & (Q() if with_opening else Q(voucher__month__gt=0))
    return months | Q(voucher__month=CLOSING) if form.with_closing and month == DECEMBER else months


def _late(term: Term, year: FiscalYear, month: int) -> Q:
    late = overdue_of(year, month, last_day(year.year, month), one_by_one=True)
    return Q(settlement_id__in=[one.settlement for one in late if is_meant(term, one, year.year)])
