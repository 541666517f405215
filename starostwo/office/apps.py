"""The Django application `office`: its menus, and the name of the office for every page."""

from contextvars import ContextVar

from django.apps import AppConfig, apps
from django.utils.translation import gettext_noop

from starostwo.screens import api as screens
from starostwo.screens.api import Identity, MenuEntry

remembered: ContextVar[Identity | None] = ContextVar("identity_of_this_request", default=None)


class OfficeConfig(AppConfig):
    name = "starostwo.office"
    label = "office"
    verbose_name = "Urząd"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the screens whose they are and where the office's own pages stand."""
        screens.identify_by(_identity)
        for entry in (
            MenuEntry("Zastępstwa", "office:stand_ins", order=80, key="g z"),
            MenuEntry("Struktura", "office:structure", right="ADMIN", order=90),
            MenuEntry("Miejsca", "office:places", right="ADMIN", order=91),
            MenuEntry("Osoby", "office:staff", right="ADMIN", order=92),
            MenuEntry("Logowania", "office:sign_ins", right="PRIVACY", order=93),
            MenuEntry("Adresy urzędu", "office:addresses", right="ADMIN", order=94),
        ):
            screens.add_menu(area="staff", entry=entry)
        screens.add_menu(area="account", entry=MenuEntry("Moje konto", "office:account", order=10))
        screens.add_menu(area="account", entry=MenuEntry("Wyloguj", "office:sign_out", order=90, post=True))
        screens.add_menu(
            area="guest", entry=MenuEntry(gettext_noop("Zaloguj się"), "office:resident_sign_in", order=90)
        )
        screens.add_menu(
            area="resident", entry=MenuEntry(gettext_noop("Wyloguj"), "office:sign_out", order=90, post=True)
        )
        screens.add_menu(
            area="foot", entry=MenuEntry(gettext_noop("Dla pracowników"), "office:sign_in", order=90)
        )


def _identity() -> Identity:
    """The office as pages name it; asked of the database once a request."""
    known = remembered.get()
    if known is None:
        known = _read_identity()
        remembered.set(known)
    return known


def _read_identity() -> Identity:
    office = apps.get_model("office", "Office").objects.filter(pk=1).first()
    if office is None:
        return Identity()
    return Identity(
        name=office.name,
        address=f"{office.street} {office.building}, {office.postcode} {office.town}",
        phone=office.phone,
        email=office.email,
        is_demo=office.is_demo,
    )
