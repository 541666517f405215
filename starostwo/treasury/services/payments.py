"""Transfers: proposed from what is owed, approved by two people, withdrawn; each verb locks what it changes.

Law: ufp art. 44 ust. 3 pkt 3 (in time), art. 54 ust. 1 pkt 3; ustawa o VAT art. 108a.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.office.api import Actor
from starostwo.platform.bank_account import digits_of, is_account
from starostwo.treasury import access
from starostwo.treasury.models import BankAccount, PaymentOrder, WhiteListCheck
from starostwo.treasury.rules.bank_split import NotASplitTitle, SplitTitle, split_title
from starostwo.treasury.rules.payment_states import LIVE, MAY_WITHDRAW, Role, State
from starostwo.treasury.rules.payment_white_list import must_be_checked
from starostwo.treasury.services.white_list import answered

SPENDING = "201"


class NoSuchOrder(Exception):
    """There is no such transfer for this person, or it is not theirs to do that."""


class NothingOwed(Exception):
    """Of what was chosen nothing is owed any more, or transfers for it stand already."""


@transaction.atomic
def propose(
    account: BankAccount, settlement_ids: Sequence[int], *, pay_on: date, actor: Actor, now: datetime
) -> list[PaymentOrder]:
    """Make a transfer for what is still owed on each settlement and not covered by a transfer yet."""
    if not access.may_prepare(actor, account):
        raise NoSuchOrder
    ledger.settlements.lock(account.book, list(settlement_ids))
    owed = ledger.settlements.open_of(account.book, ledger.settlements.PAYABLE).filter(pk__in=settlement_ids)
    covered = dict(
        PaymentOrder.objects.filter(settlement_id__in=settlement_ids, state__in=LIVE)
        .values("settlement_id").annotate(sum=Sum("amount")).values_list("settlement_id", "sum")
    )  # fmt: skip
    positions = ledger.settlements.positions(list(settlement_ids))
    made = []
    for debt in owed.order_by("due_on", "pk"):
        left = debt.left - covered.get(debt.pk, 0)  # type: ignore[attr-defined]
        if left <= 0:
            continue
        payee = debt.counterparty
        number = digits_of(payee.account_number)
        made.append(
            PaymentOrder.objects.create(
                bank_account=account, settlement=debt, counterparty=payee, amount=left,
                classification_id=next(iter(positions.get(debt.pk, [])), None),
                payee_name=payee.name[:140],
                payee_address=f"{payee.street}, {payee.postcode} {payee.town}".strip(" ,")[:140],
                payee_account=number if is_account(number) else "",
                title=f"Zapłata za {debt.document_number}"[:140], pay_on=pay_on,
                made_by=actor.audit_name, made_at=now,
            )
        )  # fmt: skip
    if not made:
        raise NothingOwed
    for order in made:
        _note(order, "propose", actor, now, amount=order.amount)
    return made


@dataclass(frozen=True)
class Content:
    """What can be changed in a transfer until the first approval."""

    payee_account: str
    payee_name: str
    title: str
    amount: int
    pay_on: date
    position: str
    is_split: bool = False
    vat: int = 0
    invoice: str = ""


class Wrong(Exception):
    """A field does not hold; its name and what to do about it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field, words)
        self.field, self.words = field, words


@transaction.atomic
def change(order_id: int, said: Content, *, actor: Actor, now: datetime) -> PaymentOrder:
    """Change a transfer that nobody has approved yet."""
    order = _locked(order_id, actor)
    if order.state != State.PROPOSED or not access.may_prepare(actor, order.bank_account):
        raise NoSuchOrder(order_id)
    number = digits_of(said.payee_account)
    if not is_account(number) or number == order.bank_account.number:
        raise Wrong("payee_account", "Ten numer się nie zgadza. Sprawdź, czy ma 26 cyfr.")
    if not 0 < said.amount <= _most(order):
        raise Wrong("amount", "Kwota musi być większa od zera i nie większa niż to, co zostało do zapłaty.")
    order.payee_account, order.payee_name, order.pay_on = number, said.payee_name.strip(), said.pay_on
    order.amount, order.title = said.amount, said.title.strip()
    order.is_split, order.vat = said.is_split, said.vat if said.is_split else 0
    if said.is_split:
        order.title = _split(order, said)
    order.classification_id = _position(said.position, said.pay_on.year)
    order.save()
    _note(order, "change", actor, now, amount=order.amount, account=number)
    return order


def _most(order: PaymentOrder) -> int:
    """What is owed on the settlement beside other transfers."""
    if order.settlement_id is None:
        return order.amount
    debts = ledger.settlements.open_of(order.bank_account.book, ledger.settlements.PAYABLE)
    debt = debts.filter(pk=order.settlement_id).first()
    others = PaymentOrder.objects.filter(settlement_id=order.settlement_id, state__in=LIVE).exclude(
        pk=order.pk
    )
    left = getattr(debt, "left", 0)
    return int(left - (others.aggregate(sum=Sum("amount"))["sum"] or 0))


def _split(order: PaymentOrder, said: Content) -> str:
    try:
        if said.vat >= said.amount:
            raise NotASplitTitle("vat")
        return split_title(SplitTitle(said.vat, order.counterparty.nip, said.invoice, said.title))
    except NotASplitTitle as refused:
        words = {
            "vat": "Kwota VAT musi być mniejsza niż kwota przelewu.",
            "nip": "Kontrahent nie ma numeru NIP, więc nie zapłacisz mu w podzielonej płatności.",
            "invoice": "Numer faktury może mieć od 1 do 35 znaków.",
        }[str(refused)]
        raise Wrong({"nip": "is_split"}.get(str(refused), str(refused)), words) from refused


def _position(typed: str, year: int) -> int | None:
    if not typed.strip():
        return None
    try:
        return ledger.classified(typed, year=year, kind="W").pk
    except ledger.NotAPosition as refused:
        raise Wrong(
            "position", "Podaj dział, rozdział i paragraf ze słownika, na przykład 750.75020.4300."
        ) from refused


class NotYours(Exception):
    """The second approval is somebody else's."""


class Incomplete(Exception):
    """An account, a title or the classification is missing; `what` names it."""


class NotOnWhiteList(Exception):
    """The payee's account was not found on the white list today, and nobody said why to pay nevertheless."""


@transaction.atomic
def approve(
    order_ids: Sequence[int], *, actor: Actor, today: date, now: datetime, despite: str = ""
) -> list[PaymentOrder]:
    """Approve transfers, all or none: the first time by one person, then by another."""
    orders = [_locked(pk, actor) for pk in sorted(set(order_ids))]
    for order in orders:
        role = access.approval_role(order, actor)
        if role is None:
            raise NotYours(order.payee_name)
        if not order.payee_account or not order.title or _lacks_position(order):
            raise Incomplete(order.payee_name)
        require_white_list(order, today, despite=despite)
        _sign(order, role, actor, now)
        order.despite = order.despite or despite.strip()[:300]
        order.save()
        _note(order, "approve", actor, now, role=role, amount=order.amount, despite=despite.strip()[:300])
    return orders


def _lacks_position(order: PaymentOrder) -> bool:
    """Spending names its classification; what is passed on to others does not."""
    return order.ledger_account == SPENDING and order.classification_id is None


def require_white_list(order: PaymentOrder, today: date, *, despite: str = "") -> None:
    """Above 15 000 zł the account must stand on the list that day, or somebody says why not."""
    if not must_be_checked(order.amount, order.counterparty.nip) or despite.strip() or order.despite:
        return
    check = answered(order.counterparty.nip, order.payee_account, today)
    if check is None or check.outcome != WhiteListCheck.Outcome.LISTED:
        raise NotOnWhiteList(order.payee_name)


def _sign(order: PaymentOrder, role: Role, actor: Actor, now: datetime) -> None:
    if order.state == State.PROPOSED:
        order.state, order.first_by, order.first_as, order.first_at = (
            State.APPROVED,
            actor.account_id,
            role,
            now,
        )
    else:
        order.state, order.second_by, order.second_as, order.second_at = (
            State.READY,
            actor.account_id,
            role,
            now,
        )


class ReasonIsMissing(Exception):
    """Whoever withdraws or marks as refused says why."""


@transaction.atomic
def withdraw(order_id: int, *, reason: str, actor: Actor, now: datetime) -> PaymentOrder:
    """Take back a transfer that is in no file yet, or note that the bank refused one that is."""
    order = _locked(order_id, actor)
    may = access.may_prepare(actor, order.bank_account) or access.roles(actor, order.bank_account)
    if not may or order.state not in (*MAY_WITHDRAW, State.EXPORTED):
        raise NoSuchOrder(order_id)
    if not reason.strip():
        raise ReasonIsMissing
    order.state = State.REFUSED if order.state == State.EXPORTED else State.WITHDRAWN
    order.ended_reason = reason.strip()[:300]
    order.save(update_fields=["state", "ended_reason"])
    _note(order, "withdraw", actor, now, state=order.state, reason=order.ended_reason)
    return order


def _locked(order_id: int, actor: Actor) -> PaymentOrder:
    found = (
        access.visible_orders(actor)
        .select_related("bank_account__book", "counterparty")
        .select_for_update(of=("self",))
        .filter(pk=order_id)
        .first()
    )
    if found is None:
        raise NoSuchOrder(order_id)
    return found


def _note(order: PaymentOrder, verb: str, actor: Actor, now: datetime, **said: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(order), payload=said, at=now
    )
