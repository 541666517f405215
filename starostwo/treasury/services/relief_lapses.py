"""A decision lapses when an instalment or a put-off claim is not paid in its term: it is owed as before.

In the books the unpaid parts go red and what they come to stands on a claim of its own with the first term,
from which interest runs without a pause; what later parts had as an effect (989-2) is taken off.
Law: o.p. art. 259 par. 1, from memory; of civil claims the decision says whether the whole of it lapses.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.ledger import api as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.office.api import Actor
from starostwo.treasury.models import Claim, Relief, ReliefLapse
from starostwo.treasury.queries import reliefs as queries
from starostwo.treasury.services import claims
from starostwo.treasury.services.claims import CLAIMS, JOURNAL
from starostwo.treasury.services.reliefs import MOVED


class NothingLapses(Exception):
    """No part of the decision is unpaid after its term, or the decision is not of this person's book."""


@transaction.atomic
def lapse(relief_id: int, *, is_whole: bool, actor: Actor, today: date, now: datetime) -> ReliefLapse:
    """Enter that the decision lapsed: for parts late by now, or for all that is left of it."""
    relief = Relief.objects.select_related("claim__book", "claim__settlement").filter(pk=relief_id).first()
    if relief is None or not ledger.may_post(actor, relief.claim.book):
        raise NothingLapses(relief_id)
    book = relief.claim.book
    settlements.lock(book, [row.settlement_id for row in queries.parts_of(relief)])
    open_parts = queries.open_parts(relief)
    late = [one for one in open_parts if one.due_on < today]
    if not late:
        raise NothingLapses(relief_id)
    wanted = open_parts if is_whole else late
    voucher = _post(relief, wanted, today, actor, now)
    made = ReliefLapse.objects.create(
        relief=relief, on_day=today, amount=sum(one.left for one in wanted), is_whole=is_whole,
        voucher_id=voucher, made_at=now, made_by_name=actor.name,
    )  # fmt: skip
    claims.note(relief.claim.settlement_id, "lapse", actor, now, number=relief.number, amount=made.amount)
    return made


def _post(relief: Relief, wanted: Sequence[Any], on: date, actor: Actor, now: datetime) -> int:
    year = ledger.year_of(relief.claim.book, on)
    receivable, effects = (ledger.account_of(year, number).pk for number in (CLAIMS, MOVED))
    positions = settlements.positions([one.pk for one in wanted])
    rows = {row.settlement_id: row.pk for row in queries.parts_of(relief)}
    text = f"Wygaśnięcie decyzji {relief.number}"[:300]
    opened, debtor = _back(relief, on), relief.claim.settlement.counterparty_id
    entries, released = [], []
    for one in wanted:
        position = next(iter(positions.get(one.pk, [])), None)
        entries.append(Entry(receivable, -one.left, 0, position, debtor, one.pk, text=text))
        entries.append(Entry(receivable, one.left, 0, position, debtor, opened, text=text))
        if (one.due_on.year, one.due_on.month) > (on.year, on.month):
            effect = [Entry(effects, -settlements.opened_with(one.pk), classification=position, text=text)]
            released.append((f"treasury.effect:{rows[one.pk]}", effect))
    vouchers = [
        ledger.NewVoucher(
            kind="PO", text=text, issued_on=on, operation_on=on, month=ledger.month_of(year, on),
            entries=lines, external_number=relief.number[:100], origin=origin,
        )
        for origin, lines in [(None, entries), *released]
    ]  # fmt: skip
    return ledger.post(ledger.journal_of(year, JOURNAL), vouchers, actor=actor, now=now)[0].id


def _back(relief: Relief, on: date) -> int:
    """The claim as it was before the decision: its first term, no pause."""
    row, before = relief.claim, relief.claim.settlement
    number = f"{before.document_number}/W{relief.lapses.count() + 1}"[:100]
    opened = settlements.new_settlement(
        row.book, before.counterparty_id,
        settlements.Opened(
            settlements.RECEIVABLE, number, on, row.first_due_on, f"{before.text}, decyzja wygasła"[:300]
        ),
    )  # fmt: skip
    Claim.objects.create(
        settlement=opened, book=row.book, kind=row.kind, interest=row.interest, basis=row.basis,
        basis_number=row.basis_number, basis_on=row.basis_on, case_id=row.case_id,
        classification_id=row.classification_id, contract_id=row.contract_id, period=row.period, main=row,
        first_due_on=row.first_due_on,
    )  # fmt: skip
    return opened.pk
