"""The Django application `ledger`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens
from starostwo.screens.api import MenuEntry

READERS = ("READ_BOOKS", "KEEP_BOOKS", "CHIEF_ACCOUNTANT", "TREASURER")


class LedgerConfig(AppConfig):
    name = "starostwo.ledger"
    label = "ledger"
    verbose_name = "Księgi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for right in READERS:
            screens.add_menu(
                area="staff", entry=MenuEntry("Plan", "ledger:plan_years", right=right, order=57)
            )
