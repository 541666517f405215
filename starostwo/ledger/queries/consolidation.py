"""What the consolidated balance sheet of a year is made of: balance sheets of all, and exclusions.

Law: rozp. MRiF 13.09.2017 (skonsolidowany bilans jednostki samorządu terytorialnego); from memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from starostwo.ledger.access import visible_reports
from starostwo.ledger.models import BalanceExclusion, Report, ReportUnit
from starostwo.ledger.queries.reports import form_for
from starostwo.ledger.queries.reports_saved import latest, rows_of, state_of_units
from starostwo.ledger.rules.reports import Form
from starostwo.ledger.rules.reports_checks import Finding, Told, findings
from starostwo.ledger.rules.reports_consolidated import (
    Excluded,
    consolidated,
    leaves,
    parts_of,
    too_much,
)
from starostwo.ledger.rules.reports_values import FilledRow
from starostwo.office.api import Actor

DECEMBER = 12
CONSOLIDATED, JOINED, OF_BUDGET, OF_PERSONS = "bilans-sk", "bilans", "bilans-wb", "bilans-op"
BUDGET_NAME = "Budżet powiatu (organ)"


@dataclass(frozen=True)
class SourceState:
    """One balance sheet that goes into the consolidated one: its last number, None while it is missing."""

    name: str
    form: Form
    report: Report | None
    unit: ReportUnit | None = None


def sources_of(year: int) -> list[SourceState]:
    """The joint balance sheet of units, that of the budget, and one of each legal person."""
    joint = form_for(JOINED, year, DECEMBER)
    found = [
        SourceState(
            "Jednostki budżetowe, bilans łączny", joint,
            latest(joint.code, year, DECEMBER, book=None, unit=None),
        )
    ]  # fmt: skip
    for slug in (OF_BUDGET, OF_PERSONS):
        form = form_for(slug, year, DECEMBER)
        states = state_of_units(form, year, DECEMBER)
        found += [SourceState(state.name, form, state.report, state.unit) for state in states]
        if slug == OF_BUDGET and not states:
            found.append(SourceState(BUDGET_NAME, form, None))
    return found


def exclusions_in(year: int) -> QuerySet[BalanceExclusion]:
    """The exclusions of a year that were not withdrawn."""
    return BalanceExclusion.objects.filter(year=year, withdrawn_at=None).order_by("id")


def as_excluded(exclusions: Sequence[BalanceExclusion]) -> list[Excluded]:
    """The exclusions as the rules take them."""
    return [Excluded(one.kind, one.column, one.assets, one.sources, one.amount) for one in exclusions]


def rows_now(
    form: Form, sources: Sequence[SourceState], exclusions: Sequence[BalanceExclusion]
) -> list[FilledRow]:
    """The consolidated rows of what has come so far."""
    told = [(one.report.form, rows_of(one.report)) for one in sources if one.report is not None]
    return consolidated(form, told, as_excluded(exclusions))


def checked_now(
    form: Form, sources: Sequence[SourceState], exclusions: Sequence[BalanceExclusion]
) -> tuple[list[FilledRow], list[Finding]]:
    """The consolidated rows as they are now, with what the control rules find in them."""
    rows = rows_now(form, sources, exclusions)
    return rows, [*findings(form.code, rows, Told()), *too_much(form, rows_now(form, sources, ()), rows)]


@dataclass(frozen=True)
class Part:
    """A row of a balance sheet that a consolidated row adds."""

    report: Report
    title: str
    cells: tuple[int, ...]


def parts_behind(actor: Actor, report: Report, form: Form, symbol: str) -> list[Part]:
    """What a row of an approved consolidated balance sheet was added from, as it was frozen."""
    kept = [one["report"] for one in report.sources if "report" in one]
    found = visible_reports(actor).filter(pk__in=kept).select_related("book", "unit").order_by("id")
    told = [(one, rows_of(one)) for one in found]
    return [
        Part(one, part.title, tuple(part.cells.get(column.key, 0) for column in form.columns))
        for leaf in leaves(form, symbol)
        for one, rows in told
        for part in parts_of(form, leaf, one.form, rows)
        if any(part.cells.values())
    ]


def frozen_exclusions(report: Report, symbols: Sequence[str] | None = None) -> list[Mapping[str, Any]]:
    """The exclusions that an approved report was made with; of some rows only, when these are named."""
    return [
        one
        for one in report.sources
        if "exclusion" in one and (symbols is None or one["assets"] in symbols or one["sources"] in symbols)
    ]
