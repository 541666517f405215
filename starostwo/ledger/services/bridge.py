"""Entering into the budget what units report and transfer, and the year's end in a unit. Each thing once.

Law: rozp. MRiF 13.09.2017 zał. 2 and 3 (from memory); u.o.r. art. 25 (a correction is of one sign).
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from starostwo.ledger import access
from starostwo.ledger.models import Account, Book, Counterparty, FiscalYear, Voucher
from starostwo.ledger.queries import bridge as queries
from starostwo.ledger.queries.accounts import journal_of, month_of
from starostwo.ledger.rules.bridge import (
    Side,
    by_sign,
    closing_sides,
    ending_sides,
    money_sides,
    report_sides,
)
from starostwo.ledger.rules.vouchers import Entry, NewVoucher
from starostwo.ledger.services.posting import Posted, post_as
from starostwo.office.api import Actor
from starostwo.platform.polish import fold

CLOSING = 13


class MayNotBridge(Exception):
    """The person does not keep that book, or it is of the other kind."""


@transaction.atomic
def enter_units(budget: FiscalYear, *, until: int, actor: Actor, now: datetime) -> list[Posted]:
    """Enter every month of every unit to the end of one; what was entered before is not entered again."""
    locked = _lock(budget, Book.Kind.BUDGET, actor)
    posted: list[Posted] = []
    of_state = queries.of_state(locked.year)
    for gap in queries.missing(locked, until=until):
        party = _party(gap.unit.book)
        day = _last_day(locked.year, gap.month)
        for what, sides in (
            ("Sprawozdania Rb-27S i Rb-28S", report_sides(gap.figures, of_state)),
            ("Przelewy między budżetem a jednostką", money_sides(gap.figures)),
        ):
            text = f"{what}: {gap.unit.book.name}, {gap.month:02d}.{locked.year}"
            origin = f"{queries.ORIGIN}:{gap.unit.pk}:{gap.month:02d}"
            posted += _post(locked, sides, party, text, day, origin, actor=actor, now=now)
    return posted


@transaction.atomic
def end_year(unit: FiscalYear, *, actor: Actor, now: datetime) -> list[Posted]:
    """Enter the year's income and spending of a unit against 800, or by how much they changed since."""
    locked = _lock(unit, Book.Kind.UNIT, actor)
    (income, spending), before = queries.executed(locked), queries.closed(locked)
    sides = closing_sides(income - before[0], spending - before[1])
    day = date(locked.year, 12, 31)
    text = "Przeniesienie dochodów i wydatków roku na fundusz jednostki"
    origin = f"{queries.ORIGIN}-year:{locked.pk}"
    return _post(locked, sides, None, text, day, origin, actor=actor, now=now, month=CLOSING)


class TooEarly(Exception):
    """The year has not come to its last day."""


def may_end(year: FiscalYear, today: date) -> bool:
    """Whether the plan of the year may leave its accounts."""
    return today >= date(year.year, 12, 31)


@transaction.atomic
def end_plan(year: FiscalYear, *, actor: Actor, today: date, now: datetime) -> list[Posted]:
    """Take plan and commitment of a year off their accounts, or what came to stand there since."""
    if not may_end(year, today):
        raise TooEarly(year.year)
    locked = _lock(year, year.book.kind, actor)
    sides = ending_sides(queries.planned(locked))
    day, origin = date(locked.year, 12, 31), f"plan-year:{locked.pk}"
    text = "Zamknięcie planu i zaangażowania roku"
    return _post(locked, sides, None, text, day, origin, actor=actor, now=now, month=CLOSING)


def _lock(year: FiscalYear, kind: str, actor: Actor) -> FiscalYear:
    """The year, held so that two people do not enter the same difference."""
    if year.book.kind != kind or not access.may_prepare_plan(actor, year.book):
        raise MayNotBridge
    return (
        FiscalYear.objects.select_related("book").select_for_update(no_key=True, of=("self",)).get(pk=year.pk)
    )


def _party(book: Book) -> Counterparty:
    """The unit as counterparty of the budget; entered the first time."""
    found = queries.counterparty_of(book)
    return found or Counterparty.objects.create(
        name=book.name[:300], regon=book.regon, folded=fold(book.name)[:300]
    )


def _post(
    year: FiscalYear, sides: Sequence[Side], party: Counterparty | None, text: str, day: date, origin: str,
    *, actor: Actor, now: datetime, month: int | None = None,
) -> list[Posted]:  # fmt: skip
    """Post what is added and what is taken back as vouchers of their own; the origin counts on."""
    accounts = dict(Account.objects.filter(fiscal_year=year).values_list("number", "pk")) if sides else {}
    kind, code = (Voucher.Kind.CLOSING, "ZR") if month else (Voucher.Kind.NOTE, "PK")
    before = Voucher.objects.filter(fiscal_year=year, origin__startswith=f"{origin}:").count()
    vouchers = [
        NewVoucher(
            kind=kind, text=text[:300], issued_on=day, operation_on=day,
            entries=[_entry(side, accounts, party) for side in group],
            month=month or month_of(year, day), origin=f"{origin}:{before + number}",
        )
        for number, group in enumerate(by_sign(sides), start=1)
    ]  # fmt: skip
    if not vouchers:
        return []
    journal = journal_of(year, code)
    return post_as(journal, vouchers, posted_by=actor.audit_name, posted_by_name=actor.name, now=now)


def _entry(side: Side, accounts: dict[str, int], party: Counterparty | None) -> Entry:
    return Entry(
        accounts[side.account], debit=side.debit, credit=side.credit, classification=side.classification,
        counterparty=party.pk if party and side.of_unit else None,
    )  # fmt: skip


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
