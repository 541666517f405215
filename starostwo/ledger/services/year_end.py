"""The end of a year: result accounts are closed, balances are carried into the opening of the next.

Law: u.o.r. art. 5 ust. 1 (opening balances equal closing ones), art. 12.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from starostwo.ledger import access
from starostwo.ledger.models import Account, Book, Classification, FiscalYear
from starostwo.ledger.queries.accounts import journal_of
from starostwo.ledger.rules.classification import Position
from starostwo.ledger.rules.closing import budget_closes_into, closes_into
from starostwo.ledger.rules.vouchers import CLOSING, OPENING, Entry, NewVoucher
from starostwo.ledger.services import posting
from starostwo.ledger.services.dictionaries import Dimensions, classify
from starostwo.office.api import Actor

NETS = """
SELECT a.number, l.classification_id,
    CASE WHEN 'COUNTERPARTY' = ANY (a.requires) THEN l.counterparty_id END,
    CASE WHEN 'SETTLEMENT' = ANY (a.requires) THEN l.settlement_id END, sum(l.debit - l.credit)
FROM ledger_line l JOIN ledger_voucher v ON v.id = l.voucher_id
JOIN ledger_account a ON a.id = l.account_id
WHERE v.fiscal_year_id = %(year)s AND a.kind = 'BALANCE' AND (%(kind)s = '' OR v.kind = %(kind)s)
GROUP BY 1, 2, 3, 4 HAVING sum(l.debit - l.credit) <> 0
"""


class NothingToDo(Exception):
    """There is no balance to close, or nothing changed since it was carried."""


class NextYearIsMissing(Exception):
    """The next year of the book is not open yet."""


@dataclass(frozen=True)
class Key:
    """What a balance is kept by, in words that hold in every year."""

    number: str
    classification: int | None
    counterparty: int | None
    settlement: int | None


@transaction.atomic
def close_result(year: FiscalYear, *, actor: Actor, now: datetime) -> posting.Posted:
    """Move the balances of result accounts to 860 and 800 (961 in the budget); again only what is new."""
    into = budget_closes_into if year.book.kind == Book.Kind.BUDGET else closes_into
    numbers = dict(Account.objects.filter(fiscal_year=year).values_list("number", "pk"))
    entries: list[Entry] = []
    sums: dict[str, int] = {}
    for key, net in _nets(year).items():
        if target := into(key.number):
            entries.append(_entry(numbers[key.number], -net, key))
            sums[target] = sums.get(target, 0) + net
    if not entries:
        raise NothingToDo(year.year)
    entries += [
        _entry(numbers[target], net, Key(target, None, None, None)) for target, net in sums.items() if net
    ]
    last = date(year.year, 12, 31)
    voucher = NewVoucher(
        "ZR", f"Przeniesienie wyniku roku {year.year}", last, last, entries, CLOSING, into_soft=True
    )
    return posting.post(journal_of(year, "ZR"), [voucher], actor=actor, now=now)[0]


@transaction.atomic
def carry_over(year: FiscalYear, *, actor: Actor, now: datetime) -> posting.Posted:
    """Carry the balances into the next year by account, classification, counterparty and settlement.

    Carried again after the old year changed, only the differences are posted.
    Law: u.o.r. art. 5 ust. 1.
    """
    after = FiscalYear.objects.select_related("book").filter(book=year.book, year=year.year + 1).first()
    if after is None:
        raise NextYearIsMissing(year.year + 1)
    numbers = dict(Account.objects.filter(fiscal_year=after).values_list("number", "pk"))
    wanted = {_in_year(key, after.year): net for key, net in _nets(year).items()}
    there = _nets(after, kind="BP")
    entries = list(_differences(wanted, there, numbers))
    if not entries:
        raise NothingToDo(year.year)
    first = date(after.year, 1, 1)
    voucher = NewVoucher(
        "BP", f"Bilans otwarcia z roku {year.year}", first, first, entries, OPENING,
        into_soft=access.may_close(actor, year.book),
    )  # fmt: skip
    return posting.post(journal_of(after, "BO"), [voucher], actor=actor, now=now)[0]


def _differences(
    wanted: Mapping[Key, int], there: Mapping[Key, int], numbers: Mapping[str, int]
) -> Iterator[Entry]:
    for key in sorted({*wanted, *there}, key=lambda k: (k.number, str(k))):
        net = wanted.get(key, 0) - there.get(key, 0)
        if net:
            if key.number not in numbers:
                raise posting.NotThatAccount(what=key.number)
            yield _entry(numbers[key.number], net, key)


def _entry(account: int, net: int, key: Key) -> Entry:
    """A debit for a positive net, else a credit."""
    return Entry(
        account, debit=max(net, 0), credit=max(-net, 0), classification=key.classification,
        counterparty=key.counterparty, settlement=key.settlement,
    )  # fmt: skip


def _nets(year: FiscalYear, *, kind: str = "") -> dict[Key, int]:
    with connection.cursor() as cursor:
        cursor.execute(NETS, {"year": year.pk, "kind": kind})
        return {Key(*row[:4]): int(row[4]) for row in cursor.fetchall()}


def _in_year(key: Key, year: int) -> Key:
    """The same key with the row that its classification has in the other year."""
    if key.classification is None:
        return key
    row = Classification.objects.get(pk=key.classification)
    moved = classify(
        Position(row.division, row.chapter, row.paragraph), year=year, kind=row.kind,
        dimensions=Dimensions(row.task, row.funding, row.project, row.disposer),
    )  # fmt: skip
    return Key(key.number, moved.pk, key.counterparty, key.settlement)
