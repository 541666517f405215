"""Decisions on claims entered: a remission takes back, instalments and a deferral move the rest to new terms.

In the books a new term is a claim of its own: red on the old one, black on the new, 221 as a whole stays.
What the decision did is noted off the balance (989-1, 989-2), where Rb-27S reads it.
Law: ufp art. 55-64, o.p. art. 67a par. 1, rozp. MF 29.01.2025 (Rb-27S), from memory.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.office.api import Actor
from starostwo.treasury.models import Claim, Relief
from starostwo.treasury.rules.reliefs import MOST_INSTALMENTS, Kind, Part, beyond, instalments
from starostwo.treasury.services import claims
from starostwo.treasury.services.claims import CLAIMS, JOURNAL, NoSuchClaim, Wrong

REMITTED, MOVED = "989-1", "989-2"


@dataclass(frozen=True)
class Decision:
    """What a decision says: of which kind, its number and day, how much is let go or which terms follow."""

    kind: str
    number: str
    decided_on: date
    reason: str
    amount: int = 0
    first_on: date | None = None
    count: int = 1


@transaction.atomic
def decide(
    claim_id: int, said: Decision, *, book_id: int, actor: Actor, today: date, now: datetime
) -> Relief:
    """Enter a decision on an open claim of the register."""
    book = claims.own_book(book_id, actor)
    found = claims.open_claim(book, claim_id)
    row = Claim.objects.select_related("classification").filter(settlement=claim_id).first()
    if row is None:
        raise NoSuchClaim(claim_id)
    _check(said, today)
    if Relief.objects.filter(claim=row, number=said.number.strip()).exists():
        raise Wrong("number", "Ta decyzja jest już zapisana przy tej należności.")
    on = said.decided_on if said.decided_on.year == today.year else today
    if said.kind == Kind.REMISSION:
        amount, voucher = _remit(book, found, said, on, actor, now)
    else:
        amount, voucher = found.left, _move(book, found, row, said, on, actor, now)
    made = Relief.objects.create(
        claim=row, kind=said.kind, number=said.number.strip(), decided_on=said.decided_on, amount=amount,
        reason=said.reason.strip()[:300], voucher_id=voucher, made_at=now, made_by_name=actor.name,
    )  # fmt: skip
    claims.note(claim_id, "relieve", actor, now, kind=said.kind, number=made.number, amount=amount)
    return made


def _check(said: Decision, today: date) -> None:
    if not said.number.strip():
        raise Wrong("number", "Podaj numer decyzji.")
    if not said.reason.strip():
        raise Wrong("reason", "Napisz, dlaczego przyznano ulgę.")
    if said.decided_on > today:
        raise Wrong("decided_on", "Decyzja nie może mieć daty w przyszłości.")
    if said.kind == Kind.REMISSION:
        return
    if said.first_on is None or said.first_on <= said.decided_on:
        raise Wrong("first_on", "Nowy termin musi być późniejszy niż dzień decyzji.")
    if said.kind == Kind.INSTALMENTS and not 2 <= said.count <= MOST_INSTALMENTS:
        raise Wrong("count", f"Rat może być od 2 do {MOST_INSTALMENTS}.")


def _remit(book: Any, found: Any, said: Decision, on: date, actor: Actor, now: datetime) -> tuple[int, int]:
    if not 0 < said.amount <= found.left:
        raise Wrong("amount", "Umorzyć można więcej niż zero i najwyżej to, co zostało do zapłaty.")
    effect = Entry(_account(book, on, REMITTED), said.amount, classification=_position(found))
    text = f"Umorzenie, decyzja {said.number.strip()}"
    voucher = claims.take_back(
        book, found, said.amount, text=text, actor=actor, today=on, now=now, effect=[effect]
    )
    return said.amount, voucher


def _move(book: Any, found: Any, row: Claim, said: Decision, on: date, actor: Actor, now: datetime) -> int:
    """Red on the old claim, each part on a claim of its own with its new term."""
    count = said.count if said.kind == Kind.INSTALMENTS else 1
    first_on = said.first_on or on
    parts = instalments(found.left, count, first_on)
    if parts[-1].amount <= 0:
        raise Wrong("count", "Rat jest więcej niż groszy do zapłaty.")
    year, position = ledger.year_of(book, on), _position(found)
    receivable = ledger.account_of(year, CLAIMS).pk
    text = f"{Relief.Kind(said.kind).label.capitalize()}, decyzja {said.number.strip()}"[:300]
    entries = [Entry(receivable, -found.left, 0, position, found.counterparty_id, found.pk, text=text)]
    for number, part in enumerate(parts, start=1):
        opened = _part(book, found, row, said, part, f"{number}/{len(parts)}")
        entries.append(Entry(receivable, part.amount, 0, position, found.counterparty_id, opened, text=text))
    if effect := beyond(parts, on):
        entries.append(Entry(_account(book, on, MOVED), effect, classification=position, text=text))
    voucher = ledger.NewVoucher(
        kind="PO", text=text, issued_on=said.decided_on, operation_on=on, month=ledger.month_of(year, on),
        entries=entries, external_number=said.number.strip()[:100],
    )  # fmt: skip
    return ledger.post(ledger.journal_of(year, JOURNAL), [voucher], actor=actor, now=now)[0].id


def _part(book: Any, found: Any, row: Claim, said: Decision, part: Part, name: str) -> int:
    """One new claim: the same right, its own term; interest was stopped by the decision."""
    number = f"{found.document_number}/R{name.split('/')[0]}"[:100]
    text = f"{found.text}, {'rata ' + name if said.kind == Kind.INSTALMENTS else 'termin odroczony'}"[:300]
    opened = settlements.new_settlement(
        book,
        found.counterparty_id,
        settlements.Opened(settlements.RECEIVABLE, number, said.decided_on, part.due_on, text),
    )
    Claim.objects.create(
        settlement=opened, book=book, kind=row.kind, interest=row.interest, basis=row.basis,
        basis_number=row.basis_number, basis_on=row.basis_on, case_id=row.case_id,
        classification_id=row.classification_id, contract_id=row.contract_id, period=row.period, main=row,
        first_due_on=row.first_due_on, paused_on=said.decided_on,
    )  # fmt: skip
    return opened.pk


@transaction.atomic
def release_effects(book_id: int, *, actor: Actor, today: date, now: datetime) -> int:
    """Take off the balance of effects what has become due by now; each part once. Return how many.

    Rb-27S shows what decisions moved beyond the period, so that a term that has come ends its effect.
    """
    book = claims.own_book(book_id, actor)
    year = ledger.year_of(book, today)
    account = ledger.account_of(year, MOVED).pk
    rows = Claim.objects.filter(
        book=book, paused_on__year=today.year, settlement__due_on__lte=today
    ).select_related("settlement", "main")
    released = 0
    for part in rows:
        due, decided = part.settlement.due_on, part.paused_on
        if decided is None or (due.year, due.month) <= (decided.year, decided.month):
            continue
        position = settlements.positions([part.settlement_id]).get(part.settlement_id, [])
        amount = settlements.opened_with(part.settlement_id)
        released += _release(year, account, part, amount, position[-1], actor, now)
    return released


def _release(
    year: Any, account: int, part: Claim, amount: int, position: int, actor: Actor, now: datetime
) -> bool:
    due = part.settlement.due_on
    voucher = ledger.NewVoucher(
        kind="PO", text=f"Minął termin: {part.settlement.document_number}"[:300], issued_on=due,
        operation_on=due, month=ledger.month_of(year, due),
        entries=[Entry(account, -amount, classification=position)], origin=f"treasury.effect:{part.pk}",
    )  # fmt: skip
    try:
        ledger.post(ledger.journal_of(year, JOURNAL), [voucher], actor=actor, now=now)
    except ledger.PostedBefore:
        return False
    return True


def _account(book: Any, on: date, number: str) -> int:
    try:
        return ledger.account_of(ledger.year_of(book, on), number).pk
    except LookupError as error:
        words = f"W planie kont nie ma konta {number} (skutki decyzji). Dodaj je do planu kont tego roku."
        raise Wrong("kind", words) from error


def _position(found: Any) -> int:
    return next(iter(settlements.positions([found.pk]).get(found.pk, [])), 0)
