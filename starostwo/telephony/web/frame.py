"""The tabs above the pages of telephony, those that somebody may open, and the month that is asked for."""

from datetime import date, timedelta
from urllib.parse import quote

from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate

from starostwo.office.api import Actor, ActorRequest
from starostwo.screens.api import Tab
from starostwo.telephony import access
from starostwo.telephony.queries.sums import month_after

EVERYBODY = (
    ("Telefony", "numbers"), ("Rozmowy", "calls"), ("Poczta głosowa", "voicemail"), ("Kto dzwoni", "who"),
)  # fmt: skip
OF_KEEPERS = (("Aparaty", "devices"),)
OF_HEADS = (("Koszty", "costs"), ("Statystyki", "statistics"))
OF_ADMIN = (
    ("Łącza i godziny", "lines"),
    ("Blokady", "barred"),
    ("Na żywo", "live"),
    ("Przechowywanie", "keeping"),
)


def tabs_of(actor: Actor, current: str) -> list[Tab]:
    """The pages that this person may open."""
    named = [*EVERYBODY]
    if access.may_see_devices(actor):
        named += OF_KEEPERS
    if access.may_see_sums(actor):
        named += OF_HEADS
    if access.may_manage(actor):
        named += OF_ADMIN
    return [Tab(label, reverse(f"telephony:{name}"), name == current) for label, name in named]


def month_of(request: ActorRequest) -> date:
    """The month of `?miesiac=2026-11`, else this one."""
    asked = request.GET.get("miesiac", "")
    if not asked:
        return localdate().replace(day=1)
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError as error:
        raise Http404 from error


def months_around(month: date, unit: str = "") -> list[Tab]:
    """The month before, this one and the next, for the tabs of a page; the unit that is looked at stays."""
    before, after = (month - timedelta(days=1)).replace(day=1), month_after(month)
    shown = [before, month, *([after] if after <= localdate() else [])]
    rest = f"&komorka={quote(unit)}" if unit else ""
    return [Tab(f"{one:%m.%Y}", f"?miesiac={one:%Y-%m}{rest}", one == month) for one in shown]
