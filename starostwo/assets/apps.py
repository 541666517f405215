"""The Django application `assets`: its places in the menus."""

from django.apps import AppConfig

from starostwo.screens import api as screens
from starostwo.screens.api import MenuEntry

ENTRIES = (MenuEntry("Majątek", "assets:assets", order=66, key="g i"),)


class AssetsConfig(AppConfig):
    name = "starostwo.assets"
    label = "assets"
    verbose_name = "Majątek"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the register into the menu of staff: everybody sees at least what he keeps."""
        for entry in ENTRIES:
            screens.add_menu(area="staff", entry=entry)
