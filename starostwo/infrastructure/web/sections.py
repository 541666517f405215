"""The sections of the network as tabs, and the one way in which a form acts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from starostwo.infrastructure import access
from starostwo.infrastructure.services.writing import Refused
from starostwo.office.api import ActorRequest
from starostwo.screens.api import ScreenForm, Tab

SECTIONS = {
    "devices": "Urządzenia",
    "state": "Nadzór",
    "racks": "Szafy",
    "cables": "Kable",
    "plans": "Rzuty pięter",
    "prefixes": "Adresy",
    "runs": "Przeglądy",
    "power": "Zasilanie",
    "lines": "Łącza",
    "expiries": "Terminy",
    "spares": "Zapas",
}


def drawn(
    request: ActorRequest, template: str, section: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of a section."""
    tabs = [
        Tab(words, reverse(f"infrastructure:{name}"), name == section) for name, words in SECTIONS.items()
    ]
    own = {"sections": tabs, "section": section, "may_manage": access.may_manage(request.actor)}
    return render(request, f"infrastructure/{template}.html", own | context, status=status)


@dataclass(frozen=True)
class Removal:
    """The button below a form that removes what is described there."""

    what: str
    pk: int
    words: str


def acted(
    request: ActorRequest, form: ScreenForm, act: Callable[[], str], *, section: str, title: str, action: str,
    done: str, back: str, intro: str = "", removal: Removal | None = None,
) -> HttpResponse:  # fmt: skip
    """A form on a page of its own: what it does, then where it leads; a refusal stays beside its field."""
    if form.is_valid():
        try:
            target = act()
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        else:
            messages.success(request, done)
            return redirect(target)
    context = {
        "form": form, "title": title, "action": action, "back": back, "intro": intro, "removal": removal,
        "is_multipart": form.is_multipart(),
    }  # fmt: skip
    return drawn(request, "form", section, context, status=422 if form.errors else 200)


def refused_with(request: ActorRequest, error: Refused) -> None:
    """Say at the top of the next page why nothing happened."""
    messages.error(request, error.words)
