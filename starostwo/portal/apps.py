"""The Django application `portal`: its menus, and what every public page announces."""

from collections.abc import Mapping, Sequence

from django.apps import AppConfig, apps
from django.utils.timezone import now
from django.utils.translation import gettext_noop

from starostwo.screens.api import Announcement, MenuEntry, add_menu, announce_by, languages

MOST_ANNOUNCED = 3


class PortalConfig(AppConfig):
    name = "starostwo.portal"
    label = "portal"
    verbose_name = "Portal powiatu"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the pages of the county into the menus of everybody, and the editors' desk into theirs."""
        for entry in (
            MenuEntry(gettext_noop("Aktualności"), "portal:news", order=20),
            MenuEntry(gettext_noop("Wydarzenia"), "portal:events", order=30),
            MenuEntry(gettext_noop("Powiat"), "portal:pages", order=40),
            MenuEntry(gettext_noop("Rada"), "portal:council", order=50),
            MenuEntry(gettext_noop("Kontakt"), "portal:contacts", order=70),
        ):
            add_menu(area="public", entry=entry)
        for entry in (
            MenuEntry(gettext_noop("Konsultacje"), "portal:consultations", order=10),
            MenuEntry(gettext_noop("Miejsca"), "portal:places", order=20),
            MenuEntry(gettext_noop("Newsletter"), "portal:newsletter", order=30),
        ):
            add_menu(area="foot", entry=entry)
        for right in ("ADMIN", "EDIT_SITES"):
            add_menu(area="staff", entry=MenuEntry("Jednostki", "portal:unit_sites", right=right, order=83))
        add_menu(area="foot", entry=MenuEntry("Jednostki powiatu", "portal:units", order=40))
        add_menu(area="staff", entry=MenuEntry("Portal", "portal:desk", right="EDIT_PORTAL", order=82))
        announce_by(_announcements)
        languages.translate_by(_own_translations)


def _own_translations(language: str) -> Mapping[str, str]:
    """The short texts that the office translated; one query for each page in another language."""
    found = apps.get_model("portal", "Phrase").objects.filter(language=language)
    return dict(found.values_list("text", "translation"))


def _announcements() -> Sequence[Announcement]:
    """The alerts in force, the urgent first; one query for each public page."""
    moment = now()
    alerts = apps.get_model("portal", "Alert").objects.filter(starts_at__lte=moment, ends_at__gt=moment)
    found = alerts.order_by("-is_urgent", "-starts_at", "-id")[:MOST_ANNOUNCED]
    return [Announcement(one.text, one.url, one.words, one.is_urgent) for one in found]
