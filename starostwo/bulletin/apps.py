"""The Django application `bulletin`."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop

from starostwo.screens.api import MenuEntry, add_menu, add_panel


class BulletinConfig(AppConfig):
    name = "starostwo.bulletin"
    label = "bulletin"
    verbose_name = "Biuletyn"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        add_menu(area="public", entry=MenuEntry(gettext_noop("BIP"), "bulletin:front", order=80))
        add_menu(
            area="foot",
            entry=MenuEntry(gettext_noop("Deklaracja dostępności"), "bulletin:accessibility", order=90),
        )
        add_menu(area="staff", entry=MenuEntry("BIP", "bulletin:editing", right="EDIT_BULLETIN", order=80))
        sign = MenuEntry("Znak BIP", "bulletin:sign", right="ADMIN", order=95)
        add_menu(area="staff", entry=sign)
        rules = MenuEntry("Reguły BIP", "bulletin:rules", right="COORDINATE", order=82)
        add_menu(area="staff", entry=rules)
        add_panel(place="case", template="bulletin/case_panel.html")
