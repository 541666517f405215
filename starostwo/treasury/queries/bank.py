"""What the screens of bank accounts show."""

from django.db.models import QuerySet

from starostwo.treasury.models import BankAccount, VirtualAccount

MOST = 1000


def virtual_accounts(account: BankAccount) -> QuerySet[VirtualAccount]:
    """The virtual accounts of an account, by counterparty."""
    rows = VirtualAccount.objects.filter(bank_account=account).select_related("counterparty")
    return rows.order_by("counterparty__folded", "id")[:MOST]
