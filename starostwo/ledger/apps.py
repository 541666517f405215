"""The Django application `ledger`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens
from starostwo.screens.api import MenuEntry

READERS = ("READ_BOOKS", "KEEP_BOOKS", "CHIEF_ACCOUNTANT", "TREASURER", "INSPECT")
PLAN = MenuEntry("Plan", "ledger:plan_years", right=READERS, order=58)
CONTRACTS = MenuEntry("Umowy", "ledger:contracts", right=READERS, order=59)


class LedgerConfig(AppConfig):
    name = "starostwo.ledger"
    label = "ledger"
    verbose_name = "Księgi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for entry in (PLAN, CONTRACTS):
            screens.add_menu(area="staff", entry=entry)
