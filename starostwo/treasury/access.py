"""Who may see and do what with money on its way; the only place of the package that says so.

Law: ufp art. 54 ust. 1 (duties of the chief accountant), art. 53 (responsibility of the head of the unit).
"""

from typing import Any

from django.db.models import QuerySet

from starostwo.ledger import api as ledger
from starostwo.office.api import Actor, Right
from starostwo.treasury.models import BankAccount, PaymentOrder
from starostwo.treasury.rules.payment_states import Role, State, next_role


def visible_accounts(actor: Actor) -> QuerySet[BankAccount]:
    """The bank accounts of the books that the person sees."""
    return BankAccount.objects.filter(book__in=ledger.visible_books(actor)).select_related("book")


def visible_orders(actor: Actor) -> QuerySet[PaymentOrder]:
    """The transfers from these accounts."""
    return PaymentOrder.objects.filter(bank_account__in=visible_accounts(actor))


def may_prepare(actor: Actor, account: BankAccount) -> bool:
    """Transfers are prepared, statements read and cash is kept by the accountants of the unit."""
    return ledger.may_post(actor, account.book)


def roles(actor: Actor, account: BankAccount) -> frozenset[Role]:
    """In which capacities the person may approve transfers from the account."""
    found = set()
    is_theirs = account.book.unit_symbol in actor.units | actor.heads
    if actor.may(Right.CHIEF_ACCOUNTANT) and is_theirs:
        found.add(Role.CHIEF)
    if actor.may(Right.TREASURER):
        found.add(Role.TREASURER)
    return frozenset(found)


def approval_role(order: PaymentOrder, actor: Actor) -> Role | None:
    """In which capacity the person would approve the transfer now; None when it is not theirs."""
    if order.state not in (State.PROPOSED, State.APPROVED):
        return None
    return next_role(
        roles(actor, order.bank_account), actor.account_id, first_role=order.first_as,
        first_person=order.first_by, any_two=order.bank_account.approvals == BankAccount.Approvals.ANY_TWO,
    )  # fmt: skip


def may_name_accounts(actor: Actor) -> bool:
    """Bank accounts are named by the treasurer and by chief accountants, each within the books seen."""
    return actor.may(Right.TREASURER) or actor.may(Right.CHIEF_ACCOUNTANT)


def may_sign_titles(actor: Actor, book: Any) -> bool:
    """Enforcement titles are signed by the treasurer and by the chief accountant of the book."""
    is_theirs = book.unit_symbol in actor.units | actor.heads
    return actor.may(Right.TREASURER) or (actor.may(Right.CHIEF_ACCOUNTANT) and is_theirs)
