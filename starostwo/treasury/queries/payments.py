"""What the screens of transfers show: the orders in a state, what is owed and uncovered, one order."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from starostwo.ledger import api as ledger
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.treasury import access
from starostwo.treasury.models import BankAccount, PaymentFile, PaymentOrder, WhiteListCheck
from starostwo.treasury.rules.payment_states import LIVE, State

LABELS = {
    State.PROPOSED: ("przygotowany", "neutral"),
    State.APPROVED: ("zatwierdzony raz", "info"),
    State.READY: ("do wysłania", "warn"),
    State.EXPORTED: ("wysłany", "info"),
    State.PAID: ("zapłacony", "good"),
    State.REFUSED: ("odrzucony przez bank", "bad"),
    State.WITHDRAWN: ("wycofany", "closed"),
}
MOST_OWED = 200
SHOWN = 10
MOST_LOOKED_AT = 100


def listed(actor: Actor, state: str) -> QuerySet[PaymentOrder]:
    """The transfers in a state, or all."""
    rows = access.visible_orders(actor).select_related("bank_account__book", "counterparty")
    return rows.filter(state=state) if state else rows


def to_approve(actor: Actor) -> list[PaymentOrder]:
    """The transfers that this person may approve now, the earliest day of payment first."""
    if not access.may_name_accounts(actor):
        return []
    rows = access.visible_orders(actor).filter(state__in=(State.PROPOSED, State.APPROVED))
    rows = rows.select_related("bank_account__book").order_by("pay_on", "pk")[:MOST_LOOKED_AT]
    return [order for order in rows if access.approval_role(order, actor)][:SHOWN]


def owed(account: BankAccount) -> list[tuple[Any, int]]:
    """What is owed on the book of the account, the earliest term first, with what transfers cover already."""
    debts = list(
        ledger.settlements.open_of(account.book, ledger.settlements.PAYABLE).order_by("due_on", "pk")[
            :MOST_OWED
        ]
    )
    covered = dict(
        PaymentOrder.objects.filter(settlement__in=[debt.pk for debt in debts], state__in=LIVE)
        .values("settlement_id").annotate(sum=Sum("amount")).values_list("settlement_id", "sum")
    )  # fmt: skip
    return [(debt, covered.get(debt.pk, 0)) for debt in debts]


@dataclass(frozen=True)
class OrderView:
    """One transfer, the names of who approved it, the answers of the white list."""

    order: PaymentOrder
    first: str
    second: str
    checks: list[WhiteListCheck]


def order_of(order_id: int, *, actor: Actor) -> OrderView | None:
    """The transfer as the person may see it."""
    order = (
        access.visible_orders(actor)
        .select_related("bank_account__book", "counterparty", "classification", "settlement", "file")
        .filter(pk=order_id)
        .first()
    )
    if order is None:
        return None
    names = office.names([one for one in (order.first_by, order.second_by) if one])
    checks = WhiteListCheck.objects.filter(nip=order.counterparty.nip, account=order.payee_account)
    return OrderView(
        order,
        names.get(order.first_by or 0, ""),
        names.get(order.second_by or 0, ""),
        list(checks.order_by("-id")[:10]) if order.payee_account else [],
    )


def files(actor: Actor) -> QuerySet[PaymentFile]:
    """The files that were made for the accounts that the person sees, without their bytes."""
    rows = PaymentFile.objects.filter(bank_account__in=access.visible_accounts(actor))
    return rows.select_related("bank_account").defer("content")
