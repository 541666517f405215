"""The Django application `treasury`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens

BOOKS = ("KEEP_BOOKS", "READ_BOOKS", "CHIEF_ACCOUNTANT", "TREASURER")


class TreasuryConfig(AppConfig):
    name = "starostwo.treasury"
    label = "treasury"
    verbose_name = "Rozliczenia"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the bank, the cash desk and the claims into the menu of whoever sees the books."""
        for right in BOOKS:
            screens.add_menu(
                area="staff", entry=screens.MenuEntry("Bank", "treasury:payments", right=right, order=62)
            )
