"""Reminders, calls and notes of interest made in a batch: a draft letter each, costs and interest assessed.

Law: u.p.e.a. art. 15 par. 1 (once for a claim, at the debtor's cost), k.c. art. 481, from memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger.api import settlements
from starostwo.office.api import Actor
from starostwo.platform.bank_account import shown
from starostwo.records import api as records
from starostwo.treasury.models import BankAccount, Claim, ClaimKind, InterestKind, Reminder, ReminderLine
from starostwo.treasury.queries.reminders import Debtor, debtors, last_case_of
from starostwo.treasury.rules import reminder_letters as letters
from starostwo.treasury.rules.reminders import DAYS_TO_PAY, Kind
from starostwo.treasury.services import claims
from starostwo.treasury.services.claims import Assessed, Ground, own_book

MOST_LETTERS = 200
COSTS, INTEREST = "0640", "0920"


@dataclass(frozen=True)
class Batch:
    """Whom to remind, how, in cases of which class."""

    kind: Kind
    debtors: Sequence[int]
    class_symbol: str
    late_by: int = 1
    least: int = 1


class NobodyToRemind(Exception):
    """Of those chosen nobody has a claim to be reminded of any more."""


class CannotWrite(Exception):
    """Records refuse the letter; the text says why."""


@transaction.atomic
def remind(book_id: int, batch: Batch, *, actor: Actor, today: date, now: datetime) -> list[Reminder]:
    """Write to each chosen debtor: all letters are drafted or none is."""
    book = own_book(book_id, actor)
    wanted = set(batch.debtors)
    theirs = Claim.objects.filter(book=book, settlement__counterparty__in=wanted).order_by("pk")
    list(theirs.select_for_update(of=("self",)).values_list("pk"))  # two batches do not write the same
    found = debtors(book, batch.kind, today, late_by=batch.late_by, least=batch.least)
    chosen = [one for one in found if one.party.pk in wanted][:MOST_LETTERS]
    if not chosen:
        raise NobodyToRemind
    account = BankAccount.objects.filter(book=book).order_by("pk").first()
    number = shown(account.number) if account else ""
    made = [_write(book, batch, one, number, actor=actor, today=today, now=now) for one in chosen]
    _assess(book, batch.kind, list(zip(made, chosen, strict=True)), actor=actor, today=today, now=now)
    return made


def _write(
    book: Any, batch: Batch, debtor: Debtor, account: str, *, actor: Actor, today: date, now: datetime
) -> Reminder:
    kind, rows = batch.kind, [one.listed for one in debtor.owed]
    letter = records.correspondence.LetterToWrite(
        to=addressee(debtor.party), title=letters.title(kind, rows),
        text=letters.text(kind, rows, debtor.sums, day=today, account=account),
        class_symbol=batch.class_symbol, case_title=f"Dochodzenie należności: {debtor.party.name}"[:200],
        case_id=last_case_of(debtor.party.pk),
    )  # fmt: skip
    try:
        document = records.correspondence.write_letter(letter, actor=actor, today=today, now=now)
    except records.correspondence.CannotWriteLetter as refused:
        raise CannotWrite(str(refused)) from refused
    made = Reminder.objects.create(
        book=book, kind=kind.value, counterparty=debtor.party, document=document, made_on=today,
        left=debtor.sums.left, interest=debtor.sums.interest, cost=debtor.sums.cost, made_at=now,
        made_by_name=actor.name,
    )  # fmt: skip
    ReminderLine.objects.bulk_create(
        ReminderLine(
            reminder=made, claim=one.claim, kind=kind.value, made_on=today, left=one.listed.left,
            interest=one.listed.interest,
        )
        for one in debtor.owed
    )  # fmt: skip
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="remind", thing=str(made), at=now,
        payload={"kind": kind.value, "document": document.pk, "total": made.total},
    )  # fmt: skip
    return made


def addressee(party: Any) -> records.Sender:
    """Who has a PESEL is a person, whose last word is the family name; else the name stays whole."""
    address = {"postcode": party.postcode, "town": party.town, "street": party.street}
    given, _, family = party.name.strip().rpartition(" ")
    if not party.pesel or not given:
        return records.Sender(organization=party.name, **address)
    return records.Sender(given_name=given, family_name=family, pesel=party.pesel, **address)


def _assess(
    book: Any, kind: Kind, pairs: list[tuple[Reminder, Debtor]], *, actor: Actor, today: date, now: datetime
) -> None:
    """Costs of reminders and interest of notes are claims of their own."""
    due_on = today + timedelta(days=DAYS_TO_PAY[kind])
    rows = []
    for made, debtor in pairs:
        if kind is Kind.REMINDER:
            main = debtor.owed[0].claim
            text = f"koszty upomnienia {made.pk}"
            number = f"UP/{made.pk}/{today.year}"
            rows.append(_beside(main, ClaimKind.COSTS, number, made.cost, COSTS, text, today, due_on))
        if kind is Kind.NOTE:
            rows += [
                _beside(
                    one.claim, ClaimKind.INTEREST, f"NO/{made.pk}/{nth}/{today.year}", one.listed.interest,
                    INTEREST, f"odsetki od {one.listed.document}", today, due_on,
                )
                for nth, one in enumerate(debtor.owed, start=1)
            ]  # fmt: skip
    claims.enter(book, rows, actor=actor, now=now)


def _beside(
    main: Claim, kind: str, number: str, amount: int, paragraph: str, text: str, today: date, due_on: date
) -> Assessed:
    """A claim that follows from another: the same debtor and chapter, a paragraph of its own, no interest."""
    place = main.classification
    of_state = place.funding == settlements.STATE
    ground = Ground(
        kind=kind, interest=InterestKind.NONE, basis=main.basis, number=main.basis_number, on=main.basis_on,
        case_id=main.case_id, of_state=of_state, main_id=main.pk,
    )  # fmt: skip
    position = claims.position_of(
        f"{place.division}.{place.chapter}.{paragraph}", today.year, of_state=of_state
    )
    debtor = main.settlement.counterparty_id
    return Assessed(debtor, number, amount, today, due_on, position, text, ground)
