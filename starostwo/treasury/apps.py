"""The Django application `treasury`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens

SEERS = ("READ_BOOKS", "KEEP_BOOKS", "CHIEF_ACCOUNTANT", "TREASURER", "INSPECT")


class TreasuryConfig(AppConfig):
    name = "starostwo.treasury"
    label = "treasury"
    verbose_name = "Rozliczenia"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the bank, the cash desk and the claims into the menu of whoever sees the books."""
        screens.add_menu(
            area="staff",
            entry=screens.MenuEntry("Bank", "treasury:payments", right=SEERS, order=58, key="g b"),
        )
        screens.add_menu(
            area="staff", entry=screens.MenuEntry("Kasa", "treasury:cash_desks", right=SEERS, order=59)
        )
        screens.add_menu(
            area="staff", entry=screens.MenuEntry("Należności", "treasury:claims", right=SEERS, order=60)
        )
