"""Contracts: typed as drafts, registered with a number and committed on 998 and 999, changed by annexes.

Law: ufp art. 46 ust. 1, art. 34a (from memory); rozp. MRiF 13.09.2017 zał. 3 (998, 999).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import (
    Book,
    Classification,
    Contract,
    ContractAnnex,
    ContractDraft,
    ContractPart,
    Counterparty,
    FiscalYear,
    Voucher,
)
from starostwo.ledger.queries import contracts as queries
from starostwo.ledger.queries.accounts import account_of as account_at
from starostwo.ledger.queries.accounts import journal_of, month_of, year_of
from starostwo.ledger.rules.contracts import (
    LATER_YEARS,
    THIS_YEAR,
    Part,
    ReadContract,
    account_of,
    read_annex,
    read_contract,
)
from starostwo.ledger.rules.vouchers import OPENING, Entry, NewVoucher
from starostwo.ledger.services.dictionaries import classify
from starostwo.ledger.services.posting import Posted, post_as
from starostwo.office.api import Actor
from starostwo.platform.polish import fold

NEEDED = ("document_number", "name", "subject", "signed_on", "starts_on")
SPENDING = Classification.Kind.SPENDING


class MayNotContract(Exception):
    """The person does not enter contracts of this book."""


class ContractIsWrong(Exception):
    """The contract or annex has faults, which reading it lists."""


@transaction.atomic
def save_draft(
    book: Book, content: Mapping[str, str], *, draft: ContractDraft | None, actor: Actor, now: datetime
) -> ContractDraft:
    """Keep a contract as it was typed, right or wrong."""
    _let(actor, book)
    kept = draft or ContractDraft()
    kept.book, kept.content, kept.author, kept.changed_at = book, dict(content), actor.name, now
    kept.save()
    return kept


@transaction.atomic
def throw_away(draft: ContractDraft, *, actor: Actor) -> None:
    """Delete a contract that was never registered."""
    _let(actor, draft.book)
    draft.delete()


def understood(content: Mapping[str, str], *, today: date) -> ReadContract:
    """How a typed contract is read, with its faults."""
    return read_contract(content, today=today, needed=NEEDED)


@transaction.atomic
def register(draft: ContractDraft, *, actor: Actor, today: date, now: datetime) -> Contract:
    """Give a contract its number in the register and commit its parts: 998 this year, 999 later ones.

    Refused as `CommitmentAbovePlan` when the plan, with what was allowed above it, does not hold it.
    """
    _let(actor, draft.book)
    read, typed = understood(draft.content, today=today), draft.content
    signed_on, starts_on = read.days["signed_on"], read.days["starts_on"]
    if read.faults or signed_on is None or starts_on is None:
        raise ContractIsWrong
    book = Book.objects.select_for_update(no_key=True).get(pk=draft.book_id)
    year = year_of(book, signed_on)
    before = Contract.objects.filter(book=book, year=year.year).order_by("-number").first()
    made = Contract.objects.create(
        book=book, year=year.year, number=(before.number if before else 0) + 1,
        document_number=typed["document_number"].strip()[:100], subject=typed["subject"].strip(),
        counterparty=_counterparty(typed["name"].strip(), typed.get("nip", "")),
        signed_on=signed_on, starts_on=starts_on, ends_on=read.days["ends_on"], amount=read.amount,
        place=typed.get("place", "").strip()[:100], funding=typed.get("funding", "").strip()[:300],
        case_mark=typed.get("case_mark", "").strip()[:60],
    )  # fmt: skip
    _keep_parts(made, None, read.parts)
    text = f"Umowa {made.document_number}: {made.subject}"
    _commit(year, made, read.parts, text=text, day=signed_on, origin=f"ledger.contract:{made.pk}",
            actor=actor, now=now)  # fmt: skip
    draft.delete()
    _note(actor, "register", made, now, number=made.number, amount=made.amount)
    return made


@transaction.atomic
def annex(
    contract: Contract, content: Mapping[str, str], *, actor: Actor, today: date, now: datetime
) -> ContractAnnex:
    """Change the parts of a contract or its end by an annex; the contract itself stays as it was signed."""
    _let(actor, contract.book)
    locked = Contract.objects.select_for_update(no_key=True, of=("self",)).select_related("book")
    contract = locked.get(pk=contract.pk)
    read = understood_annex(contract, content, today=today)
    signed_on = read.days["signed_on"]
    if read.faults or signed_on is None:
        raise ContractIsWrong
    made = ContractAnnex.objects.create(
        contract=contract, number=queries.annexes_of(contract).count() + 1,
        document_number=content["document_number"].strip()[:100], subject=content["subject"].strip(),
        signed_on=signed_on, ends_on=read.days["ends_on"], amount=read.amount,
    )  # fmt: skip
    _keep_parts(contract, made, read.parts)
    if read.parts:
        _commit(year_of(contract.book, signed_on), contract, read.parts, day=signed_on,
                text=f"Aneks {made.document_number} do umowy {contract.document_number}",
                origin=f"ledger.annex:{made.pk}", actor=actor, now=now)  # fmt: skip
    _note(actor, "annex", contract, now, annex=made.number, amount=made.amount)
    return made


def understood_annex(contract: Contract, content: Mapping[str, str], *, today: date) -> ReadContract:
    """How a typed annex is read, with its faults."""
    agreed = {(row.year, row.position): row.agreed for row in queries.parts_of(contract)}
    return read_annex(content, today=today, signed_on=contract.signed_on, agreed=agreed)


class Numbers(NamedTuple):
    """The rows of the two accounts of commitments."""

    this_year: int
    later: int


def _moved(due: queries.Due, accounts: Numbers) -> list[Entry]:
    from_later = Entry(accounts.later, debit=due.amount)
    into_this = Entry(accounts.this_year, credit=due.amount)
    return [_of(due, from_later), _of(due, into_this)]


def _paid(due: queries.Due, accounts: Numbers) -> list[Entry]:
    return [_of(due, Entry(accounts.this_year, debit=due.amount))]


def _of(due: queries.Due, entry: Entry) -> Entry:
    return replace(
        entry,
        classification=due.classification,
        counterparty=due.counterparty,
        contract=due.contract,
        text=due.label[:300],
    )


@transaction.atomic
def move_to_year(year: FiscalYear, *, actor: Actor, today: date, now: datetime) -> list[Posted]:
    """Open 999 with what earlier contracts take and move this year's part to 998; each amount once."""
    locked = _lock(year, actor)
    opened = _open_later(locked, actor=actor, now=now)
    entries = [entry for due in queries.to_move(locked) for entry in _moved(due, _accounts(locked))]
    first = date(locked.year, 1, 1)
    text = "Przeniesienie zaangażowania z 999 na 998"
    return [*opened, *_enter(locked, entries, text, first, actor=actor, now=now)]


def _open_later(year: FiscalYear, *, actor: Actor, now: datetime) -> list[Posted]:
    """The opening of 999, which the carrying of balances leaves out as it is off the balance."""
    there, later = queries.opened(year), _accounts(year).later
    entries = [
        Entry(
            later, credit=rest, counterparty=key.counterparty, contract=key.contract, text=key.label[:300],
            classification=classify(key.position, year=year.year, kind=SPENDING).pk,
        )
        for key, amount in queries.waiting(year).items()
        if (rest := amount - there.get((key.contract, str(key.position)), 0))
    ]  # fmt: skip
    if not entries:
        return []
    first = date(year.year, 1, 1)
    voucher = NewVoucher(
        kind=Voucher.Kind.CARRIED, text="Bilans otwarcia zaangażowania przyszłych lat", issued_on=first,
        operation_on=first, entries=entries, month=OPENING,
    )  # fmt: skip
    return post_as(
        journal_of(year, "BO"), [voucher], posted_by=actor.audit_name, posted_by_name=actor.name, now=now
    )


@transaction.atomic
def note_paid(year: FiscalYear, *, actor: Actor, today: date, now: datetime) -> list[Posted]:
    """Enter on the debit of 998 what was paid under contracts, each amount once."""
    locked = _lock(year, actor)
    entries = [entry for due in queries.to_note_as_paid(locked) for entry in _paid(due, _accounts(locked))]
    day = min(today, date(locked.year, 12, 31))
    return _enter(locked, entries, "Wykonanie zaangażowania umów", day, actor=actor, now=now)


def _lock(year: FiscalYear, actor: Actor) -> FiscalYear:
    """The year, held so that two people do not enter the same difference."""
    _let(actor, year.book)
    return (
        FiscalYear.objects.select_related("book").select_for_update(no_key=True, of=("self",)).get(pk=year.pk)
    )


def _enter(
    year: FiscalYear, entries: Sequence[Entry], text: str, day: date, *, actor: Actor, now: datetime
) -> list[Posted]:
    if not entries:
        return []
    voucher = NewVoucher(
        kind=Voucher.Kind.CONTRACT, text=text, issued_on=day, operation_on=day, entries=entries,
        month=month_of(year, day),
    )  # fmt: skip
    return _post(year, voucher, actor=actor, now=now)


def _commit(
    year: FiscalYear, contract: Contract, parts: Iterable[Part], *, text: str, day: date, origin: str,
    actor: Actor, now: datetime,
) -> None:  # fmt: skip
    """Commit parts in the year of signing; those of later years by the same symbols of this year."""
    accounts = _accounts(year)
    entries = [
        Entry(
            accounts.this_year if account_of(part.year, year.year) == THIS_YEAR else accounts.later,
            credit=part.amount, counterparty=contract.counterparty_id, contract=contract.pk,
            classification=classify(part.position, year=year.year, kind=SPENDING).pk,
            text="" if part.year == year.year else f"na rok {part.year}",
        )
        for part in parts
    ]  # fmt: skip
    voucher = NewVoucher(
        kind=Voucher.Kind.CONTRACT, text=text[:300], issued_on=day, operation_on=day, entries=entries,
        month=month_of(year, day), external_number=contract.document_number, origin=origin,
    )  # fmt: skip
    _post(year, voucher, actor=actor, now=now)


def _post(year: FiscalYear, voucher: NewVoucher, *, actor: Actor, now: datetime) -> list[Posted]:
    journal = journal_of(year, "PL")
    return post_as(journal, [voucher], posted_by=actor.audit_name, posted_by_name=actor.name, now=now)


def _accounts(year: FiscalYear) -> Numbers:
    return Numbers(account_at(year, THIS_YEAR).pk, account_at(year, LATER_YEARS).pk)


def _keep_parts(contract: Contract, of_annex: ContractAnnex | None, parts: Iterable[Part]) -> None:
    ContractPart.objects.bulk_create(
        ContractPart(
            contract=contract, annex=of_annex, amount=part.amount,
            classification=classify(part.position, year=part.year, kind=SPENDING),
        )
        for part in parts
    )  # fmt: skip


def _counterparty(name: str, nip: str) -> Counterparty:
    """The counterparty by NIP, or one without a NIP by its very name; a new one when there is none."""
    digits = "".join(char for char in nip if char.isdigit())
    folded = fold(name)[:300]
    known = {"nip": digits} if digits else {"nip": "", "folded": folded}
    found = Counterparty.objects.filter(**known).order_by("pk").first()
    return found or Counterparty.objects.create(name=name[:300], nip=digits, folded=folded)


def _let(actor: Actor, book: Book) -> None:
    if book.kind != Book.Kind.UNIT or not access.may_prepare_plan(actor, book):
        raise MayNotContract


def _note(actor: Actor, verb: str, contract: Contract, now: datetime, **said: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"ledger.contract:{contract.pk}",
        payload=said, at=now,
    )  # fmt: skip
