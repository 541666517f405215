"""The Django application `ledger`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens
from starostwo.screens.api import MenuEntry

SEERS = ("READ_BOOKS", "KEEP_BOOKS", "CHIEF_ACCOUNTANT", "TREASURER", "INSPECT", "ADMIN")


class LedgerConfig(AppConfig):
    name = "starostwo.ledger"
    label = "ledger"
    verbose_name = "Księgi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the books into the menu of everybody who may see one."""
        screens.add_menu(
            area="staff",
            entry=MenuEntry("Księgi", "ledger:books", right=SEERS, order=57, key="g f"),
        )
