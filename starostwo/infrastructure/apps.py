"""The Django application `infrastructure`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens
from starostwo.screens.api import MenuEntry

SEERS = ("MANAGE_NETWORK", "WORK_ORDERS")
ENTRIES = (
    MenuEntry("Sieć", "infrastructure:devices", right=SEERS, order=68, key="g u"),
    MenuEntry("Zlecenia", "infrastructure:orders", right=SEERS, order=69, key="g x"),
)


class InfrastructureConfig(AppConfig):
    name = "starostwo.infrastructure"
    label = "infrastructure"
    verbose_name = "Infrastruktura"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the network and its work orders into the menu of staff."""
        for entry in ENTRIES:
            screens.add_menu(area="staff", entry=entry)
