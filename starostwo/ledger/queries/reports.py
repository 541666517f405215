"""What a report is filled from: one query over the running balances, one over open settlements, the plan.

Law: rozp. MF 29.01.2025 (sprawozdawczość budżetowa); u.o.r. art. 18 (turnovers as in the trial balance).
"""

import tomllib
from calendar import monthrange
from datetime import date
from functools import cache
from pathlib import Path

from django.db import connection

from starostwo.ledger.models import FiscalYear, PlanVersion
from starostwo.ledger.queries.debts import debts_of
from starostwo.ledger.queries.reports_fund import fund_of
from starostwo.ledger.rules.reports import BY_CLASSIFICATION, NOW, PREVIOUS, Form, form_on, read_form
from starostwo.ledger.rules.reports_values import (
    Fact,
    Facts,
    FilledRow,
    Overdue,
    Place,
    Planned,
    fill,
    place_of_limit,
)

FORMS = Path(__file__).resolve().parents[1] / "data" / "forms"
ORDER = (
    "Rb-27S", "Rb-28S", "Rb-NDS", "Rb-N", "Rb-Z", "Rb-ST", "Rb-27ZZ", "Rb-50", "Bilans", "RZiS", "ZZwF",
    "Bilans-WB", "Bilans-OP", "Bilans-SK",
)  # fmt: skip
DECEMBER, CLOSING = 12, 13


@cache
def forms() -> tuple[Form, ...]:
    """All tables of the package, in the order in which offices name them."""
    read = [read_form(tomllib.loads(file.read_text())) for file in sorted(FORMS.glob("*.toml"))]
    return tuple(sorted(read, key=lambda form: (ORDER.index(form.code), form.valid_from)))


def last_day(year: int, month: int) -> date:
    """The last day of the period of a report."""
    return date(year, month, monthrange(year, month)[1])


def form_for(slug: str, year: int, month: int) -> Form:
    """The version of a form for a period."""
    return form_on(forms(), slug, last_day(year, month))


def filled(form: Form, year: FiscalYear, month: int) -> list[FilledRow]:
    """The rows of a report of a book to the end of a month."""
    told = {NOW: facts_of(form, year, month)}
    if any(column.at == PREVIOUS for column in form.columns):
        before = (
            FiscalYear.objects.filter(book=year.book_id, year=year.year - 1).select_related("book").first()
        )
        if before is not None:
            told[PREVIOUS] = facts_of(form, before, DECEMBER)
    return fill(form, told, by_group=year.detail == FiscalYear.Detail.GROUP)


def facts_of(form: Form, year: FiscalYear, month: int) -> Facts:
    """All that the books tell for a report."""
    day = last_day(year.year, month)
    return Facts(
        balances=balances_of(form, year, month),
        overdue=overdue_of(year, month, day, by_sector=form.names_sectors) if form.needs_settlements else (),
        plan=plan_of(year, day) if form.needs_plan else (),
        fund=fund_of(year, until(form, month)) if form.needs_fund else (),
        debts=debts_of(year, month) if form.needs_debts else (),
        year=year.year,
        book=year.book.kind,
    )


def until(form: Form, month: int) -> int:
    """The last period that counts: the closing of the year in December, where the form counts it."""
    return CLOSING if form.with_closing and month == DECEMBER else month


SECTOR = "CASE WHEN p.sector = '' AND p.pesel <> '' THEN 'HOME' ELSE coalesce(p.sector, '') END"
BALANCES = """
WITH kept AS (
    SELECT b.account_id, {place} AS classification_id, {owner} AS counterparty_id,
        sum(b.debit) FILTER (WHERE b.month = 0) AS od, sum(b.credit) FILTER (WHERE b.month = 0) AS oc,
        sum(b.debit) FILTER (WHERE b.month > 0) AS td, sum(b.credit) FILTER (WHERE b.month > 0) AS tc
    FROM ledger_balance b
    WHERE b.account_id = ANY (%(accounts)s) AND (b.month <= %(month)s OR b.month = %(closing)s)
    GROUP BY 1, 2, 3
), summed AS (
    SELECT account_id, classification_id,
        coalesce(sum(od), 0)::bigint AS od, coalesce(sum(oc), 0)::bigint AS oc,
        coalesce(sum(td), 0)::bigint AS td, coalesce(sum(tc), 0)::bigint AS tc,
        sum(greatest(coalesce(od, 0) - coalesce(oc, 0) + coalesce(td, 0) - coalesce(tc, 0), 0))::bigint AS db,
        sum(greatest(coalesce(oc, 0) - coalesce(od, 0) + coalesce(tc, 0) - coalesce(td, 0), 0))::bigint AS cb,
        sum(greatest(coalesce(od, 0) - coalesce(oc, 0), 0))::bigint AS odb,
        sum(greatest(coalesce(oc, 0) - coalesce(od, 0), 0))::bigint AS ocb, {sector} AS of_group
    {sectors} GROUP BY 1, 2, of_group
)
SELECT s.account_id, c.kind, c.division, c.chapter, c.paragraph, c."group", c.funding,
    s.od, s.oc, s.td, s.tc, s.db, s.cb, s.odb, s.ocb, s.of_group
FROM summed s LEFT JOIN ledger_classification c ON c.id = s.classification_id
"""


def balances_of(form: Form, year: FiscalYear, month: int) -> list[Fact]:
    """What the accounts of a form hold to the end of a month; with the closing of the year where it counts.

    A report by classification sets debts and claims off within one position and counterparty, a statement
    by symbols within one counterparty of an account.
    """
    wanted = form.accounts
    numbers = {pk: number for pk, number in _accounts(year) if any(mask.fit(number) for mask in wanted)}
    by_place = form.rows_by == BY_CLASSIFICATION or form.names_places
    sql = BALANCES.format(
        place="b.classification_id" if by_place else "NULL::bigint", owner="b.counterparty_id",
        sector=SECTOR if form.names_sectors else "''::text",
        sectors="FROM kept LEFT JOIN ledger_counterparty p ON p.id = kept.counterparty_id"
        if form.names_sectors else "FROM kept",
    )  # fmt: skip
    closing = CLOSING if form.with_closing and month == DECEMBER else -1
    with connection.cursor() as cursor:
        cursor.execute(sql, {"accounts": list(numbers), "month": month, "closing": closing})
        return [
            Fact(numbers[account], _place(*place), *sums)
            for account, *rest in cursor.fetchall()
            for place, sums in [(rest[:6], rest[6:])]
        ]


def _accounts(year: FiscalYear) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, number FROM ledger_account WHERE fiscal_year_id = %s", [year.pk])
        return [(int(pk), str(number)) for pk, number in cursor.fetchall()]


def _place(*parts: str | None) -> Place:
    return Place(*(part or "" for part in parts))


LATE = """
WITH late AS (
    SELECT s.id, s.due_on FROM ledger_settlementsum t JOIN ledger_settlement s ON s.id = t.settlement_id
    WHERE t.debit <> t.credit AND s.book_id = %(book)s AND s.due_on < %(day)s
    UNION
    SELECT s.id, s.due_on FROM ledger_settlementsum t JOIN ledger_settlement s ON s.id = t.settlement_id
    WHERE t.moved_in > %(period)s AND s.book_id = %(book)s AND s.due_on < %(day)s
), moved AS (
    SELECT b.settlement_id, b.account_id, b.classification_id, sum(b.debit - b.credit)::bigint AS amount
    FROM ledger_settlementbalance b
    WHERE b.month <= %(month)s AND b.settlement_id IN (SELECT id FROM late)
    GROUP BY b.settlement_id, b.account_id, b.classification_id
), held AS MATERIALIZED (
    SELECT late.id, late.due_on, moved.account_id, moved.classification_id, moved.amount
    FROM moved JOIN late ON late.id = moved.settlement_id
    WHERE moved.amount <> 0
    AND moved.account_id IN (SELECT id FROM ledger_account WHERE fiscal_year_id = %(year)s)
), added AS (
    SELECT account_id, classification_id, sum(amount)::bigint AS amount, min(due_on) AS due_on,
        {which} AS which, {sector} AS of_group
    FROM held {owners} WHERE held.id NOT IN (SELECT id FROM held GROUP BY id HAVING sum(amount) = 0)
    GROUP BY account_id, classification_id, amount > 0, extract(year FROM due_on), {which}, of_group
)
SELECT a.number, c.kind, c.division, c.chapter, c.paragraph, c."group", c.funding,
    added.amount, added.due_on, added.which, added.of_group
FROM added JOIN ledger_account a ON a.id = added.account_id
LEFT JOIN ledger_classification c ON c.id = added.classification_id
"""
OWNERS = """
    JOIN (
        SELECT t.id AS settlement, o.sector, o.pesel FROM ledger_settlement t
        JOIN ledger_counterparty o ON o.id = t.counterparty_id
    ) p ON p.settlement = held.id
"""
NOBODY = {"sector": "''::text", "owners": ""}
OVERDUE = LATE.format(which="0::bigint", **NOBODY)
OVERDUE_ONE_BY_ONE = LATE.format(which="held.id", sector=SECTOR, owners=OWNERS)
OVERDUE_BY_SECTOR = LATE.format(which="0::bigint", sector=SECTOR, owners=OWNERS)


def overdue_of(
    year: FiscalYear, month: int, day: date, *, one_by_one: bool = False, by_sector: bool = False
) -> list[Overdue]:
    """What was left, at the end of the month, of settlements whose term had passed by then.

    Only settlements that are open now, or that later months moved, are looked at, by their running balances
    to that month, summed before anything is joined to them: at a million lines a quarter of the time less;
    added up by account, classification and year of the term, debts and claims apart. A term
    on the last day itself has not passed before that day ends.
    """
    values: dict[str, int | date] = {
        "book": year.book_id,
        "day": day,
        "period": 100 * year.year + month,
        "year": year.pk,
        "month": month,
    }
    with connection.cursor() as cursor:
        sql = OVERDUE_BY_SECTOR if by_sector else OVERDUE
        cursor.execute(OVERDUE_ONE_BY_ONE if one_by_one else sql, values)
        return [
            Overdue(number, _place(*place), amount, due_on, settlement, sector)
            for number, *place, amount, due_on, settlement, sector in cursor.fetchall()
        ]


BY_ACTS = """
SELECT ledger_position(c, y.detail), sum(x.amount), min(c."group")
FROM ledger_planversion v JOIN ledger_fiscalyear y ON y.id = v.fiscal_year_id
JOIN ledger_planchange x ON x.version_id = v.id
JOIN ledger_classification c ON c.id = x.classification_id
WHERE v.fiscal_year_id = %s AND v.act_on <= %s
GROUP BY 1 HAVING sum(x.amount) <> 0
"""
BY_LIMITS = """
SELECT t.position, t.plan, coalesce((
    SELECT c."group" FROM ledger_classification c
    WHERE c.year = y.year AND c.kind = left(t.position, 1) AND ledger_position(c, 'PARAGRAPH') = t.position
    LIMIT 1
), '')
FROM ledger_limit t JOIN ledger_fiscalyear y ON y.id = t.fiscal_year_id
WHERE t.fiscal_year_id = %s AND t.plan <> 0
"""


def plan_of(year: FiscalYear, day: date) -> list[Planned]:
    """The plan of the year's positions as the acts up to a day made it.

    A year whose plan came without acts, from an older system, has the plan of its limits on every day.
    """
    has_acts = PlanVersion.objects.filter(fiscal_year=year).exists()
    with connection.cursor() as cursor:
        cursor.execute(*(BY_ACTS, [year.pk, day]) if has_acts else (BY_LIMITS, [year.pk]))
        return [
            Planned(place_of_limit(position, group), int(plan)) for position, plan, group in cursor.fetchall()
        ]
