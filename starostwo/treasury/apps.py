"""The Django application `treasury`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens


class TreasuryConfig(AppConfig):
    name = "starostwo.treasury"
    label = "treasury"
    verbose_name = "Rozliczenia"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter invoices into the menu of staff: whoever works here may be asked to check one."""
        screens.add_menu(area="staff", entry=screens.MenuEntry("Faktury", "treasury:invoices", order=58))
