"""The Django application `visits`: its places in the menus."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from starostwo.screens import api as screens
from starostwo.screens.api import MenuEntry


class VisitsConfig(AppConfig):
    name = "starostwo.visits"
    label = "visits"
    verbose_name = "Wizyty"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        screens.add_menu(area="staff", entry=MenuEntry("Wizyty", "visits:overview", order=70, key="g v"))
        screens.add_menu(
            area="public", entry=MenuEntry(gettext_noop("Umów wizytę"), "visits:matters", order=20)
        )
        screens.add_menu(
            area="resident", entry=MenuEntry(gettext_noop("Moje wizyty"), "visits:mine", order=30)
        )
