"""The Django application `treasury`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens
from starostwo.screens.api import MenuEntry

SEERS = ("READ_BOOKS", "KEEP_BOOKS", "CHIEF_ACCOUNTANT", "TREASURER", "INSPECT")
ENTRIES = (
    MenuEntry("Faktury", "treasury:invoices", order=61),  # whoever works here may be asked to check one
    MenuEntry("Bank", "treasury:payments", right=SEERS, order=62, key="g b"),
    MenuEntry("Kasa", "treasury:cash_desks", right=SEERS, order=63),
    MenuEntry("Należności", "treasury:claims", right=SEERS, order=64),
)


class TreasuryConfig(AppConfig):
    name = "starostwo.treasury"
    label = "treasury"
    verbose_name = "Rozliczenia"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter invoices, the bank, the cash desk and the claims into the menu of staff."""
        for entry in ENTRIES:
            screens.add_menu(area="staff", entry=entry)
