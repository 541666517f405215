"""The social fund: what comes to it and what people get, each an entry of the register and a voucher 135/851.

Law: u.z.f.ś.s. art. 5-8, art. 12; rozp. MRiF 13.09.2017 zał. 3 (135, 851, 234), from memory.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.office.api import Actor
from starostwo.treasury.models import FundEntry
from starostwo.treasury.queries.deposits import fund_balance, loan_left
from starostwo.treasury.services.claims import Wrong, own_book

BANK, FUND, OF_STAFF = "135", "851", "234"
LOANS = (FundEntry.Kind.LOAN, FundEntry.Kind.REPAYMENT)


@dataclass(frozen=True)
class NewEntry:
    """What is said of an entry."""

    kind: str
    amount: int
    on_day: date
    text: str
    person: settlements.Known | None = None


@transaction.atomic
def add(book_id: int, said: NewEntry, *, actor: Actor, today: date, now: datetime) -> FundEntry:
    """Enter what came or left; no more leaves than there is, no more is repaid than was lent."""
    book = own_book(book_id, actor)
    settlements.lock_book(book)
    kind = FundEntry.Kind(said.kind)
    person = settlements.keep_counterparty(said.person) if said.person else None
    _check(book, said, kind, person, today)
    made = FundEntry(
        book=book, kind=kind, counterparty=person, amount=said.amount, on_day=said.on_day,
        text=said.text.strip()[:200], made_by_name=actor.name,
    )  # fmt: skip
    made.voucher_id = _post(book, made, kind, actor, now)
    made.save(force_insert=True)
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="add", thing=str(made), at=now,
        payload={"kind": kind, "amount": said.amount},
    )  # fmt: skip
    return made


def _check(book: Any, said: NewEntry, kind: FundEntry.Kind, person: Any, today: date) -> None:
    if said.amount <= 0:
        raise Wrong("amount", "Kwota musi być większa od zera.")
    if said.on_day > today:
        raise Wrong("on_day", "Ten dzień jeszcze nie nadszedł.")
    if kind != FundEntry.Kind.ALLOWANCE and person is None:
        raise Wrong("name", "Podaj osobę, której dotyczy wpis.")
    if kind not in FundEntry.COMES_IN and said.amount > fund_balance(book):
        raise Wrong("amount", "Na rachunku funduszu nie ma tyle pieniędzy.")
    if kind == FundEntry.Kind.REPAYMENT and said.amount > loan_left(book, person):
        raise Wrong("amount", "Ta osoba nie ma tylu pożyczonych pieniędzy do spłaty.")


def _post(book: Any, made: FundEntry, kind: FundEntry.Kind, actor: Actor, now: datetime) -> int:
    """Loans stand on 234 of the person, everything else on the fund itself."""
    year = ledger.year_of(book, made.on_day)
    other = OF_STAFF if kind in LOANS else FUND
    comes = kind in FundEntry.COMES_IN
    bank = Entry(ledger.account_of(year, BANK).pk, *((made.amount, 0) if comes else (0, made.amount)))
    theirs = Entry(
        ledger.account_of(year, other).pk, *((0, made.amount) if comes else (made.amount, 0)),
        counterparty=made.counterparty_id if other == OF_STAFF else None,
    )  # fmt: skip
    voucher = ledger.NewVoucher(
        kind="PK", text=f"ZFŚS, {kind.label}: {made.text}"[:300], issued_on=made.on_day,
        operation_on=made.on_day, month=ledger.month_of(year, made.on_day), entries=[bank, theirs],
    )  # fmt: skip
    return ledger.post(ledger.journal_of(year, "PK"), [voucher], actor=actor, now=now)[0].id
