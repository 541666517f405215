"""What the control rules compare a report with, asked from the books.

Law: u.o.r. art. 18 (turnovers of accounts); rozp. MF 29.01.2025 (sprawozdawczość budżetowa).
"""

from collections.abc import Callable, Mapping, Sequence

from django.db.models import Sum

from starostwo.ledger.models import Balance, Book, FiscalYear
from starostwo.ledger.queries.reports import filled, form_for
from starostwo.ledger.rules.reports import Form
from starostwo.ledger.rules.reports_checks import AGAINST, GROWING, Finding, Told, findings, sum_of
from starostwo.ledger.rules.reports_values import FilledRow

TURNOVER = {"130-2": "credit", "130-1": "debit", "980": "debit"}
LATE = ("wymagalne_lata_ubiegle", "wymagalne_rok_biezacy")
STATE_FORM = "rb-27zz"


def checked(form: Form, year: FiscalYear, month: int, rows: Sequence[FilledRow]) -> list[Finding]:
    """What the control rules find in a report of a book."""
    return findings(form.code, rows, told_for(form, year, month, rows))


def told_for(form: Form, year: FiscalYear, month: int, rows: Sequence[FilledRow]) -> Told:
    """Sums of other forms and accounts that the rules of a form name, and the rows of the month before."""
    wanted = {
        rule.other
        for rule in AGAINST
        if rule.form == form.code and not rule.other.startswith(f"{form.code}.")
    }
    reports: dict[tuple[int, str], Sequence[FilledRow]] = {(year.pk, form.slug): rows}

    def of(one: FiscalYear, slug: str) -> Sequence[FilledRow]:
        if (one.pk, slug) not in reports:
            reports[one.pk, slug] = filled(form_for(slug, one.year, month), one, month)
        return reports[one.pk, slug]

    of_budget = year.book.kind == Book.Kind.BUDGET
    years = [*_units(year), year] if of_budget else [year]
    sums = {name: _sum(name, years, month, of) for name in wanted if not (of_budget and name in TURNOVER)}
    before: Mapping[str, Mapping[str, int]] = {}
    if form.code in GROWING and month > 1:
        before = {row.key: row.cells for row in filled(form, year, month - 1)}
    return Told({name: value for name, value in sums.items() if value is not None}, before)


def _sum(
    name: str,
    years: Sequence[FiscalYear],
    month: int,
    of: Callable[[FiscalYear, str], Sequence[FilledRow]],
) -> int | None:
    if name in TURNOVER:
        return sum(_turnover(one, name, month, of) for one in years)
    slug, _, cell = name.lower().partition(".")[0], "", name.partition(".")[2]
    cells = LATE if cell == "late" else (cell,)
    return sum(sum_of(of(one, slug), one_cell) for one in years for one_cell in cells)


def _turnover(
    year: FiscalYear, account: str, month: int, of: Callable[[FiscalYear, str], Sequence[FilledRow]]
) -> int:
    """The turnover of an account; what was received for the State stands in a form of its own."""
    found = Balance.objects.filter(
        account__fiscal_year=year, account__number=account, month__gte=1, month__lte=month
    ).aggregate(total=Sum(TURNOVER[account]))
    total = int(found["total"] or 0)
    return total - sum_of(of(year, STATE_FORM), "DW") if account == "130-1" else total


def _units(year: FiscalYear) -> list[FiscalYear]:
    """The same year in the books of the units."""
    found = FiscalYear.objects.filter(year=year.year, book__kind=Book.Kind.UNIT)
    return list(found.select_related("book").order_by("book__name"))
