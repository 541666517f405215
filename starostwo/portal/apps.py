"""The Django application `portal`."""

from django.apps import AppConfig

from starostwo.screens.api import MenuEntry, add_menu


class PortalConfig(AppConfig):
    name = "starostwo.portal"
    label = "portal"
    verbose_name = "Portal powiatu"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the pages of the county into the menus of everybody, and the editors' desk into theirs."""
        add_menu(area="public", entry=MenuEntry("Aktualności", "portal:news", order=20))
        add_menu(area="public", entry=MenuEntry("Powiat", "portal:pages", order=25))
        add_menu(area="staff", entry=MenuEntry("Portal", "portal:desk", right="EDIT_PORTAL", order=82))
