"""Posting an approved invoice: costs in debit, 201 in credit with a settlement that has its due date.

Law: u.o.r. art. 20-21; rozp. MRiF 13.09.2017 zał. 3 (accounts 201 and of group 4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.ledger import api as ledger
from starostwo.ledger.api import settlements
from starostwo.office.api import Actor, Right
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import Invoice, InvoiceStep
from starostwo.treasury.rules.invoice_path import State
from starostwo.treasury.rules.invoice_posting import Row, difference
from starostwo.treasury.services.invoice_path import NotYours, locked, remember

JOURNAL, KIND, DEBTS = "FZ", "FZ", "201"
WORKED_ON = (State.NEW, State.SUBSTANCE, State.FORMAL, State.CHIEF, State.APPROVED)


class DoesNotAddUp(Exception):
    """The rows are not the amount of the invoice; `args[0]` says by how much they exceed it."""


class NotInZloty(Exception):
    """An invoice in another currency is posted by hand at its rate."""


class UnknownInRow(Exception):
    """A row names what the book has not; `args` are the row's number and the text."""


@dataclass(frozen=True)
class Posting:
    """How the invoice is to be posted."""

    rows: Sequence[Row]
    due_on: date
    operation_on: date
    text: str
    contract: int | None = None


@transaction.atomic
def keep_proposal(invoice_id: int, typed: Mapping[str, Any], *, actor: Actor) -> None:
    """Keep what was typed, however wrong, until the invoice is posted."""
    invoice = locked(invoice_id, actor)
    if invoice.state not in WORKED_ON or invoice.unit is None or not access.may_enter(actor, invoice.unit):
        raise NotYours
    invoice.proposal = dict(typed)
    invoice.save(update_fields=["proposal"])


@transaction.atomic
def post_invoice(invoice_id: int, said: Posting, *, actor: Actor, now: datetime) -> Invoice:
    """Post an approved invoice, once; the voucher names it as its document and its origin."""
    invoice = locked(invoice_id, actor)
    unit = invoice.unit
    if invoice.state != State.APPROVED or unit is None or not access.keeps(actor, Right.KEEP_BOOKS, unit):
        raise NotYours
    if invoice.currency != "PLN":
        raise NotInZloty
    if more := difference(said.rows, invoice.gross):
        raise DoesNotAddUp(more)
    year = ledger.year_of(unit.book, said.operation_on)
    entries = _entries(invoice, said, year)
    name = f"treasury.invoice:{invoice.pk}"
    voucher = ledger.NewVoucher(
        kind=KIND, text=said.text[:300], issued_on=invoice.issued_on, operation_on=said.operation_on,
        entries=entries, month=ledger.month_of(year, said.operation_on), external_number=invoice.number[:100],
        document=name, origin=name, prepared_by=_checked_by(invoice),
    )  # fmt: skip
    [posted] = ledger.post(ledger.journal_of(year, JOURNAL), [voucher], actor=actor, now=now)
    stage, invoice.state, invoice.voucher_id = invoice.state, State.POSTED, posted.id
    invoice.save(update_fields=["state", "voucher"])
    remark = f"{JOURNAL} nr {posted.number}"
    remember(invoice, InvoiceStep.What.POSTED, actor, now, stage=stage, remark=remark)
    return invoice


def _entries(invoice: Invoice, said: Posting, year: Any) -> list[ledger.Entry]:
    """Debit by rows; credit of 201 by positions, so that the payment knows what it pays."""
    known = settlements.Known(
        invoice.seller_name, nip=invoice.seller_nip, account_number=invoice.seller_account
    )
    to = settlements.keep_counterparty(known)
    opened = settlements.Opened(
        settlements.PAYABLE, invoice.number[:100], invoice.issued_on, said.due_on, said.text[:300]
    )
    settlement = settlements.new_settlement(year.book, to, opened)
    debits, owed = [], dict[int | None, int]()
    for number, row in enumerate(said.rows, start=1):
        account, position = _found(number, row, year)
        owed[position] = owed.get(position, 0) + row.amount
        debits.append(
            ledger.Entry(
                account, debit=row.amount, classification=position, counterparty=to.pk, contract=said.contract
            )
        )
    debts = ledger.account_of(year, DEBTS).pk
    credits = [
        ledger.Entry(
            debts, credit=amount, classification=position, counterparty=to.pk, settlement=settlement.pk,
            contract=said.contract,
        )
        for position, amount in owed.items()
        if amount
    ]  # fmt: skip
    return [*debits, *credits]


def _found(number: int, row: Row, year: Any) -> tuple[int, int | None]:
    try:
        account = ledger.account_of(year, row.account)
    except LookupError as error:
        raise UnknownInRow(number, row.account) from error
    if not row.position:
        return account.pk, None
    try:
        found = ledger.classified(row.position, year=year.year, kind="W")
    except (ledger.NotAPosition, LookupError) as error:
        raise UnknownInRow(number, row.position) from error
    return account.pk, found.pk


def _checked_by(invoice: Invoice) -> str:
    return f"account:{invoice.checker_id}" if invoice.checker_id else ""
