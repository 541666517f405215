"""Deposits taken, ended, given back with interest or kept; each move is a voucher on 139 and 240.

Law: Pzp art. 97-98, art. 453; rozp. MRiF 13.09.2017 zał. 3 (139, 240, 720), from memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.office.api import Actor
from starostwo.treasury.models import Deposit
from starostwo.treasury.rules.deposits import Kept, Kind, interest, return_by
from starostwo.treasury.services.claims import INCOME, Wrong, own_book, position_of

BANK, OWED = "139", "240"


class NoSuchDeposit(Exception):
    """There is no such deposit that is still kept, for this person."""


@dataclass(frozen=True)
class NewDeposit:
    """What is said of money that came."""

    kind: str
    owner: settlements.Known
    subject: str
    amount: int
    received_on: date
    rate: int = 0


@transaction.atomic
def take(book_id: int, said: NewDeposit, *, actor: Actor, today: date, now: datetime) -> Deposit:
    """Enter a deposit: 139 against 240 of its owner."""
    book = own_book(book_id, actor)
    if said.amount <= 0:
        raise Wrong("amount", "Kwota musi być większa od zera.")
    if said.received_on > today:
        raise Wrong("received_on", "Ten dzień jeszcze nie nadszedł.")
    settlements.lock_book(book)
    year = said.received_on.year
    last = Deposit.objects.filter(book=book, year=year).order_by("-number").first()
    made = Deposit.objects.create(
        book=book, year=year, number=(last.number if last else 0) + 1, kind=said.kind,
        counterparty=settlements.keep_counterparty(said.owner), subject=said.subject.strip()[:200],
        amount=said.amount, received_on=said.received_on, rate=said.rate,
    )  # fmt: skip
    text = f"Depozyt {made.shown_number}: {made.subject}"
    _post(made, [(BANK, said.amount, 0), (OWED, 0, said.amount)], text, said.received_on, "", actor, now)
    _note(made, "take", actor, now, amount=said.amount)
    return made


@transaction.atomic
def end(deposit_id: int, *, on: date, actor: Actor, now: datetime) -> Deposit:
    """Say when what the deposit secured ended; the term of its return follows."""
    deposit = _locked(deposit_id, actor)
    if on < deposit.received_on:
        raise Wrong("ended_on", "Zabezpieczenie nie mogło wygasnąć przed wpłatą.")
    deposit.ended_on, deposit.return_by = on, return_by(Kind(deposit.kind), on)
    deposit.save(update_fields=["ended_on", "return_by"])
    _note(deposit, "end", actor, now, on=on.isoformat())
    return deposit


def interest_of(deposit: Deposit, day: date, cost: int = 0) -> int:
    """What the account bore for it to a day."""
    return interest(Kept(deposit.amount, deposit.received_on, day, deposit.rate), cost)


@transaction.atomic
def give_back(deposit_id: int, *, on: date, cost: int, actor: Actor, today: date, now: datetime) -> Deposit:
    """Give back the deposit with the interest of its account, less the costs of keeping it."""
    deposit = _locked(deposit_id, actor)
    if not deposit.received_on <= on <= today:
        raise Wrong("on", "Podaj dzień zwrotu między wpłatą a dziś.")
    if cost < 0:
        raise Wrong("cost", "Koszty nie mogą być ujemne.")
    borne = interest_of(deposit, on, cost)
    sides = [(OWED, deposit.amount, 0), (BANK, 0, deposit.amount)]
    if borne:  # the bank wrote it in before it goes out
        sides = [(BANK, borne, 0), (OWED, 0, borne), (OWED, deposit.amount + borne, 0),
                 (BANK, 0, deposit.amount + borne)]  # fmt: skip
    text = f"Zwrot depozytu {deposit.shown_number}"
    _post(deposit, sides, text, on, ":end", actor, now)
    deposit.returned_on, deposit.returned = on, deposit.amount + borne
    deposit.save(update_fields=["returned_on", "returned"])
    _note(deposit, "give_back", actor, now, amount=deposit.returned)
    return deposit


@transaction.atomic
def keep(
    deposit_id: int, *, on: date, reason: str, position: str, actor: Actor, today: date, now: datetime
) -> Deposit:
    """Keep a deposit that is forfeited: what is owed (240) becomes income (720)."""
    deposit = _locked(deposit_id, actor)
    if not reason.strip():
        raise Wrong("reason", "Napisz, dlaczego depozyt zatrzymano.")
    if not deposit.received_on <= on <= today:
        raise Wrong("on", "Podaj dzień między wpłatą a dziś.")
    row = position_of(position, on.year)
    sides = [(OWED, deposit.amount, 0), (INCOME, 0, deposit.amount)]
    _post(deposit, sides, f"Zatrzymanie depozytu {deposit.shown_number}", on, ":end", actor, now, row)
    deposit.returned_on, deposit.kept_reason = on, reason.strip()[:300]
    deposit.save(update_fields=["returned_on", "kept_reason"])
    _note(deposit, "keep", actor, now, reason=deposit.kept_reason)
    return deposit


def _post(
    deposit: Deposit, sides: Sequence[tuple[str, int, int]], text: str, on: date, mark: str, actor: Actor,
    now: datetime, income: int | None = None,
) -> None:  # fmt: skip
    year = ledger.year_of(deposit.book, on)
    entries = [
        Entry(
            ledger.account_of(year, number).pk, debit, credit,
            classification=income if number == INCOME else None,
            counterparty=deposit.counterparty_id if number == OWED else None, text=text[:300],
        )
        for number, debit, credit in sides
    ]  # fmt: skip
    voucher = ledger.NewVoucher(
        kind="PK", text=text[:300], issued_on=on, operation_on=on, month=ledger.month_of(year, on),
        entries=entries, external_number=deposit.shown_number, origin=f"{deposit}{mark}",
    )  # fmt: skip
    ledger.post(ledger.journal_of(year, "PK"), [voucher], actor=actor, now=now)


def _locked(deposit_id: int, actor: Actor) -> Deposit:
    rows: Any = Deposit.objects.select_for_update(of=("self",)).select_related("book")
    found = rows.filter(pk=deposit_id, returned_on=None).first()
    if found is None or not ledger.may_post(actor, found.book):
        raise NoSuchDeposit(deposit_id)
    return found  # type: ignore[no-any-return]


def _note(deposit: Deposit, verb: str, actor: Actor, now: datetime, **said: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(deposit), payload=said, at=now
    )
