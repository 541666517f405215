"""Naming the bank accounts of a book, and virtual accounts of counterparties."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.office.api import Actor
from starostwo.platform.bank_account import digits_of, is_account
from starostwo.treasury import access
from starostwo.treasury.models import BankAccount, VirtualAccount


@dataclass(frozen=True)
class NewAccount:
    """What is said of a bank account."""

    number: str
    name: str
    owner_name: str
    owner_address: str
    account_out: str
    account_in: str
    file_format: str = BankAccount.Format.CP1250
    encoding: str = ""
    approvals: str = BankAccount.Approvals.CHIEF_AND_TREASURER


class NotAnAccount(Exception):
    """The number does not check."""


class AccountIsThere(Exception):
    """The number is known already."""


class NoSuchAccount(Exception):
    """There is no such account or book for this person."""


@transaction.atomic
def name_account(book_id: int, said: NewAccount, *, actor: Actor, now: datetime) -> BankAccount:
    """Add a bank account to a book."""
    book = ledger.visible_books(actor).filter(pk=book_id).first()
    if book is None or not access.may_name_accounts(actor):
        raise NoSuchAccount(book_id)
    number = _number(said.number)
    if BankAccount.objects.filter(number=number).exists():
        raise AccountIsThere(number)
    made = BankAccount.objects.create(
        book=book, number=number, name=said.name, owner_name=said.owner_name,
        owner_address=said.owner_address, account_out=said.account_out, account_in=said.account_in,
        file_format=said.file_format, encoding=said.encoding, approvals=said.approvals,
    )  # fmt: skip
    _note(actor, f"treasury.bank_account:{made.pk}", now, number=number, book=book.code)
    return made


@transaction.atomic
def give_virtual(
    account: BankAccount, number: str, known: ledger.settlements.Known, *, actor: Actor, now: datetime
) -> VirtualAccount:
    """Give a counterparty a number of its own, by which its payments are known."""
    if not access.may_prepare(actor, account):
        raise NoSuchAccount(account.pk)
    checked = _number(number)
    try:
        with transaction.atomic():
            made = VirtualAccount.objects.create(
                bank_account=account, number=checked, counterparty=ledger.settlements.keep_counterparty(known)
            )
    except IntegrityError as error:
        raise AccountIsThere(checked) from error
    _note(actor, f"treasury.virtual_account:{made.pk}", now, number=checked)
    return made


def _number(typed: str) -> str:
    digits = digits_of(typed)
    if not is_account(digits):
        raise NotAnAccount(typed)
    return digits


def _note(actor: Actor, thing: str, now: datetime, **said: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="open", thing=thing, payload=said, at=now
    )
