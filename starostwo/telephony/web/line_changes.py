"""Lines, prices, public numbers and days off put right or taken away on the screen."""

from datetime import datetime
from typing import Protocol

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.office.api import Actor, ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm
from starostwo.telephony.models import DayOff, Number, PublicNumber, Tariff, Trunk
from starostwo.telephony.queries import lines as queries
from starostwo.telephony.rules.numbers import shown
from starostwo.telephony.services import line_changes
from starostwo.telephony.services.line_changes import IsUsed
from starostwo.telephony.services.lines import NewTariff, NewTrunk, StandsAlready
from starostwo.telephony.web.line_forms import RingsForm, TariffForm, TrunkForm

PRICED = "Zapisano stawkę. Rozmowy z jej dni zostaną przeliczone w ciągu minuty."


class Remove(Protocol):
    """What takes a row away, unless something rests on it."""

    def __call__(self, row_id: int, /, *, actor: Actor, now: datetime) -> None:
        """Do it; IsUsed where something does."""


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def trunk(request: ActorRequest, trunk_id: int) -> HttpResponse:
    """Change where the operator's server is."""
    found = get_object_or_404(Trunk, pk=trunk_id)
    initial = {name: getattr(found, name) for name in ("name", "host", "port", "order")}
    nodes = [(node.pk, node.name) for node in queries.nodes()]
    form = TrunkForm(request.POST or None, initial=initial | {"node": found.node_id}, nodes=nodes)
    if form.is_valid():
        data = dict(form.cleaned_data)
        node_id = data.pop("node")
        try:
            line_changes.change_trunk(trunk_id, node_id, NewTrunk(**data), actor=request.actor, now=now())
        except StandsAlready:
            form.add_error("name", "Jest już łącze o tej nazwie. Wpisz inną.")
        else:
            messages.success(request, f"Zapisano łącze {data['name']}.")
            return redirect("telephony:trunk", trunk_id)
    away = reverse("telephony:trunk_removal", args=[trunk_id])
    told = "Usunąć można tylko łącze, którym nikt nie dzwonił; jego stawki znikną z nim."
    return _form(request, form, f"Łącze {found.name}", away, "Usuń łącze", told)


@staff(Right.ADMIN)
@require_POST
def trunk_removal(request: ActorRequest, trunk_id: int) -> HttpResponse:
    """Take away a line over which nobody has called."""
    found = get_object_or_404(Trunk, pk=trunk_id)
    used = f"Łączem {found.name} dzwoniono, więc zostaje w spisie rozmów. Wyłącz je."
    if _removed(request, line_changes.remove_trunk, trunk_id, f"Usunięto łącze {found.name}.", used):
        return redirect("telephony:lines")
    return redirect("telephony:trunk", trunk_id)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def tariff(request: ActorRequest, tariff_id: int) -> HttpResponse:
    """Put a price right, or say its last day."""
    found = get_object_or_404(Tariff, pk=tariff_id)
    initial = {"beginning": found.beginning, "minute": found.minute_zloty, "setup": found.setup_zloty,
               "since": found.since, "until": found.until}  # fmt: skip
    form = TariffForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            line_changes.change_tariff(
                tariff_id, NewTariff(**form.cleaned_data), actor=request.actor, now=now()
            )
        except StandsAlready:
            form.add_error("since", "Od tego dnia jest już stawka dla tych numerów.")
        else:
            messages.success(request, PRICED)
            return redirect("telephony:trunk", found.trunk_id)
    away = reverse("telephony:tariff_removal", args=[tariff_id])
    told = "Usunąć można tylko stawkę, według której nie policzono żadnej rozmowy."
    return _form(request, form, f"Stawka {found.beginning}: {found.trunk.name}", away, "Usuń stawkę", told)


@staff(Right.ADMIN)
@require_POST
def tariff_removal(request: ActorRequest, tariff_id: int) -> HttpResponse:
    """Take away a price by which no call was counted."""
    found = get_object_or_404(Tariff, pk=tariff_id)
    used = "Według tej stawki policzono już rozmowy. Wpisz jej ostatni dzień albo popraw kwoty."
    if _removed(request, line_changes.remove_tariff, tariff_id, f"Usunięto stawkę {found.beginning}.", used):
        return redirect("telephony:trunk", found.trunk_id)
    return redirect("telephony:tariff_change", tariff_id)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def public_number(request: ActorRequest, number_id: int) -> HttpResponse:
    """Say what a number of the county rings."""
    found = get_object_or_404(PublicNumber, pk=number_id)
    initial = {"rings": found.rings_id or "", "description": found.description}
    form = RingsForm(request.POST or None, initial=initial)
    if form.is_valid():
        rings, description = form.cleaned_data["rings"], form.cleaned_data["description"]
        if rings and not Number.objects.filter(pk=rings).exists():
            form.add_error("rings", f"Nie ma numeru wewnętrznego {rings}.")
        else:
            line_changes.change_public_number(
                number_id, rings or None, description, actor=request.actor, now=now()
            )
            messages.success(request, f"Zapisano numer {shown(found.number)}. Działa od następnej rozmowy.")
            return redirect("telephony:lines")
    away = reverse("telephony:public_number_removal", args=[number_id])
    told = "Po usunięciu dzwoniący z zewnątrz usłyszą, że nie ma takiego numeru."
    return _form(request, form, f"Numer {shown(found.number)}", away, "Usuń numer", told)


@staff(Right.ADMIN)
@require_POST
def public_number_removal(request: ActorRequest, number_id: int) -> HttpResponse:
    """The county has this number no more."""
    found = get_object_or_404(PublicNumber, pk=number_id)
    done = f"Usunięto numer {shown(found.number)}."
    used = "Tym numerem przedstawiają się telefony. Zmień to najpierw w ich ustawieniach."
    if _removed(request, line_changes.remove_public_number, number_id, done, used):
        return redirect("telephony:lines")
    return redirect("telephony:public_number_change", number_id)


@staff(Right.ADMIN)
@require_POST
def day_off_removal(request: ActorRequest, day_id: int) -> HttpResponse:
    """The office answers on that day after all."""
    get_object_or_404(DayOff, pk=day_id, is_statutory=False)
    day = line_changes.remove_day_off(day_id, actor=request.actor, now=now())
    messages.success(request, f"Usunięto dzień wolny {day.day:%d.%m.%Y}.")
    return redirect("telephony:lines")


def _removed(request: ActorRequest, remove: Remove, row_id: int, done: str, used: str) -> bool:
    """Take it away and say so, or say on what it rests; whether it went."""
    try:
        remove(row_id, actor=request.actor, now=now())
    except IsUsed:
        messages.error(request, used)
        return False
    messages.success(request, done)
    return True


def _form(
    request: ActorRequest, form: ScreenForm, title: str, away: str, away_words: str, told: str
) -> HttpResponse:
    context = {"form": form, "title": title, "action": "Zapisz", "away": away, "away_words": away_words,
               "away_told": told}  # fmt: skip
    return render(request, "telephony/change.html", context, status=422 if form.errors else 200)
