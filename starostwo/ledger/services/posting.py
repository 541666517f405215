"""Posting: vouchers go into the books by one function of the database, which checks everything at once.

Law: u.o.r. art. 14, 20-25; ufp art. 52 ust. 1 pkt 2 (nothing is paid above the plan).
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import Account, Journal, Line, Voucher
from starostwo.ledger.rules.vouchers import BLACK, OPENS, RED, Entry, NewVoucher, black, red
from starostwo.office.api import Actor


@dataclass(frozen=True)
class Posted:
    """A voucher in the books: its row and its number in the journal."""

    id: int
    number: int


class CannotPost(Exception):
    """The books refused a voucher and nothing changed. `voucher` and `line` count from 1; 0 is unknown."""

    def __init__(self, voucher: int = 0, line: int = 0, what: str = "", difference: int = 0) -> None:
        super().__init__(voucher, line, what, difference)
        self.voucher, self.line, self.what, self.difference = voucher, line, what, difference


class MayNotPost(CannotPost):
    """The person does not keep this book."""


class DoesNotBalance(CannotPost):
    """Debit and credit differ by `difference` grosze."""


class MonthIsClosed(CannotPost):
    """The month is closed, or closed for a while and the person may not enter it."""


class NotThatAccount(CannotPost):
    """An account of another year, or one that only sums up others."""


class DimensionIsMissing(CannotPost):
    """The account wants what the line does not say; `what` is one of Account.Requires."""


class NotThatClassification(CannotPost):
    """A classification of another year."""


class MixedCorrection(CannotPost):
    """A correction with entries of both signs, or of a voucher of another book. Law: u.o.r. art. 25."""


class NotThatMonth(CannotPost):
    """The operation is later than the month, or the kind does not belong there."""


class NoLines(CannotPost):
    """A voucher without entries, or an entry without an amount."""


class AbovePlan(CannotPost):
    """More would be paid than the plan allows; `what` names the position. Law: ufp art. 52 ust. 1 pkt 2."""


class CommitmentAbovePlan(CannotPost):
    """More would be committed than the plan and the signed overrides allow. Law: ufp art. 46 ust. 1."""


class PlanBelowZero(CannotPost):
    """The plan of a position would fall below zero; `what` names the position."""


class PostedBefore(CannotPost):
    """A voucher of this origin stands in the books already."""


REFUSALS: dict[str, type[CannotPost]] = {
    "LG000": NotThatAccount,
    "LG001": DoesNotBalance,
    "LG002": MonthIsClosed,
    "LG003": NotThatAccount,
    "LG004": DimensionIsMissing,
    "LG005": NotThatClassification,
    "LG006": MixedCorrection,
    "LG007": NoLines,
    "LG008": NotThatMonth,
    "LG009": NoLines,
}
BY_CONSTRAINT: dict[str, type[CannotPost]] = {
    "paid_within_plan": AbovePlan,
    "amount_planned_is_not_negative": PlanBelowZero,
    "committed_within_plan": CommitmentAbovePlan,
    "one_voucher_an_origin": PostedBefore,
}


POST = "SELECT * FROM ledger_post(%s::jsonb, %s)"
NUMBERS = """
format('{"from":%%s,"hash":"%%s","to":%%s}', min(done.voucher_number),
       encode((array_agg(done.voucher_hash ORDER BY done.voucher_number DESC))[1], 'hex'),
       max(done.voucher_number))
"""


def post(journal: Journal, vouchers: Sequence[NewVoucher], *, actor: Actor, now: datetime) -> list[Posted]:
    """Post vouchers into a journal, all or none; their numbers follow the last one without a gap."""
    book = journal.fiscal_year.book
    if not access.may_post(actor, book) and not access.may_close(actor, book):
        raise MayNotPost
    if any(voucher.into_soft for voucher in vouchers) and not access.may_close(actor, book):
        raise MayNotPost
    return post_as(journal, vouchers, posted_by=actor.audit_name, posted_by_name=actor.name, now=now)


def post_as(
    journal: Journal, vouchers: Sequence[NewVoucher], *, posted_by: str, posted_by_name: str, now: datetime
) -> list[Posted]:
    """Post for a process that has checked who acts; everything else is refused as by `post`.

    One statement, which is a transaction of its own where the caller has none. The history gets the numbers
    and the last hash of the chain; it is anchored with a time stamp each night, so that what was posted by
    then can be proved later.
    """
    batch = {
        "journal": journal.pk,
        "posted_by": posted_by,
        "posted_by_name": posted_by_name,
        "vouchers": [_as_json(voucher) for voucher in vouchers],
    }
    with _refusals():
        rows = audit.record_done(
            POST, [json.dumps(batch), now], data=NUMBERS, actor=posted_by, actor_name=posted_by_name,
            verb="post", thing=f"ledger.journal:{journal.pk}", at=now,
        )  # fmt: skip
    return [Posted(*row[:2]) for row in rows]


class AlreadyReversed(Exception):
    """The voucher was taken back before."""


@transaction.atomic
def reverse(
    voucher: Voucher,
    *,
    into: Journal,
    way: str,
    text: str,
    operation_on: date,
    month: int,
    actor: Actor,
    now: datetime,
) -> Posted:
    """Take a posted voucher back by a red or black storno in an open month, also of a later year.

    Law: u.o.r. art. 25 ust. 1 pkt 2. The storno is linked; the voucher itself stays as it is.
    """
    entries = {RED: red, BLACK: black}[way](_in_year(entries_of(voucher), into))
    storno = NewVoucher(
        kind=Voucher.Kind.NOTE if voucher.kind in OPENS else voucher.kind, text=text,
        issued_on=operation_on, operation_on=operation_on, entries=entries, month=month,
        external_number=voucher.external_number, document=voucher.document, corrects=voucher.pk,
        correction=way, origin=f"storno:{voucher.pk}",
    )  # fmt: skip
    try:
        return post(into, [storno], actor=actor, now=now)[0]
    except PostedBefore as refused:
        raise AlreadyReversed(voucher.pk) from refused


def _in_year(entries: Sequence[Entry], journal: Journal) -> list[Entry]:
    """The same entries on the accounts of the journal's year; those of the same year stay."""
    used = Account.objects.filter(pk__in={entry.account for entry in entries})
    numbers = dict(used.values_list("pk", "number"))
    there = dict(
        Account.objects.filter(fiscal_year=journal.fiscal_year_id, number__in=numbers.values()).values_list(
            "number", "pk"
        )
    )
    if missing := set(numbers.values()) - set(there):
        raise NotThatAccount(what=", ".join(sorted(missing)))
    return [replace(entry, account=there[numbers[entry.account]]) for entry in entries]


def entries_of(voucher: Voucher) -> list[Entry]:
    """The entries of a posted voucher, in their order."""
    lines = Line.objects.filter(voucher=voucher).order_by("position")
    return [
        Entry(
            account=line.account_id, debit=line.debit, credit=line.credit,
            classification=line.classification_id, counterparty=line.counterparty_id,
            settlement=line.settlement_id, contract=line.contract_id, text=line.text,
        )
        for line in lines
    ]  # fmt: skip


def _as_json(voucher: NewVoucher) -> dict[str, Any]:
    said = vars(voucher) | {
        "issued_on": voucher.issued_on.isoformat(),
        "operation_on": voucher.operation_on.isoformat(),
        "soft": voucher.into_soft,
        "lines": [vars(entry) for entry in voucher.entries],
    }
    del said["entries"]
    return said


def call(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """Run one of the ledger's functions; its refusal becomes an exception with a name."""
    with _refusals(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


@contextmanager
def _refusals() -> Iterator[None]:
    """Give refusals of the database their names; a transaction around goes on after one."""
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            yield
    except DatabaseError as error:
        raise _refusal(error) from error


def _refusal(error: DatabaseError) -> Exception:
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is None:
        return error
    if (diagnosis.sqlstate or "").startswith("LG"):
        detail = json.loads(diagnosis.message_detail or "{}")
        return REFUSALS[diagnosis.sqlstate](
            detail.get("voucher", 0),
            detail.get("line", 0),
            detail.get("what", ""),
            detail.get("difference", 0),
        )
    named = BY_CONSTRAINT.get(diagnosis.constraint_name or "")
    return named(what=_position_in(diagnosis.message_detail or "")) if named else error


def _position_in(detail: str) -> str:
    """The position that the database names in the row it refused."""
    found = re.search(r"\b[DWPR]\.[\dg.]+", detail)
    return found[0] if found else ""
