"""What the running balances tell: the trial balance, one account's card, and the proof against the entries.

Law: u.o.r. art. 18 (zestawienie obrotów i sald), art. 24 ust. 4 (books that can be checked).
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from starostwo.ledger.models import Account, FiscalYear, Line
from starostwo.ledger.models.books import LAST_MONTH


@dataclass(frozen=True)
class TrialRow:
    """One account: opening, turnover of the month, turnover to its end (with the opening), in grosze.

    `debit_balance` and `credit_balance` are two-sided: debts and claims of counterparties are not set off.
    """

    account_id: int
    number: str
    name: str
    kind: str
    opening_debit: int
    opening_credit: int
    month_debit: int
    month_credit: int
    total_debit: int
    total_credit: int
    debit_balance: int
    credit_balance: int


TRIAL = """
WITH kept AS (
    SELECT b.account_id, b.counterparty_id,
        sum(b.debit) FILTER (WHERE b.month = 0) AS od, sum(b.credit) FILTER (WHERE b.month = 0) AS oc,
        sum(b.debit) FILTER (WHERE b.month = %(month)s AND b.month > 0) AS md,
        sum(b.credit) FILTER (WHERE b.month = %(month)s AND b.month > 0) AS mc,
        sum(b.debit) AS td, sum(b.credit) AS tc
    FROM ledger_balance b JOIN ledger_account a ON a.id = b.account_id
    WHERE a.fiscal_year_id = %(year)s AND b.month <= %(month)s
      AND (%(only)s::bigint IS NULL OR b.account_id = %(only)s)
    GROUP BY b.account_id, b.counterparty_id
)
SELECT a.id, a.number, a.name, a.kind, coalesce(sum(k.od), 0), coalesce(sum(k.oc), 0),
    coalesce(sum(k.md), 0), coalesce(sum(k.mc), 0), sum(k.td), sum(k.tc),
    sum(greatest(k.td - k.tc, 0)), sum(greatest(k.tc - k.td, 0))
FROM kept k JOIN ledger_account a ON a.id = k.account_id
GROUP BY a.id ORDER BY a.number COLLATE "C"
"""


def trial_balance(year: FiscalYear, month: int, *, only: int | None = None) -> list[TrialRow]:
    """Zestawienie obrotów i sald to the end of a month, one query over the running balances."""
    with connection.cursor() as cursor:
        cursor.execute(TRIAL, {"year": year.pk, "month": month, "only": only})
        return [TrialRow(*row[:4], *(int(value) for value in row[4:])) for row in cursor.fetchall()]


def trial_row(account: Account) -> TrialRow | None:
    """The sums of one account to the end of its year; None when nothing was entered."""
    rows = trial_balance(account.fiscal_year, LAST_MONTH, only=account.pk)
    return rows[0] if rows else None


def card(account_id: int) -> QuerySet[Line]:
    """Karta konta: the entries of an account, in the order of posting by `id`, with what the page shows."""
    return (
        Line.objects.filter(account_id=account_id)
        .select_related("voucher__journal", "classification", "counterparty")
        .only(
            "debit", "credit", "text", "voucher__number", "voucher__text", "voucher__operation_on",
            "voucher__journal__code", "classification__division", "classification__chapter",
            "classification__paragraph", "counterparty__name",
        )
    )  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """A running balance, of an account or of a settlement on it, that does not agree with its entries."""

    account_id: int
    month: int
    debit: int
    credit: int


PROOF = """
SELECT account_id, month, sum(debit), sum(credit) FROM (
    SELECT b.account_id, b.month, b.classification_id, b.counterparty_id, b.debit, b.credit
    FROM ledger_balance b JOIN ledger_account a ON a.id = b.account_id WHERE a.fiscal_year_id = %(year)s
    UNION ALL
    SELECT l.account_id, v.month, l.classification_id,
        CASE WHEN 'COUNTERPARTY' = ANY (a.requires) THEN l.counterparty_id END, -l.debit, -l.credit
    FROM ledger_line l JOIN ledger_voucher v ON v.id = l.voucher_id
    JOIN ledger_account a ON a.id = l.account_id WHERE v.fiscal_year_id = %(year)s
) both_sides
GROUP BY account_id, month, classification_id, counterparty_id
HAVING sum(debit) <> 0 OR sum(credit) <> 0
UNION ALL
SELECT account_id, month, sum(debit), sum(credit) FROM (
    SELECT b.account_id, b.month, b.classification_id, b.settlement_id, b.debit, b.credit
    FROM ledger_settlementbalance b
    JOIN ledger_account a ON a.id = b.account_id WHERE a.fiscal_year_id = %(year)s
    UNION ALL
    SELECT l.account_id, v.month, l.classification_id, l.settlement_id, -l.debit, -l.credit
    FROM ledger_line l JOIN ledger_voucher v ON v.id = l.voucher_id
    JOIN ledger_account a ON a.id = l.account_id
    WHERE v.fiscal_year_id = %(year)s AND l.settlement_id IS NOT NULL AND 'SETTLEMENT' = ANY (a.requires)
) of_settlements
GROUP BY account_id, month, classification_id, settlement_id
HAVING sum(debit) <> 0 OR sum(credit) <> 0
"""


def gaps(year: FiscalYear) -> list[Gap]:
    """Every running balance of the year that differs from its entries; empty when the books are right."""
    with connection.cursor() as cursor:
        cursor.execute(PROOF, {"year": year.pk})
        return [Gap(account, month, int(debit), int(credit)) for account, month, debit, credit in cursor]


CHAIN = """
SELECT v.journal_id, v.number FROM (
    SELECT w.*, lag(w.hash, 1, ''::bytea) OVER (PARTITION BY w.journal_id ORDER BY w.number) AS expected,
        lag(w.number, 1, 0) OVER (PARTITION BY w.journal_id ORDER BY w.number) AS before
    FROM ledger_voucher w WHERE w.fiscal_year_id = %(year)s
) x JOIN ledger_voucher v ON v.id = x.id
WHERE x.expected <> v.prev_hash OR x.before + 1 <> v.number
   OR v.hash <> sha256(v.prev_hash || convert_to(ledger_voucher_text(v), 'UTF8'))
UNION ALL
SELECT h.journal_id, h.number FROM ledger_journalhead h
JOIN ledger_journal j ON j.id = h.journal_id AND j.fiscal_year_id = %(year)s
WHERE h.number <> coalesce((SELECT max(number) FROM ledger_voucher WHERE journal_id = h.journal_id), 0)
   OR h.hash <> coalesce((SELECT hash FROM ledger_voucher v
                          WHERE v.journal_id = h.journal_id AND v.number = h.number), ''::bytea)
ORDER BY 1, 2
"""


def broken_links(year: FiscalYear) -> list[tuple[int, int]]:
    """Journal and number of every voucher whose hash, predecessor or number is not as it was posted."""
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, {"year": year.pk})
        return [(int(journal), int(number)) for journal, number in cursor.fetchall()]
