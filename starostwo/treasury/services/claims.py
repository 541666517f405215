"""Claims of the county: assessed (przypis) and reduced (odpis) in the books by one voucher each.

Law: u.o.r. art. 20 ust. 2, art. 25 ust. 1 pkt 2; rozp. MRiF 13.09.2017 zał. 3 (221 and 720), from memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.office.api import Actor
from starostwo.records import api as records
from starostwo.treasury.models import Basis, Claim, ClaimKind, InterestKind
from starostwo.treasury.queries.claims import interest_on
from starostwo.treasury.queries.reminders import noted_of
from starostwo.treasury.rules.claim_payment import fall
from starostwo.treasury.rules.interest import Kind as InterestOf

CLAIMS, INCOME, INTEREST_INCOME = "221", "720", "750"
INTEREST = "0920"
JOURNAL = "FS"


class NoSuchClaim(Exception):
    """There is no such claim or book for this person."""


class Wrong(Exception):
    """A field does not hold; its name and what to do about it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field, words)
        self.field, self.words = field, words


@dataclass(frozen=True)
class Ground:
    """By what right something is claimed: its kind, the interest it bears, the decision or contract."""

    kind: str = ClaimKind.FEE
    interest: str = InterestKind.DELAY
    basis: str = Basis.LAW
    number: str = ""
    on: date | None = None
    case_id: int | None = None
    of_state: bool = False
    contract_id: int | None = None
    period: str = ""
    main_id: int | None = None


@dataclass(frozen=True)
class NewClaim:
    """Who owes what, since when, until when, under which paragraph of income, by what right."""

    debtor: settlements.Known
    document_number: str
    amount: int
    issued_on: date
    due_on: date
    position: str
    text: str
    ground: Ground = Ground()
    case_mark: str = ""


@dataclass(frozen=True)
class Assessed:
    """A claim that was checked: whose, how much, under which row of the classification."""

    debtor_id: int
    document_number: str
    amount: int
    issued_on: date
    due_on: date
    classification_id: int
    text: str
    ground: Ground


@transaction.atomic
def assess(book_id: int, said: NewClaim, *, actor: Actor, now: datetime) -> int:
    """Enter a claim into books and register: 221 against 720; return the number of its settlement."""
    book = own_book(book_id, actor)
    if said.amount <= 0:
        raise Wrong("amount", "Kwota musi być większa od zera.")
    if said.due_on < said.issued_on:
        raise Wrong("due_on", "Termin zapłaty nie może być wcześniejszy niż dzień dokumentu.")
    if said.ground.basis != Basis.LAW and not (said.ground.number.strip() and said.ground.on):
        raise Wrong("basis_number", "Podaj numer i dzień decyzji albo umowy.")
    ground = replace(said.ground, case_id=case_of(said.case_mark, actor))
    year = ledger.year_of(book, said.issued_on)
    checked = Assessed(
        settlements.keep_counterparty(said.debtor).pk, said.document_number, said.amount, said.issued_on,
        said.due_on, position_of(said.position, year.year, of_state=ground.of_state), said.text, ground,
    )  # fmt: skip
    return enter(book, [checked], actor=actor, now=now)[0].settlement_id


def own_book(book_id: int, actor: Actor) -> Any:
    """A book in which the person may enter claims."""
    book = ledger.visible_books(actor).filter(pk=book_id).first()
    if book is None or not ledger.may_post(actor, book):
        raise NoSuchClaim(book_id)
    return book


def case_of(mark: str, actor: Actor) -> int | None:
    """The case of a typed mark, when one was typed."""
    if not mark.strip():
        return None
    case = records.visible_cases(actor).filter(mark=mark.strip()).first()
    if case is None:
        raise Wrong("case_mark", "Nie ma takiej sprawy albo jej nie widzisz. Popraw znak albo zostaw puste.")
    return int(case.pk)


def position_of(typed: str, year: int, *, of_state: bool = False) -> int:
    """The row of a typed position of income."""
    try:
        return settlements.income(typed, year=year, of_state=of_state).pk
    except ledger.NotAPosition as error:
        raise Wrong("position", "Podaj dział, rozdział i paragraf dochodów ze słownika.") from error


def enter(book: Any, rows: Sequence[Assessed], *, actor: Actor, now: datetime) -> list[Claim]:
    """Enter checked claims into books and register, each by a voucher of its own; all or none.

    They are of one year, in which all of them are issued.
    """
    if not rows:
        return []
    year = ledger.year_of(book, rows[0].issued_on)
    month_of = cache(lambda day: ledger.month_of(year, day))
    account = cache(lambda number: ledger.account_of(year, number).pk)
    made, vouchers = [], []
    for row in rows:
        kept = register(book, row)
        made.append(kept)
        income = INTEREST_INCOME if row.ground.kind == ClaimKind.INTEREST else INCOME
        entries = entries_of(
            account(CLAIMS), account(income), row.amount, row.classification_id, kept.settlement_id,
            row.debtor_id, row.text,
        )  # fmt: skip
        vouchers.append(
            ledger.NewVoucher(
                kind="PO", text=f"Przypis: {row.text}"[:300], issued_on=row.issued_on,
                operation_on=row.issued_on, month=month_of(row.issued_on), entries=entries,
                external_number=row.document_number[:100], origin=str(kept),
            )
        )  # fmt: skip
    ledger.post(ledger.journal_of(year, JOURNAL), vouchers, actor=actor, now=now)
    for kept, row in zip(made, rows, strict=True):
        note(kept.settlement_id, "assess", actor, now, amount=row.amount)
    return made


def register(book: Any, row: Assessed) -> Claim:
    """The row of the register of a checked claim, with its settlement; the caller posts its voucher."""
    opened = settlements.Opened(
        settlements.RECEIVABLE, row.document_number[:100], row.issued_on, row.due_on, row.text[:300]
    )
    ground = row.ground
    return Claim.objects.create(
        settlement=settlements.new_settlement(book, row.debtor_id, opened), book=book, kind=ground.kind,
        interest=ground.interest, basis=ground.basis, basis_number=ground.number.strip()[:100],
        basis_on=ground.on, case_id=ground.case_id, classification_id=row.classification_id,
        contract_id=ground.contract_id, period=ground.period, main_id=ground.main_id,
        first_due_on=row.due_on,
    )  # fmt: skip


@transaction.atomic
def reduce(
    claim_id: int, amount: int, *, book_id: int, reason: str, actor: Actor, today: date, now: datetime
) -> None:
    """Take a part of a claim back by red entries, no more than is left of it."""
    book = own_book(book_id, actor)
    claim = open_claim(book, claim_id)
    if not 0 < amount <= claim.left:
        raise Wrong("amount", "Odpis musi być większy od zera i nie większy niż to, co zostało do zapłaty.")
    if not reason.strip():
        raise Wrong("reason", "Napisz powód, na przykład numer decyzji.")
    take_back(book, claim, amount, text=f"Odpis: {reason.strip()}", actor=actor, today=today, now=now)
    note(claim_id, "reduce", actor, now, amount=amount, reason=reason.strip()[:300])


def open_claim(book: Any, claim_id: int) -> Any:
    """Lock a claim on which something is left; the row says how much."""
    settlements.lock(book, [claim_id])
    found = settlements.open_of(book, settlements.RECEIVABLE).filter(pk=claim_id).first()
    if found is None:
        raise NoSuchClaim(claim_id)
    return found


def take_back(
    book: Any, claim: Any, amount: int, *, text: str, actor: Actor, today: date, now: datetime,
    effect: Sequence[Entry] = (),
) -> int:  # fmt: skip
    """Enter the red entries of a reduction, with what else the voucher holds; return the voucher."""
    year = ledger.year_of(book, today)
    position = next(iter(settlements.positions([claim.pk]).get(claim.pk, [])), 0)
    receivable, income = (ledger.account_of(year, number).pk for number in (CLAIMS, INCOME))
    entries = entries_of(receivable, income, -amount, position, claim.pk, claim.counterparty_id, text)
    voucher = ledger.NewVoucher(
        kind="PO", text=text[:300], issued_on=today, operation_on=today, month=ledger.month_of(year, today),
        entries=[*entries, *effect], external_number=claim.document_number,
    )  # fmt: skip
    return ledger.post(ledger.journal_of(year, JOURNAL), [voucher], actor=actor, now=now)[0].id


def fall_of(settlement_id: int, amount: int, day: date) -> tuple[int, int]:
    """How a payment of a claim falls on principal and interest on a day; without a row all is principal."""
    row = Claim.objects.filter(settlement=settlement_id).first()
    found = settlements.open_among([settlement_id]).first()
    if row is None or found is None:
        return amount, 0
    borne = (interest_on(found, row, day) or 0) - noted_of([row]).get(row.pk, 0)
    return fall(InterestOf(row.interest), amount, found.left, borne)  # type: ignore[attr-defined]


def interest_position(row: Claim, year: int) -> int:
    """Where interest of a claim is income: paragraph 0920 of its chapter."""
    place = row.classification
    of_state = place.funding == settlements.STATE
    return position_of(f"{place.division}.{place.chapter}.{INTEREST}", year, of_state=of_state)


def entries_of(
    receivable: int, income: int, amount: int, position: int, claim: int, debtor: int, text: str
) -> list[Entry]:
    """Both sides of an assessment; red ones when the amount is negative."""
    return [
        Entry(receivable, amount, 0, position, debtor, claim, text=text[:300]),
        Entry(income, 0, amount, position, text=text[:300]),
    ]


def note(claim: int, verb: str, actor: Actor, now: datetime, **said: object) -> None:
    """One line of history of a claim."""
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"treasury.claim:{claim}",
        payload=said, at=now,
    )  # fmt: skip
