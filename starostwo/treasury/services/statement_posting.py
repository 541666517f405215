"""A statement becomes one voucher (WB): each operation with its other side, refunds out of turnovers.

Law: u.o.r. art. 20 ust. 2; rozp. MRiF 13.09.2017 zał. 3 (130, 201, 221, 245; czystość obrotów), from memory.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry
from starostwo.office.api import Actor
from starostwo.treasury.models import BankOperation, BankStatement, Claim
from starostwo.treasury.rules.payment_states import State
from starostwo.treasury.services import claims
from starostwo.treasury.services.enforcement import update_paid
from starostwo.treasury.services.statements import locked

UNEXPLAINED = "245"
UNSORTED = "130-3"  # not income yet, so that income in the reports is what was recognised
PAYABLE, RECEIVABLE = "201", "221"
BY_CLASS = {"130-1", "130-2"}
Meaning = BankOperation.Meaning


class Undecided(Exception):
    """An operation cannot be posted yet: its position and what is missing, in words."""

    def __init__(self, position: int, words: str) -> None:
        super().__init__(position, words)
        self.position, self.words = position, words


@transaction.atomic
def post_statement(statement_id: int, *, actor: Actor, now: datetime) -> BankStatement:
    """Post the statement as one voucher; transfers of ours that are on it are paid."""
    statement = locked(statement_id, actor)
    year = ledger.year_of(statement.bank_account.book, statement.closed_on)
    rows = list(
        BankOperation.objects.filter(statement=statement)
        .select_related("order", "settlement", "classification")
        .order_by("position")
    )
    if not rows:
        raise Undecided(0, "wyciąg nie ma operacji, więc nie ma czego księgować")
    poster = _Poster(statement, year, rows)
    voucher = ledger.NewVoucher(
        kind="WB", text=f"Wyciąg {statement.number}, {statement.bank_account.name}"[:300],
        issued_on=statement.closed_on, operation_on=statement.closed_on, external_number=statement.number,
        month=ledger.month_of(year, statement.closed_on), origin=f"{statement}",
        entries=[entry for row in rows for entry in poster.entries(row)],
    )  # fmt: skip
    [posted] = ledger.post(ledger.journal_of(year, "WB"), [voucher], actor=actor, now=now)
    for row in rows:
        if row.order is not None:
            row.order.state = State.PAID
            row.order.save(update_fields=["state"])
    statement.voucher_id = posted.id
    statement.save(update_fields=["voucher_id"])
    update_paid(statement.bank_account.book, actor=actor, now=now)
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="post", thing=str(statement), at=now,
        payload={"voucher": posted.id, "number": posted.number},
    )  # fmt: skip
    return statement


class _Poster:
    """Turns operations of one statement into entries."""

    def __init__(self, statement: BankStatement, year: Any, rows: list[BankOperation]) -> None:
        self.account = statement.bank_account
        self.year = year
        self.with_interest = set[int]()  # interest of a claim is taken once a statement
        debts = [row.settlement_id for row in rows if row.settlement_id]
        self.positions = ledger.settlements.positions([one for one in debts if one])

    def entries(self, row: BankOperation) -> list[Entry]:
        """Both sides of one operation."""
        ways: dict[str, Callable[[BankOperation], list[Entry]]] = {
            Meaning.ORDER: self._order, Meaning.SETTLEMENT: self._settlement, Meaning.ACCOUNT: self._account,
            Meaning.UNKNOWN: self._unknown,
        }  # fmt: skip
        return ways[row.meaning](row)

    def _order(self, row: BankOperation) -> list[Entry]:
        order = row.order
        if order is None or order.state != State.EXPORTED:
            raise Undecided(row.position, "przelew nie czeka już na wyciąg; zdecyduj o operacji ręcznie")
        return self._sides(
            row, self._number(order.ledger_account), self.account.account_out, order.classification_id,
            counterparty=order.counterparty_id, settlement=order.settlement_id,
        )  # fmt: skip

    def _settlement(self, row: BankOperation) -> list[Entry]:
        """Money for a claim or back to the payer (221), to a supplier or back from him (201)."""
        debt = row.settlement
        if debt is None:
            raise Undecided(row.position, "wybierz rozrachunek")
        is_claim = debt.side == ledger.settlements.RECEIVABLE
        bank = self.account.account_in if is_claim else self.account.account_out
        known = self.positions.get(debt.pk, [])
        position = row.classification_id or (known[0] if known else None)
        other = self._number(RECEIVABLE if is_claim else PAYABLE)
        if is_claim and row.amount > 0 and (split := self._with_interest(row, debt, position)):
            return split
        entries = self._sides(
            row, other, bank, position, counterparty=debt.counterparty_id, settlement=debt.pk,
            other_position=position if is_claim else None,
        )  # fmt: skip
        is_back = is_claim == (row.amount < 0)
        if is_back and bank in BY_CLASS:
            turnover = {"debit": row.amount} if row.amount > 0 else {"credit": -row.amount}
            entries += ledger.purity(self._number(bank), classification=position, **turnover)
        return entries

    def _with_interest(self, row: BankOperation, debt: Any, position: int | None) -> list[Entry]:
        """A late payment of a claim of the register: its interest is income of interest."""
        principal, borne = claims.fall_of(debt.pk, row.amount, row.booked_on)
        if not borne or debt.pk in self.with_interest:
            return []
        self.with_interest.add(debt.pk)
        claim = Claim.objects.select_related("classification").get(settlement=debt.pk)
        own = claims.interest_position(claim, self.year.year)
        bank, text = self._number(self.account.account_in), row.title[:300]
        of_bank = self.account.account_in in BY_CLASS
        entries = [
            Entry(bank, principal, 0, position if of_bank else None, text=text),
            Entry(self._number(RECEIVABLE), 0, principal, position, debt.counterparty_id, debt.pk, text=text),
            Entry(bank, borne, 0, own if of_bank else None, text=text),
            Entry(self._number(claims.INTEREST_INCOME), 0, borne, own, text=text),
        ]
        return [one for one in entries if one.debit or one.credit]

    def _account(self, row: BankOperation) -> list[Entry]:
        bank = self.account.account_in if row.amount > 0 else self.account.account_out
        position = row.classification_id
        return self._sides(
            row, self._number(row.ledger_account), bank, position, counterparty=row.counterparty_id,
            other_position=position,
        )  # fmt: skip

    def _unknown(self, row: BankOperation) -> list[Entry]:
        """What came and nobody knows goes to 245; what went has to be explained first."""
        if row.amount < 0:
            raise Undecided(row.position, "obciążenie rachunku trzeba wyjaśnić przed księgowaniem")
        if self.account.account_in not in BY_CLASS:
            return self._sides(row, self._number(UNEXPLAINED), self.account.account_in, None)
        if row.classification_id is None:
            return self._sides(row, self._number(UNEXPLAINED), UNSORTED, None)
        return self._sides(row, self._number(UNEXPLAINED), self.account.account_in, row.classification_id)

    def _sides(
        self, row: BankOperation, other: int, bank: str, position: int | None, *,
        counterparty: int | None = None, settlement: int | None = None, other_position: int | None = None,
    ) -> list[Entry]:  # fmt: skip
        if bank in BY_CLASS and position is None:
            raise Undecided(row.position, "podaj klasyfikację (dział, rozdział, paragraf)")
        amount, text = abs(row.amount), row.title[:300]
        mine = Entry(self._number(bank), classification=position, text=text)
        theirs = Entry(
            other, classification=other_position, counterparty=counterparty, settlement=settlement, text=text
        )
        came = row.amount > 0
        return [
            _with(mine, debit=amount if came else 0, credit=0 if came else amount),
            _with(theirs, debit=0 if came else amount, credit=amount if came else 0),
        ]

    def _number(self, number: str) -> int:
        return ledger.account_of(self.year, number).pk


def _with(entry: Entry, *, debit: int, credit: int) -> Entry:
    return Entry(
        entry.account, debit, credit, entry.classification, entry.counterparty, entry.settlement,
        entry.contract, entry.text,
    )  # fmt: skip
