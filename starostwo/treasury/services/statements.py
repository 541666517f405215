"""Statements: taken in once and in their order, operations matched by rules, decisions of people, learning.

Law: u.o.r. art. 20 ust. 2, art. 24 ust. 3 (each operation once and without gaps).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.office.api import Actor
from starostwo.treasury import access
from starostwo.treasury.models import (
    BankAccount,
    BankOperation,
    BankStatement,
    MatchRule,
    PaymentOrder,
    VirtualAccount,
)
from starostwo.treasury.rules import bank_matching as matching
from starostwo.treasury.rules.bank_camt053 import camt053
from starostwo.treasury.rules.bank_mt940 import mt940
from starostwo.treasury.rules.bank_operations import Operation, Statement, fingerprints
from starostwo.treasury.rules.payment_states import State

Meaning = BankOperation.Meaning


class NoSuchStatement(Exception):
    """There is no such statement or operation for this person, or it is not theirs to do that."""


class TakenBefore(Exception):
    """The file, or a statement of its number and day, is there already."""


class OtherAccount(Exception):
    """The file is of an account that this book does not have; the text names the number."""


class DoesNotFollow(Exception):
    """Between the statement and the last one taken in something is missing: expected and found balance."""

    def __init__(self, number: str, expected: int, found: int) -> None:
        super().__init__(number, expected, found)
        self.number, self.expected, self.found = number, expected, found


@transaction.atomic
def take(
    account: BankAccount, content: bytes, name: str, *, actor: Actor, now: datetime
) -> list[BankStatement]:
    """Take in every statement of a file, all or none, and propose what each operation means."""
    if not access.may_prepare(actor, account):
        raise NoSuchStatement
    BankAccount.objects.select_for_update().get(pk=account.pk)
    digest = hashlib.sha256(content).hexdigest()
    if BankStatement.objects.filter(bank_account=account, digest=digest).exists():
        raise TakenBefore(name)
    is_xml = content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    said = camt053(content) if is_xml else mt940(content, encoding=account.encoding)
    known = known_of(account)
    taken = []
    for statement in sorted(said, key=lambda one: (one.closed_on, one.number)):
        made = _row(account, statement, content, name, digest, actor=actor, now=now)
        _operations(made, statement, known)
        taken.append(made)
        audit.record(
            actor=actor.audit_name, actor_name=actor.name, verb="take", thing=str(made), at=now,
            payload={"number": made.number, "sha256": digest, "closing": made.closing},
        )  # fmt: skip
    return taken


def _row(
    account: BankAccount,
    said: Statement,
    content: bytes,
    name: str,
    digest: str,
    *,
    actor: Actor,
    now: datetime,
) -> BankStatement:
    if said.account != account.number:
        raise OtherAccount(said.account)
    last = BankStatement.objects.filter(bank_account=account).order_by("-id").first()
    same = BankStatement.objects.filter(bank_account=account, number=said.number, closed_on=said.closed_on)
    if same.exists():
        raise TakenBefore(said.number)
    if last is not None and last.closing != said.opening:
        raise DoesNotFollow(said.number, last.closing, said.opening)
    return BankStatement.objects.create(
        bank_account=account, previous=last, number=said.number[:35], opened_on=said.opened_on,
        closed_on=said.closed_on, opening=said.opening, closing=said.closing, file_name=name[:200],
        digest=digest, content=content, taken_at=now, taken_by=actor.audit_name,
    )  # fmt: skip


def _operations(made: BankStatement, said: Statement, known: matching.Known) -> None:
    rows = []
    taken: set[int] = set()
    for number, (one, mark) in enumerate(zip(said.operations, fingerprints(said), strict=True), start=1):
        row = BankOperation(
            statement=made, bank_account_id=made.bank_account_id, position=number, booked_on=one.booked_on,
            amount=one.amount, reference=one.reference[:80], own_reference=one.own_reference[:35],
            title=one.title[:400], name=one.name[:200], account=one.account, own_account=one.own_account,
            fingerprint=mark,
        )  # fmt: skip
        found = matching.match(one, known)
        if found.order not in taken:
            apply(row, found)
        if found.order is not None:
            taken.add(found.order)
        rows.append(row)
    try:
        with transaction.atomic():
            BankOperation.objects.bulk_create(rows)
    except IntegrityError as error:
        raise TakenBefore(made.number) from error


def apply(row: BankOperation, found: matching.Proposal) -> None:
    """Write a proposal into the row, which is not saved here."""
    row.why = found.why
    row.counterparty_id = found.counterparty
    if found.order is not None:
        row.meaning, row.order_id = Meaning.ORDER, found.order
    elif found.settlement is not None:
        row.meaning, row.settlement_id = Meaning.SETTLEMENT, found.settlement
    elif found.learned is not None:
        rule = MatchRule.objects.get(pk=found.learned)
        row.meaning, row.ledger_account = Meaning.ACCOUNT, rule.ledger_account
        row.classification_id, row.counterparty_id = rule.classification_id, rule.counterparty_id


def known_of(account: BankAccount) -> matching.Known:
    """What operations of the account are matched with today."""
    found_before = BankOperation.objects.filter(bank_account=account, order__isnull=False)
    orders = PaymentOrder.objects.filter(bank_account=account, state=State.EXPORTED).exclude(
        pk__in=found_before.values("order_id")
    )
    debts = [
        matching.Debt(
            one.pk, side == ledger.settlements.RECEIVABLE, one.left,  # type: ignore[attr-defined]
            one.document_number, one.counterparty_id, one.counterparty.nip,
            one.counterparty.account_number,
        )
        for side in (ledger.settlements.RECEIVABLE, ledger.settlements.PAYABLE)
        for one in ledger.settlements.open_of(account.book, side).order_by("due_on", "pk")
    ]  # fmt: skip
    return matching.Known(
        orders=[matching.Order(one.pk, one.amount, one.payee_account) for one in orders],
        debts=debts,
        virtual=tuple(
            VirtualAccount.objects.filter(bank_account=account).values_list("number", "counterparty_id")
        ),
        learned=[
            matching.Learned(one.pk, one.is_credit, one.account, one.title_has)
            for one in MatchRule.objects.filter(bank_account=account)
        ],
    )


@transaction.atomic
def match_again(statement_id: int, *, actor: Actor, now: datetime) -> int:
    """Propose anew what nobody has confirmed; return how many operations are known now."""
    statement = locked(statement_id, actor)
    known = known_of(statement.bank_account)
    found = 0
    for row in BankOperation.objects.filter(statement=statement, is_confirmed=False, meaning=Meaning.UNKNOWN):
        proposal = matching.match(as_operation(row), known)
        if proposal.why:
            apply(row, proposal)
            row.save()
            found += 1
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="match", thing=str(statement), at=now,
        payload={"known": found},
    )  # fmt: skip
    return found


def as_operation(row: BankOperation) -> Operation:
    """The row as the rules see it."""
    return Operation(
        row.booked_on, row.booked_on, row.amount, row.reference, row.title, row.name, row.account,
        row.own_account, row.own_reference,
    )  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """What a person says of an operation: a debt, or an account and position; and what to learn."""

    settlement: int | None = None
    ledger_account: str = ""
    position: str = ""
    party: str = ""
    learn_account: bool = False
    learn_title: str = ""


class Wrong(Exception):
    """A field does not hold; its name and what to do about it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field, words)
        self.field, self.words = field, words


@transaction.atomic
def decide(operation_id: int, said: Decision, *, actor: Actor, now: datetime) -> BankOperation:
    """Say what an operation means; as a rule for later where that was wished."""
    row = BankOperation.objects.filter(pk=operation_id).first()
    if row is None:
        raise NoSuchStatement(operation_id)
    statement = locked(row.statement_id, actor)
    row.order, row.settlement, row.ledger_account, row.classification = None, None, "", None
    if said.settlement is not None:
        debt = next(iter(ledger.settlements.lock(statement.bank_account.book, [said.settlement])), None)
        if debt is None:
            raise Wrong("settlement", "Wybierz rozrachunek z listy.")
        row.meaning, row.settlement = Meaning.SETTLEMENT, debt
        kind = "D" if debt.side == ledger.settlements.RECEIVABLE else "W"
        row.classification = _position(said.position, statement, row, kind)
    elif said.ledger_account.strip():
        _to_account(row, said, statement)
    else:
        row.meaning = Meaning.UNKNOWN
    row.why, row.is_confirmed = f"zdecydował(a) {actor.name}"[:200], True
    row.save()
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="decide", thing=str(row), at=now,
        payload={"meaning": row.meaning, "settlement": row.settlement_id, "account": row.ledger_account},
    )  # fmt: skip
    if row.meaning == Meaning.ACCOUNT and (said.learn_account or said.learn_title.strip()):
        _learn(row, said, actor=actor, now=now)
    return row


def _to_account(row: BankOperation, said: Decision, statement: BankStatement) -> None:
    year = ledger.year_of(statement.bank_account.book, row.booked_on)
    try:
        account = ledger.account_of(year, said.ledger_account.strip())
    except LookupError as error:
        raise Wrong("ledger_account", "W planie kont nie ma tego konta.") from error
    row.meaning, row.ledger_account = Meaning.ACCOUNT, account.number
    if said.party.strip():
        row.counterparty = ledger.settlements.typed_counterparty(said.party)
    row.classification = _position(said.position, statement, row, "D" if row.amount > 0 else "W")


def _position(typed: str, statement: BankStatement, row: BankOperation, kind: str) -> Any:
    if not typed.strip():
        return None
    year = ledger.year_of(statement.bank_account.book, row.booked_on)
    try:
        return ledger.classified(typed, year=year.year, kind=kind)
    except ledger.NotAPosition as error:
        raise Wrong("position", "Podaj dział, rozdział i paragraf ze słownika.") from error


def _learn(row: BankOperation, said: Decision, *, actor: Actor, now: datetime) -> None:
    pattern: dict[str, Any] = {
        "bank_account_id": row.bank_account_id, "is_credit": row.amount > 0,
        "account": row.account if said.learn_account else "", "title_has": said.learn_title.strip()[:100],
    }  # fmt: skip
    if not pattern["account"] and not pattern["title_has"]:
        return
    MatchRule.objects.update_or_create(
        **pattern,
        defaults={
            "ledger_account": row.ledger_account, "classification": row.classification,
            "counterparty_id": row.counterparty_id, "made_by": actor.audit_name, "made_at": now,
        },
    )  # fmt: skip


class AlreadyPosted(Exception):
    """The statement stands in the books already."""


def locked(statement_id: int, actor: Actor) -> BankStatement:
    """Lock a statement that the person may work on and that is not posted."""
    found = (
        BankStatement.objects.select_for_update(of=("self",))
        .select_related("bank_account__book")
        .filter(pk=statement_id, bank_account__in=access.visible_accounts(actor))
        .first()
    )
    if found is None or not access.may_prepare(actor, found.bank_account):
        raise NoSuchStatement(statement_id)
    if found.voucher_id is not None:
        raise AlreadyPosted(found.number)
    return found
