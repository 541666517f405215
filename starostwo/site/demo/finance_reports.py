"""Reports of the demonstration: months that the chief accountant approved, units that send theirs, one joint.

Last year's balance sheets of the units, the budget and the hospital are consolidated with one exclusion.
Everything goes through the services; the units and their sums are invented.
"""

from datetime import datetime
from random import Random

from django.utils.timezone import localdate

from starostwo.ledger.models import Book, FiscalYear, Report, ReportUnit
from starostwo.ledger.queries.reports import filled, form_for
from starostwo.ledger.queries.reports_checks import checked
from starostwo.ledger.rules.reports_consolidated import Excluded
from starostwo.ledger.rules.reports_files import as_xml
from starostwo.ledger.rules.reports_values import FilledRow
from starostwo.ledger.services import reports
from starostwo.ledger.services.consolidation import NewExclusion, consolidate, enter, exclude
from starostwo.ledger.services.report_copies import file_copy
from starostwo.ledger.web.report_copies import paper_of
from starostwo.office.actor import Actor, actor_for
from starostwo.records.services.cases import open_case
from starostwo.site.demo.finance import CHIEF, TREASURER
from starostwo.site.demo.people import Cast

UNITS = (
    ("Zarząd Dróg Powiatowych w Zgierzu", "100000001"),
    ("Powiatowe Centrum Pomocy Rodzinie", "100000002"),
)
SPENT = ("600.60014.1400.4010", "600.60014.1500.4300", "852.85218.1400.4010", "852.85218.1500.4300")
KEPT_ELSEWHERE = (
    ("Powiat Zgierski (budżet), program poprzedni", "100000003", "BUDGET"),
    ("Szpital Powiatowy w Zgierzu (SPZOZ)", "100000004", "HOSPITAL"),
)
SHEETS = {  # by kind: rows of the balance sheet at the end of last year, in thousands of złote
    "UNIT": {"A.II.1": 4200, "B.II.1": 35, "B.III.2": 90, "P.A.I": 4010, "P.A.II": 120, "P.D.II.1": 195},
    "BUDGET": {"A.I.1": 6400, "A.II.2": 310, "P.I.1": 2500, "P.II.1": 860, "P.II.5": 3350},
    "HOSPITAL": {
        "A.II": 18900, "B.I": 640, "B.II": 5200, "B.III.1": 1310, "P.A.I": 15200, "P.A.II": 2100,
        "P.A.V": -780, "P.B.I": 950, "P.B.II": 3400, "P.B.III.1": 4300, "P.B.III.3": 880,
    },
}  # fmt: skip
CLAIM = NewExclusion(
    Excluded("CLAIMS", "koniec", "B.II.1", "P.D.II.1", 24_000_00),
    "Szpital Powiatowy i Zarząd Dróg Powiatowych",
    "Odśnieżanie dojazdu do szpitala w grudniu, noty zarządu dróg niezapłacone na koniec roku",
)
MONTHLY = ("rb-28s", "rb-27s")
SIGNED = "rb-28s"
REMARK = "Zaangażowanie płac księguje się w tej demonstracji bez umów."
THOUSAND = 1_000_00
DECEMBER, COLUMNS = 12, ("poczatek", "koniec")


def fill_reports(cast: Cast, *, now: datetime, seed: int) -> None:
    """Approve the last two months that have ended; the second unit has not sent the later one."""
    today, chance = localdate(now), Random(seed)  # noqa: S311 - a demonstration by seed
    chief, treasurer = (actor_for(cast.staff[name], today=today) for name in (CHIEF, TREASURER))
    year = (
        FiscalYear.objects.select_related("book").filter(year=today.year, book__kind=Book.Kind.UNIT).first()
    )
    for name, regon in UNITS:
        reports.add_unit(name, regon, actor=treasurer, now=now)
    _consolidate(today.year - 1, chief, treasurer, now)
    months = [month for month in (today.month - 2, today.month - 1) if month >= 1]
    if year is None or not months:
        return
    for month in months:
        for slug in MONTHLY:
            made = _approve(slug, year, month, chief, now)
            if slug == SIGNED and month == months[-1]:
                _keep_signed(made, chief, now)
        for place, unit in enumerate(UNITS):
            if place == 0 or month != months[-1]:
                _send(unit, place, year.year, month, chance, treasurer, now)
    if len(months) > 1:
        reports.join(
            form_for("rb-28s", year.year, months[0]),
            year.year,
            months[0],
            remark=REMARK,
            actor=treasurer,
            now=now,
        )


def _consolidate(year: int, chief: Actor, treasurer: Actor, now: datetime) -> None:
    """Balance sheets of last year: of units, the budget and the hospital; one exclusion; all together."""
    for book in FiscalYear.objects.filter(year=year, book__kind=Book.Kind.UNIT).select_related("book"):
        _approve("bilans", book, DECEMBER, chief, now)
    for name, regon, kind in KEPT_ELSEWHERE:
        reports.add_unit(name, regon, kind, actor=treasurer, now=now)
    slugs = {"UNIT": "bilans", "BUDGET": "bilans-wb", "HOSPITAL": "bilans-op"}
    for unit in ReportUnit.objects.order_by("id"):
        told = SHEETS[unit.kind]
        cells = {(row, column): value * THOUSAND for row, value in told.items() for column in COLUMNS}
        enter(form_for(slugs[unit.kind], year, DECEMBER), unit, year, cells, actor=treasurer, now=now)
    reports.join(form_for("bilans", year, DECEMBER), year, DECEMBER, actor=treasurer, now=now)
    exclude(year, CLAIM, actor=treasurer, now=now)
    consolidate(year, actor=treasurer, now=now)


def _approve(slug: str, year: FiscalYear, month: int, chief: Actor, now: datetime) -> Report:
    form = form_for(slug, year.year, month)
    found = checked(form, year, month, filled(form, year, month))
    return reports.approve(form, year, month, remark=REMARK if found else "", actor=chief, now=now)


def _keep_signed(report: Report, chief: Actor, now: datetime) -> None:
    """The chief accountant signs the newest report into her case of this year's reports."""
    case = open_case(
        None, actor=chief, class_symbol="303", title=f"Sprawozdania budżetowe {report.year}", has_term=False,
        today=localdate(now), now=now,
    )  # fmt: skip
    paper = paper_of(report, form_for(SIGNED, report.year, report.month))
    file_copy(report, case.mark, paper, actor=chief, now=now)


def _send(
    unit: tuple[str, str], place: int, year: int, month: int, chance: Random, treasurer: Actor, now: datetime
) -> None:
    """The unit sends its Rb-28S as our XML."""
    name, regon = unit
    rows = []
    for typed in SPENT[2 * place : 2 * place + 2]:
        division, chapter, group, paragraph = typed.split(".")
        plan = chance.randint(900, 1800) * THOUSAND
        paid = plan * month // 13
        cells = {"PL": plan, "ZA": plan, "WW": paid}
        parts = (division, chapter, group, paragraph)
        rows.append(FilledRow(f"{division}.{chapter}.{paragraph}", parts, "", cells))
    form = form_for("rb-28s", year, month)
    content = as_xml(form, regon=regon, unit=name, year=year, month=month, correction=0, digest="", rows=rows)
    reports.upload(content, actor=treasurer, now=now)
