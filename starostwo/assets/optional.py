"""What the register only may use: the ledger, where it is installed. The only file that reaches it."""

from types import ModuleType

from django.conf import settings

ledger: ModuleType | None = None
if "starostwo.ledger" in settings.INSTALLED_APPS:
    from starostwo.ledger import api as installed_ledger

    ledger = installed_ledger
