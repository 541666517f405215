"""What the screens of statements show."""

from datetime import date

from django.db.models import Count, QuerySet

from starostwo.ledger import api as ledger
from starostwo.office.api import Actor
from starostwo.treasury import access
from starostwo.treasury.models import BankAccount, BankOperation, BankStatement

Meaning = BankOperation.Meaning
MOST_DEBTS = 300


def listed(actor: Actor) -> QuerySet[BankStatement]:
    """The statements of the accounts that the person sees, without their files."""
    rows = BankStatement.objects.filter(bank_account__in=access.visible_accounts(actor))
    return rows.select_related("bank_account").defer("content")


def unknown_on(statement_ids: list[int]) -> dict[int, int]:
    """How many operations of each statement nobody has recognised."""
    rows = BankOperation.objects.filter(statement__in=statement_ids, meaning=Meaning.UNKNOWN)
    return dict(rows.values("statement_id").annotate(n=Count("pk")).values_list("statement_id", "n"))


def operations(statement: BankStatement) -> list[BankOperation]:
    """All operations of a statement, in the bank's order."""
    return list(
        BankOperation.objects.filter(statement=statement)
        .select_related("settlement__counterparty", "order", "classification", "counterparty")
        .order_by("position")
    )


def operation_of(operation_id: int, *, actor: Actor) -> BankOperation | None:
    """One operation with its statement."""
    return (
        BankOperation.objects.filter(pk=operation_id, bank_account__in=access.visible_accounts(actor))
        .select_related("statement__bank_account__book", "settlement", "classification", "order")
        .first()
    )


def debts(account: BankAccount, *, is_credit: bool) -> list[tuple[str, str]]:
    """The open settlements that an operation may belong to, as choices; those of its usual side first."""
    sides = [ledger.settlements.RECEIVABLE, ledger.settlements.PAYABLE]
    found = []
    for side in sides if is_credit else reversed(sides):
        rows = ledger.settlements.open_of(account.book, side).order_by("due_on", "pk")[:MOST_DEBTS]
        found += [(str(one.pk), f"{one.document_number}, {one.counterparty.name}") for one in rows]
    return found


def credits_since(day: date) -> QuerySet[BankOperation]:
    """Money that came since a day, for packages above that know their own references in the titles."""
    return BankOperation.objects.filter(amount__gt=0, booked_on__gte=day).order_by("id")
