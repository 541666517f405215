"""The chart of a year grows by analytic accounts; the county's own dimensions by own dictionary entries.

Law: u.o.r. art. 10 ust. 1 pkt 3 lit. a (the chart of accounts is part of the accounting policy).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import Account, DictionaryEntry, FiscalYear, Line
from starostwo.ledger.services.books import MayNotSetUp
from starostwo.office.api import Actor

OWN_KINDS = ("TASK", "FUNDING", "PROJECT", "DISPOSER")


@dataclass(frozen=True)
class SaidAccount:
    """What a person says of an account."""

    number: str
    name: str
    kind: str
    control: str = ""
    requires: Sequence[str] = ()
    is_posting: bool = True


class AccountIsThere(Exception):
    """The year has an account of that number."""


class NoSuchSynthetic(Exception):
    """An account begins with three digits of one that the chart has."""


class InUse(Exception):
    """Entries stand on the account; what they rest on does not change any more."""


@transaction.atomic
def add_account(year: FiscalYear, said: SaidAccount, *, actor: Actor, now: datetime) -> Account:
    """Add an analytic account to the chart of a year."""
    if not access.may_close(actor, year.book):
        raise MayNotSetUp
    accounts = Account.objects.filter(fiscal_year=year)
    if accounts.filter(number=said.number).exists():
        raise AccountIsThere(said.number)
    if not accounts.filter(number=said.number[:3]).exists():
        raise NoSuchSynthetic(said.number[:3])
    account = Account.objects.create(
        fiscal_year=year, number=said.number, name=said.name, kind=said.kind, control=said.control,
        requires=sorted(said.requires), is_posting=said.is_posting, source=DictionaryEntry.Source.LOCAL,
    )  # fmt: skip
    _note(actor, "add", account, now)
    return account


@transaction.atomic
def change_account(account: Account, said: SaidAccount, *, actor: Actor, now: datetime) -> Account:
    """Change what an account asks of its entries; its kind and control only while it has none.

    Entries that stand there already keep what they say; new ones follow the new rule.
    """
    if not access.may_close(actor, account.fiscal_year.book):
        raise MayNotSetUp
    locked = Account.objects.select_for_update(of=("self",)).get(pk=account.pk)
    rests = (locked.kind, locked.control, "COUNTERPARTY" in locked.requires)
    wanted = (said.kind, said.control, "COUNTERPARTY" in said.requires)
    if rests != wanted and Line.objects.filter(account=locked).exists():
        raise InUse(locked.number)
    locked.name, locked.kind, locked.control = said.name, said.kind, said.control
    locked.requires, locked.is_posting = sorted(said.requires), said.is_posting
    locked.save(update_fields=["name", "kind", "control", "requires", "is_posting"])
    _note(actor, "change", locked, now)
    return locked


class SymbolIsThere(Exception):
    """The dictionary has that symbol for some of these days."""


@transaction.atomic
def add_symbol(
    kind: str, symbol: str, name: str, *, valid_from: date, valid_to: date | None, actor: Actor, now: datetime
) -> DictionaryEntry:
    """Add a task, source of funding, project or disposer of the county's own."""
    if not access.may_change_plan(actor) or kind not in OWN_KINDS:
        raise MayNotSetUp
    try:
        with transaction.atomic():
            entry = DictionaryEntry.objects.create(
                kind=kind, symbol=symbol, name=name, valid_from=valid_from, valid_to=valid_to,
                source=DictionaryEntry.Source.LOCAL,
            )  # fmt: skip
    except IntegrityError as refused:
        raise SymbolIsThere(symbol) from refused
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="add", thing=f"ledger.symbol:{entry.pk}",
        payload={"kind": kind, "symbol": symbol, "name": name}, at=now,
    )  # fmt: skip
    return entry


def _note(actor: Actor, verb: str, account: Account, now: datetime) -> None:
    said = {
        "number": account.number, "name": account.name, "control": account.control,
        "requires": account.requires, "is_posting": account.is_posting,
    }  # fmt: skip
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"ledger.account:{account.pk}",
        payload=said, at=now,
    )  # fmt: skip
