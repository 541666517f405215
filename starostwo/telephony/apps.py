"""The Django application `telephony`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens
from starostwo.screens.api import MenuEntry

ENTRIES = (MenuEntry("Telefony", "telephony:numbers", order=80),)
OWN = MenuEntry("Telefon", "telephony:window", order=5, window="starostwo-telefon")


class TelephonyConfig(AppConfig):
    name = "starostwo.telephony"
    label = "telephony"
    verbose_name = "Telefonia"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Everybody on the staff finds whom to call; who runs telephony changes it there."""
        for entry in ENTRIES:
            screens.add_menu(area="staff", entry=entry)
        screens.add_menu(area="dial", entry=MenuEntry("Zadzwoń", "telephony:dial"))
        screens.add_panel(place="person", template="telephony/person_number.html")
        screens.add_menu(area="account", entry=OWN)
