"""The Django application `portal`: its menus, and what every public page announces."""

from collections.abc import Sequence

from django.apps import AppConfig, apps
from django.utils.timezone import now

from starostwo.screens.api import Announcement, MenuEntry, add_menu, announce_by

MOST_ANNOUNCED = 3


class PortalConfig(AppConfig):
    name = "starostwo.portal"
    label = "portal"
    verbose_name = "Portal powiatu"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the pages of the county into the menus of everybody, and the editors' desk into theirs."""
        for entry in (
            MenuEntry("Aktualności", "portal:news", order=20),
            MenuEntry("Wydarzenia", "portal:events", order=30),
            MenuEntry("Powiat", "portal:pages", order=40),
            MenuEntry("Rada", "portal:council", order=50),
            MenuEntry("Kontakt", "portal:contacts", order=70),
        ):
            add_menu(area="public", entry=entry)
        for entry in (
            MenuEntry("Konsultacje", "portal:consultations", order=10),
            MenuEntry("Miejsca", "portal:places", order=20),
            MenuEntry("Newsletter", "portal:newsletter", order=30),
        ):
            add_menu(area="foot", entry=entry)
        for right in ("ADMIN", "EDIT_SITES"):
            add_menu(area="staff", entry=MenuEntry("Jednostki", "portal:unit_sites", right=right, order=83))
        add_menu(area="foot", entry=MenuEntry("Jednostki powiatu", "portal:units", order=40))
        add_menu(area="staff", entry=MenuEntry("Portal", "portal:desk", right="EDIT_PORTAL", order=82))
        announce_by(_announcements)


def _announcements() -> Sequence[Announcement]:
    """The alerts in force, the urgent first; one query for each public page."""
    moment = now()
    alerts = apps.get_model("portal", "Alert").objects.filter(starts_at__lte=moment, ends_at__gt=moment)
    found = alerts.order_by("-is_urgent", "-starts_at", "-id")[:MOST_ANNOUNCED]
    return [Announcement(one.text, one.url, one.words, one.is_urgent) for one in found]
