"""Debt: instruments are registered, their schedules changed, drawings and repayments proposed as vouchers.

Law: ufp art. 89-91, 243; rozp. MRiF 13.09.2017 zał. 2 (134, 260) and 3 (751), from memory.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import access, proposals
from starostwo.ledger.models import (
    Book,
    DebtInstalment,
    DebtInstrument,
    DebtMove,
    DebtYear,
    FiscalYear,
    Settlement,
)
from starostwo.ledger.queries import debts as queries
from starostwo.ledger.queries.reports import filled, form_for
from starostwo.ledger.rules.debts import (
    BOOKED,
    INTEREST_PAID_AS,
    Instalment,
    Kind,
    Move,
    NotASchedule,
    read_schedule,
    title,
    typed_amount,
)
from starostwo.ledger.settlements import Known, keep_counterparty
from starostwo.office.api import Actor

CASH, SPENDING, COST = "133", "130-2", "751"
DECEMBER = 12


class NoSuchDebt(Exception):
    """There is no such instrument for this person, or he does not keep the register."""


class WrongDebt(Exception):
    """A field does not hold; its name and what to do about it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field, words)
        self.field, self.words = field, words


@dataclass(frozen=True)
class NewDebt:
    """What is said of an instrument, with its schedule as it was typed."""

    kind: str
    number: str
    lender: Known
    sector: str
    subject: str
    signed_on: date
    amount: int
    schedule: str
    left_out_by: str = ""


@transaction.atomic
def register(book_id: int, said: NewDebt, *, actor: Actor, now: datetime) -> DebtInstrument:
    """Enter an instrument with its schedule; its settlement opens here, its money comes by vouchers."""
    book = queries.books(actor).filter(pk=book_id).first()
    if book is None or not access.may_change_plan(actor):
        raise NoSuchDebt(book_id)
    if DebtInstrument.objects.filter(book=book, number=said.number.strip()).exists():
        raise WrongDebt("number", "Taki numer jest już w rejestrze długu.")
    if said.amount <= 0:
        raise WrongDebt("amount", "Kwota musi być większa od zera.")
    rows = _schedule(said.schedule, since=said.signed_on, amount=said.amount)
    kind = Kind(said.kind)
    if kind is Kind.GUARANTEE and any(row.interest for row in rows):
        raise WrongDebt("schedule", "Przy poręczeniu wpisz jedną kwotę w wierszu: tyle, ile można zapłacić.")
    party = keep_counterparty(said.lender)
    if said.sector and party.sector != said.sector:
        party.sector = said.sector
        party.save(update_fields=["sector"])
    settlement = None
    if kind is not Kind.GUARANTEE:
        settlement = Settlement.objects.create(
            book=book, counterparty=party, side=Settlement.Side.PAYABLE, document_number=said.number.strip(),
            issued_on=said.signed_on, due_on=rows[-1].due_on, text=said.subject.strip()[:300],
        )  # fmt: skip
    made = DebtInstrument.objects.create(
        book=book, kind=kind.value, number=said.number.strip(), counterparty=party,
        subject=said.subject.strip()[:200], signed_on=said.signed_on, last_on=rows[-1].due_on,
        title=title(kind, said.signed_on, rows[-1].due_on), amount=said.amount, settlement=settlement,
        left_out_by=said.left_out_by.strip()[:200],
    )  # fmt: skip
    _write(made, rows)
    _note(made, "register", actor, now, amount=said.amount, instalments=len(rows))
    return made


def _schedule(typed: str, *, since: date, amount: int) -> list[Instalment]:
    try:
        return read_schedule(typed, since=since, amount=amount)
    except NotASchedule as wrong:
        raise WrongDebt("schedule", str(wrong)) from wrong


def _write(instrument: DebtInstrument, rows: Sequence[Instalment]) -> None:
    DebtInstalment.objects.bulk_create(
        DebtInstalment(
            instrument=instrument, due_on=row.due_on, principal=row.principal, interest=row.interest
        )
        for row in rows
    )  # fmt: skip


@transaction.atomic
def reschedule(debt_id: int, typed: str, *, actor: Actor, now: datetime) -> DebtInstrument:
    """Write the rest of a schedule anew, by an annex: what nothing was paid of yet is replaced."""
    debt = locked(debt_id, actor)
    told = queries.schedule(debt, queries.standings(debt))
    open_rows = [
        one for one in told
        if one.principal_left == one.row.principal and one.interest_left == one.row.interest
    ]  # fmt: skip
    kept = [one.row for one in told if one not in open_rows]
    amount = debt.amount - sum(row.principal for row in kept)
    since = max([debt.signed_on, *(row.due_on for row in kept)])
    rows = _schedule(typed, since=since, amount=amount)
    if any(row.due_on == one.due_on for row in rows for one in kept):
        raise WrongDebt("schedule", f"Rata z dnia {since:%d.%m.%Y} jest już spłacana; zacznij od następnej.")
    DebtInstalment.objects.filter(pk__in=[one.row.pk for one in open_rows]).update(withdrawn_at=now)
    _write(debt, rows)
    debt.last_on = rows[-1].due_on
    debt.save(update_fields=["last_on"])
    _note(debt, "reschedule", actor, now, instalments=len(rows), last=debt.last_on.isoformat())
    return debt


@transaction.atomic
def draw(debt_id: int, amount: int, *, on: date, actor: Actor, now: datetime) -> DebtMove:
    """Propose the voucher of money that came: 133 against 134 or 260, as revenue of the budget."""
    debt = locked(debt_id, actor)
    if debt.kind == Kind.GUARANTEE:
        raise WrongDebt("amount", "Poręczenia się nie zaciąga; zmniejsza się je, gdy dłużnik spłaca.")
    drawn = sum(
        one.move.amount for one in queries.standings(debt) if one.counts and one.move.kind == Move.DRAWING
    )
    if not 0 < amount <= debt.amount - drawn:
        raise WrongDebt("amount", "Kwota musi być większa od zera i mieścić się w umowie.")
    booked = BOOKED[Kind(debt.kind)]
    lines = [
        {"account": CASH, "debit": typed_amount(amount)},
        _of_debt(debt, booked.drawn) | {"credit": typed_amount(amount)},
    ]
    move = _move(debt, Move.DRAWING, amount, on, None, actor, now)
    return _propose(move, debt.book.code, f"Wpływ środków: {debt.number}", lines, actor, now)


@transaction.atomic
def repay(instalment_id: int, *, on: date, unit_code: str, actor: Actor, now: datetime) -> list[DebtMove]:
    """Propose what an instalment pays: the principal in the budget, the interest in the unit.

    Of a guarantee nothing is paid: what the debtor repaid himself is released.
    """
    row = DebtInstalment.objects.select_related("instrument").filter(pk=instalment_id).first()
    debt = locked(row.instrument_id if row else 0, actor)
    told = {one.row.pk: one for one in queries.schedule(debt, queries.standings(debt))}
    waiting = told.get(instalment_id)
    if waiting is None or not (waiting.principal_left or waiting.interest_left):
        raise WrongDebt("on", "Ta rata jest już przygotowana albo zastąpiona aneksem.")
    if debt.kind == Kind.GUARANTEE:
        made = _move(debt, Move.RELEASE, waiting.principal_left, on, waiting.row, actor, now)
        _note(debt, "release", actor, now, amount=made.amount)
        return [made]
    moves = []
    if waiting.principal_left:
        amount = waiting.principal_left
        lines = [
            _of_debt(debt, BOOKED[Kind(debt.kind)].repaid) | {"debit": typed_amount(amount)},
            {"account": CASH, "credit": typed_amount(amount)},
        ]
        move = _move(debt, Move.REPAYMENT, amount, on, waiting.row, actor, now)
        moves.append(_propose(move, debt.book.code, f"Spłata raty: {debt.number}", lines, actor, now))
    if waiting.interest_left:
        amount = waiting.interest_left
        lines = [
            {"account": COST, "debit": typed_amount(amount), "position": INTEREST_PAID_AS},
            {"account": SPENDING, "credit": typed_amount(amount), "position": INTEREST_PAID_AS},
        ]
        if not unit_code:
            raise WrongDebt("unit", "Wybierz jednostkę, która płaci odsetki.")
        move = _move(debt, Move.INTEREST, amount, on, waiting.row, actor, now)
        moves.append(_propose(move, unit_code, f"Odsetki: {debt.number}", lines, actor, now))
    return moves


def _of_debt(debt: DebtInstrument, paragraph: str) -> dict[str, str]:
    return {
        "account": BOOKED[Kind(debt.kind)].account, "position": paragraph,
        "party": f"#{debt.counterparty_id}", "settled": debt.number,
    }  # fmt: skip


def _move(
    debt: DebtInstrument, kind: Move, amount: int, on: date, row: DebtInstalment | None, actor: Actor,
    now: datetime,
) -> DebtMove:  # fmt: skip
    if on < debt.signed_on:
        raise WrongDebt("on", "Ten dzień jest przed zawarciem umowy.")
    return DebtMove.objects.create(
        instrument=debt, instalment=row, kind=kind.value, on_day=on, amount=amount, made_at=now,
        made_by_name=actor.name,
    )  # fmt: skip


def _propose(
    move: DebtMove, code: str, text: str, lines: Sequence[Mapping[str, str]], actor: Actor, now: datetime
) -> DebtMove:
    said = proposals.Proposed(
        text=text[:300], external_number=move.instrument.number, document=str(move), on=move.on_day,
        lines=lines,
    )  # fmt: skip
    try:
        move.draft_id = proposals.propose(code, said, actor=actor, now=now)
    except proposals.NoBook as missing:
        raise WrongDebt("on", f"Księga nie ma otwartego roku: {missing}.") from missing
    move.save(update_fields=["draft_id"])
    _note(move.instrument, move.kind.lower(), actor, now, amount=move.amount, draft=move.draft_id)
    return move


def locked(debt_id: int, actor: Actor) -> DebtInstrument:
    """An instrument that the person may work with, locked."""
    if not access.may_change_plan(actor):
        raise NoSuchDebt(debt_id)
    rows = DebtInstrument.objects.select_for_update(of=("self",)).select_related("book")
    found = rows.filter(pk=debt_id, book__in=queries.books(actor)).first()
    if found is None:
        raise NoSuchDebt(debt_id)
    return found


@transaction.atomic
def set_year(
    book_id: int, year: int, said: Mapping[str, int], source: str, *, actor: Actor, now: datetime
) -> DebtYear:
    """Keep the figures of a year for art. 243, written over those before; the history keeps both."""
    book = queries.books(actor).filter(pk=book_id).first()
    if book is None or not access.may_change_plan(actor):
        raise NoSuchDebt(book_id)
    values = {name: said[name] for name in queries.FIGURES}
    made, _ = DebtYear.objects.update_or_create(
        book=book, year=year, defaults=values | {"source": source[:100]}
    )
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="set_year", thing=str(made), at=now,
        payload={"year": year, "source": source, **values},
    )  # fmt: skip
    return made


class NoReport(Exception):
    """The book has no year from which the figures could be taken."""


def from_report(book: Book, year: int, *, of_plan: bool) -> dict[str, int]:
    """What Rb-NDS of the year and the spending on debt say; programmes it does not tell apart."""
    kept = FiscalYear.objects.filter(book=book, year=year).select_related("book").first()
    if kept is None:
        raise NoReport(year)
    rows = {row.key: row.cells for row in filled(form_for("rb-nds", year, DECEMBER), kept, DECEMBER)}
    column = "p" if of_plan else "w"
    service = queries.debt_service(kept, of_plan=of_plan)
    return dict.fromkeys(queries.FIGURES, 0) | {
        "current_income": rows["A1"][column], "current_spending": rows["B1"][column],
        "property_income": rows["A21"][column], "debt_service": service,
    }  # fmt: skip


def _note(debt: DebtInstrument, verb: str, actor: Actor, now: datetime, **said: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(debt), payload=said, at=now
    )
