"""Claims of the county: assessed (przypis) and reduced (odpis) in the books by one voucher each.

Law: u.o.r. art. 20 ust. 2, art. 25 ust. 1 pkt 2; rozp. MRiF 13.09.2017 zał. 3 (221 and 720), from memory.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.office.api import Actor

CLAIMS, INCOME = "221", "720"


class NoSuchClaim(Exception):
    """There is no such claim or book for this person."""


class Wrong(Exception):
    """A field does not hold; its name and what to do about it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field, words)
        self.field, self.words = field, words


@dataclass(frozen=True)
class NewClaim:
    """Who owes what, since when, until when, under which paragraph of income."""

    debtor: settlements.Known
    document_number: str
    amount: int
    issued_on: date
    due_on: date
    position: str
    text: str


@transaction.atomic
def assess(book_id: int, said: NewClaim, *, actor: Actor, now: datetime) -> int:
    """Enter a claim: 221 against 720; return the number of its settlement."""
    book = ledger.visible_books(actor).filter(pk=book_id).first()
    if book is None or not ledger.may_post(actor, book):
        raise NoSuchClaim(book_id)
    if said.amount <= 0:
        raise Wrong("amount", "Kwota musi być większa od zera.")
    if said.due_on < said.issued_on:
        raise Wrong("due_on", "Termin zapłaty nie może być wcześniejszy niż dzień dokumentu.")
    year = ledger.year_of(book, said.issued_on)
    try:
        position = ledger.classify(ledger.position(said.position), year=year.year, kind="D").pk
    except ledger.NotAPosition as error:
        raise Wrong("position", "Podaj dział, rozdział i paragraf dochodów ze słownika.") from error
    debtor = settlements.keep_counterparty(said.debtor)
    opened = settlements.Opened(
        settlements.RECEIVABLE, said.document_number, said.issued_on, said.due_on, said.text
    )
    claim = settlements.new_settlement(book, debtor, opened)
    entries = _entries(year, said.amount, position, claim.pk, debtor.pk, said.text)
    voucher = ledger.NewVoucher(
        kind="PO", text=f"Przypis: {said.text}"[:300], issued_on=said.issued_on, operation_on=said.issued_on,
        entries=entries, month=ledger.month_of(year, said.issued_on), external_number=said.document_number,
        origin=f"treasury.claim:{claim.pk}",
    )  # fmt: skip
    ledger.post(ledger.journal_of(year, "FS"), [voucher], actor=actor, now=now)
    _note(claim.pk, "assess", actor, now, amount=said.amount)
    return claim.pk


@transaction.atomic
def reduce(
    claim_id: int, amount: int, *, book_id: int, reason: str, actor: Actor, today: date, now: datetime
) -> None:
    """Take a part of a claim back by red entries, no more than is left of it."""
    book = ledger.visible_books(actor).filter(pk=book_id).first()
    if book is None or not ledger.may_post(actor, book):
        raise NoSuchClaim(claim_id)
    settlements.lock(book, [claim_id])
    claim = settlements.open_of(book, settlements.RECEIVABLE).filter(pk=claim_id).first()
    if claim is None:
        raise NoSuchClaim(claim_id)
    if not 0 < amount <= claim.left:  # type: ignore[attr-defined]
        raise Wrong("amount", "Odpis musi być większy od zera i nie większy niż to, co zostało do zapłaty.")
    if not reason.strip():
        raise Wrong("reason", "Napisz powód, na przykład numer decyzji.")
    year = ledger.year_of(book, today)
    position = next(iter(settlements.positions([claim_id]).get(claim_id, [])), 0)
    text = f"Odpis: {reason.strip()}"[:300]
    voucher = ledger.NewVoucher(
        kind="PO", text=text, issued_on=today, operation_on=today, month=ledger.month_of(year, today),
        entries=_entries(year, -amount, position, claim_id, claim.counterparty_id, text),
        external_number=claim.document_number,
    )  # fmt: skip
    ledger.post(ledger.journal_of(year, "FS"), [voucher], actor=actor, now=now)
    _note(claim_id, "reduce", actor, now, amount=amount, reason=reason.strip()[:300])


def _entries(year: object, amount: int, position: int, claim: int, debtor: int, text: str) -> list[Entry]:
    receivable = ledger.account_of(year, CLAIMS).pk  # type: ignore[arg-type]
    income = ledger.account_of(year, INCOME).pk  # type: ignore[arg-type]
    return [
        Entry(receivable, amount, 0, position, debtor, claim, text=text[:300]),
        Entry(income, 0, amount, position, text=text[:300]),
    ]


def _note(claim: int, verb: str, actor: Actor, now: datetime, **said: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"treasury.claim:{claim}",
        payload=said, at=now,
    )  # fmt: skip
