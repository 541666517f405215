"""What a resident owes, for his own account, and money that came for it; a part of the door.

A claim is a person's by the PESEL of its debtor; who asks has to have proved it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.office.api import Actor
from starostwo.treasury.models import Claim, ReminderLine
from starostwo.treasury.queries.claims import interest_on
from starostwo.treasury.queries.reminders import noted_of
from starostwo.treasury.services import claims

__all__ = ["NoSuchClaim", "OwnClaim", "all_in_words", "receive", "those_of"]

IN_TRANSIT = "141"
NoSuchClaim = claims.NoSuchClaim


@dataclass(frozen=True)
class OwnClaim:
    """One claim as its debtor sees it: the number of its row, words, what is left, interest to the day."""

    id: int
    number: str
    text: str
    kind: str
    due_on: date
    left: int
    interest: int
    basis: str
    is_late: bool

    @property
    def total(self) -> int:
        """What is to be paid on the day."""
        return self.left + self.interest


def those_of(pesel: str, today: date) -> list[OwnClaim]:
    """The open claims whose debtor has this PESEL, the earliest term first; four queries."""
    if not pesel:
        return []
    rows = {one.settlement_id: one for one in Claim.objects.filter(settlement__counterparty__pesel=pesel)}
    noted = noted_of(list(rows.values()))
    open_rows = settlements.open_among(list(rows)).order_by("due_on", "pk")
    return [_told(one, rows[one.pk], noted.get(rows[one.pk].pk, 0), today) for one in open_rows]


def all_in_words(pesel: str, today: date) -> list[dict[str, Any]]:
    """Every claim of the person, paid ones too, with the letters sent about it, for the copy of his data.

    Law: RODO art. 15 ust. 3
    """
    if not pesel:
        return []
    interest = {one.id: one.interest for one in those_of(pesel, today)}
    rows = Claim.objects.filter(settlement__counterparty__pesel=pesel).order_by("settlement__due_on", "pk")
    letters: dict[int, list[dict[str, Any]]] = {}
    for line in ReminderLine.objects.filter(claim__in=rows).order_by("made_on", "id"):
        told = {"rodzaj": line.get_kind_display(), "z dnia": line.made_on, "pozostało w groszach": line.left}
        letters.setdefault(line.claim_id, []).append(told)
    return [
        _in_words(row, interest.get(row.pk, 0)) | {"pisma": letters.get(row.pk, [])}
        for row in rows.select_related("settlement__counterparty", "settlement__sum")
    ]


def _in_words(row: Claim, interest: int) -> dict[str, Any]:
    owed, sums = row.settlement, row.settlement.sum
    return {
        "numer": owed.document_number,
        "za co": owed.text,
        "rodzaj": row.get_kind_display(),
        "podstawa": " ".join((row.get_basis_display(), row.basis_number)).strip(),
        "dłużnik": owed.counterparty.name,
        "z dnia": owed.issued_on,
        "termin": owed.due_on,
        "przypisano w groszach": sums.debit,
        "wpłacono albo odpisano w groszach": sums.credit,
        "pozostało w groszach": sums.debit - sums.credit,
        "odsetki na dziś w groszach": interest,
    }


def _told(settlement: Any, row: Claim, noted: int, today: date) -> OwnClaim:
    borne = max(0, (interest_on(settlement, row, today) or 0) - noted)
    basis = row.get_basis_display() + (f" {row.basis_number}" if row.basis_number else "")
    return OwnClaim(
        row.pk, settlement.document_number, settlement.text, row.get_kind_display(), settlement.due_on,
        settlement.left, borne, basis, settlement.due_on < today,
    )  # fmt: skip


@transaction.atomic
def receive(
    claim_id: int, amount: int, *, received_on: date, origin: str, text: str, actor: Actor, now: datetime
) -> bool:
    """Enter money for a claim that is on its way to the bank (141); once for each origin.

    Return whether it is new. What falls on interest is income of interest.
    """
    row = Claim.objects.select_related("settlement", "classification", "book").filter(pk=claim_id).first()
    if row is None or not ledger.may_post(actor, row.book):
        raise NoSuchClaim(claim_id)
    year = ledger.year_of(row.book, received_on)
    principal, borne = claims.fall_of(row.settlement_id, amount, received_on)
    position = next(iter(settlements.positions([row.settlement_id]).get(row.settlement_id, [])), None)
    entries = [
        Entry(ledger.account_of(year, IN_TRANSIT).pk, amount, 0, text=text),
        Entry(
            ledger.account_of(year, claims.CLAIMS).pk, 0, principal, position,
            row.settlement.counterparty_id, row.settlement_id, text=text,
        ),
    ]  # fmt: skip
    if borne:
        income = ledger.account_of(year, claims.INTEREST_INCOME).pk
        entries.append(Entry(income, 0, borne, claims.interest_position(row, year.year), text=text))
    voucher = ledger.NewVoucher(
        kind="PK", text=text[:300], issued_on=received_on, operation_on=received_on,
        month=ledger.month_of(year, received_on), entries=[one for one in entries if one.debit or one.credit],
        external_number=row.settlement.document_number, origin=origin,
    )  # fmt: skip
    try:
        ledger.post(ledger.journal_of(year, "PK"), [voucher], actor=actor, now=now)
    except ledger.PostedBefore:
        return False
    return True
