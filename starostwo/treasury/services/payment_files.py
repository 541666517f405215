"""Sending: approved transfers go into one file, each once; the file is kept and given out again as it was."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.treasury import access
from starostwo.treasury.models import BankAccount, PaymentFile, PaymentOrder
from starostwo.treasury.rules.bank_elixir import PROFILES, elixir
from starostwo.treasury.rules.bank_orders import Transfer
from starostwo.treasury.rules.bank_pain001 import pain001
from starostwo.treasury.rules.payment_states import State
from starostwo.treasury.services.payments import NoSuchOrder, require_white_list


class NothingReady(Exception):
    """None of the transfers is approved by two people and unsent."""


@transaction.atomic
def export(
    account: BankAccount, order_ids: Sequence[int], *, actor: Actor, today: date, now: datetime
) -> PaymentFile:
    """Put the chosen transfers of an account into a new file; one that is in a file already is refused."""
    if not (access.may_prepare(actor, account) or access.roles(actor, account)):
        raise NoSuchOrder
    BankAccount.objects.select_for_update().get(pk=account.pk)
    orders = list(
        PaymentOrder.objects.select_for_update(of=("self",))
        .select_related("counterparty", "bank_account")
        .filter(bank_account=account, pk__in=order_ids)
        .order_by("pk")
    )
    if not orders or len(orders) != len(set(order_ids)) or any(one.state != State.READY for one in orders):
        raise NothingReady
    for order in orders:
        require_white_list(order, today)
    file = _file(account, orders, actor=actor, today=today, now=now)
    for order in orders:
        order.state, order.file = State.EXPORTED, file
        order.save(update_fields=["state", "file"])
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="export",
        thing=f"treasury.file:{file.pk}", at=now,
        payload={"orders": [order.pk for order in orders], "sum": file.total, "sha256": file.digest},
    )  # fmt: skip
    return file


def _file(
    account: BankAccount, orders: list[PaymentOrder], *, actor: Actor, today: date, now: datetime
) -> PaymentFile:
    files = PaymentFile.objects.filter(bank_account=account, year=today.year)
    number = (files.aggregate(last=Max("number"))["last"] or 0) + 1
    name = f"{account.book.code}-{account.pk}-{today.year}-{number}"
    transfers = [as_transfer(order) for order in orders]
    if account.file_format == BankAccount.Format.PAIN:
        content, ending = pain001(transfers, message=name[:30], made_at=now), "xml"
    else:
        content, ending = elixir(transfers, PROFILES[account.file_format]), "pli"
    return PaymentFile.objects.create(
        bank_account=account, year=today.year, number=number, name=f"{name}.{ending}", content=content,
        digest=hashlib.sha256(content).hexdigest(), count=len(orders),
        total=sum(order.amount for order in orders), made_at=now, made_by=actor.audit_name,
        made_by_name=actor.name,
    )  # fmt: skip


def as_transfer(order: PaymentOrder) -> Transfer:
    """The order as the files of banks need it."""
    account = order.bank_account
    return Transfer(
        reference=order.reference, pay_on=order.pay_on, amount=order.amount, own_account=account.number,
        own_name=account.owner_name, own_address=account.owner_address, payee_account=order.payee_account,
        payee_name=order.payee_name, payee_address=order.payee_address, title=order.title,
        is_split=order.is_split,
    )  # fmt: skip
