"""The Django application `ledger`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens
from starostwo.screens.api import MenuEntry

READERS = ("READ_BOOKS", "KEEP_BOOKS", "CHIEF_ACCOUNTANT", "TREASURER", "INSPECT")
SEERS = (*READERS, "ADMIN")
ENTRIES = (
    MenuEntry("Księgi", "ledger:books", right=SEERS, order=57, key="g f"),
    MenuEntry("Plan", "ledger:plan_years", right=READERS, order=58),
    MenuEntry("Umowy", "ledger:contracts", right=READERS, order=59),
    MenuEntry("Dług", "ledger:debts", right=READERS, order=60),
    MenuEntry("Sprawozdania", "ledger:reports", right=READERS, order=60, key="g r"),
)


class LedgerConfig(AppConfig):
    name = "starostwo.ledger"
    label = "ledger"
    verbose_name = "Księgi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter books, plan, contracts, debt and reports into the menu of everybody who may see them."""
        for entry in ENTRIES:
            screens.add_menu(area="staff", entry=entry)
