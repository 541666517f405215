"""The Django application `desk`."""

from django.apps import AppConfig

from starostwo.screens.api import MenuEntry, add_menu, add_search


class DeskConfig(AppConfig):
    name = "starostwo.desk"
    label = "desk"
    verbose_name = "Biurko"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        add_menu(area="staff", entry=MenuEntry("Moja praca", "desk:start", order=10, key="g m"))
        add_menu(area="staff", entry=MenuEntry("Stan systemu", "desk:health", right="ADMIN", order=95))
        add_search(area="staff", url_name="desk:search")
