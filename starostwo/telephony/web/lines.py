"""Exchanges, lines, public numbers and days off on the screen."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm
from starostwo.telephony.models import Node, Number, Trunk
from starostwo.telephony.queries import lines as queries
from starostwo.telephony.services import lines
from starostwo.telephony.services.lines import NewTariff, NewTrunk, StandsAlready
from starostwo.telephony.web.frame import tabs_of
from starostwo.telephony.web.line_forms import DayOffForm, HoursForm, PublicNumberForm, TariffForm, TrunkForm


@staff(Right.ADMIN)
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """Everything that phones stand on."""
    context = {
        "nodes": [(node, queries.hours_of(node)) for node in queries.nodes_with_hours()],
        "modes": Node.Mode.choices, "sections": tabs_of(request.actor, "lines"),
        "without_night": queries.groups_without_night(),
        "trunks": queries.trunks(), "public": queries.public_numbers(),
        "days_off": queries.days_off(localdate()), "classes": queries.classes(),
    }  # fmt: skip
    return render(request, "telephony/lines.html", context)


@staff(Right.ADMIN)
@require_POST
def mode(request: ActorRequest, node_id: int) -> HttpResponse:
    """Switch a building to day, night, or its hours."""
    asked = request.POST.get("tryb", "")
    if asked not in Node.Mode.values or not Node.objects.filter(pk=node_id).exists():
        raise Http404
    node = lines.set_mode(node_id, asked, actor=request.actor, now=now())
    messages.success(request, f"{node.name}: {node.get_mode_display()}. Działa od następnej rozmowy.")
    return redirect("telephony:lines")


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def hours(request: ActorRequest, node_id: int) -> HttpResponse:
    """Say anew when a building answers."""
    node = next((node for node in queries.nodes_with_hours() if node.pk == node_id), None)
    if node is None:
        raise Http404
    form = HoursForm(request.POST if request.method == "POST" else None, initial=HoursForm.of(node))
    if form.is_valid():
        lines.set_hours(node, form.hours(), actor=request.actor, now=now())
        messages.success(request, f"Zapisano godziny pracy: {node.name}.")
        return redirect("telephony:lines")
    return _form(request, form, f"Godziny pracy: {node.name}", "Zapisz godziny")


@staff(Right.ADMIN)
@require_safe
def trunk(request: ActorRequest, trunk_id: int) -> HttpResponse:
    """A line and what calls over it cost."""
    found = _trunk(trunk_id)
    context = {"trunk": found, "tariffs": queries.tariffs(found, localdate())}
    return render(request, "telephony/trunk.html", context)


@staff(Right.ADMIN)
@require_POST
def switching(request: ActorRequest, trunk_id: int) -> HttpResponse:
    """Switch a line on or off."""
    found = lines.switch_trunk(
        _trunk(trunk_id).pk, is_on="wlacz" in request.POST, actor=request.actor, now=now()
    )
    messages.success(request, f"{found.name}: {'włączone' if found.is_on else 'wyłączone'}.")
    return redirect("telephony:trunk", trunk_id)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new_trunk(request: ActorRequest) -> HttpResponse:
    """Enter a line of an operator."""
    nodes = queries.nodes()
    form = TrunkForm(request.POST or None, nodes=[(node.pk, node.name) for node in nodes])
    if form.is_valid():
        data = dict(form.cleaned_data)
        node = next(node for node in nodes if node.pk == data.pop("node"))
        try:
            made = lines.add_trunk(node, NewTrunk(**data), [], actor=request.actor, now=now())
        except StandsAlready:
            form.add_error("name", "Jest już łącze o tej nazwie. Wpisz inną.")
        else:
            messages.success(
                request, f"Dodano łącze {made.name}. Dopisz stawki, inaczej nic nim nie wyjdzie."
            )
            return redirect("telephony:trunk", made.pk)
    return _form(request, form, "Nowe łącze operatora", "Dodaj łącze")


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def tariff(request: ActorRequest, trunk_id: int) -> HttpResponse:
    """A new price of a line."""
    found = _trunk(trunk_id)
    form = TariffForm(request.POST or None)
    if form.is_valid():
        try:
            lines.add_tariff(found, NewTariff(**form.cleaned_data), actor=request.actor, now=now())
        except StandsAlready:
            form.add_error("since", "Od tego dnia jest już stawka dla tych numerów.")
        else:
            messages.success(request, "Dopisano stawkę.")
            return redirect("telephony:trunk", trunk_id)
    return _form(request, form, f"Nowa stawka: {found.name}", "Dopisz stawkę")


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def public_number(request: ActorRequest) -> HttpResponse:
    """Enter a number of the county in the public network."""
    form = PublicNumberForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        if data["rings"] and not Number.objects.filter(pk=data["rings"]).exists():
            form.add_error("rings", f"Nie ma numeru wewnętrznego {data['rings']}.")
        else:
            told: dict[str, Any] = {"actor": request.actor, "now": now()}
            try:
                lines.add_public_number(data["number"], data["rings"] or None, data["description"], **told)
            except StandsAlready:
                form.add_error("number", "Ten numer jest już na liście.")
            else:
                messages.success(request, "Dodano numer zewnętrzny.")
                return redirect("telephony:lines")
    return _form(request, form, "Nowy numer zewnętrzny", "Dodaj numer")


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def day_off(request: ActorRequest) -> HttpResponse:
    """A day off ordered by the head of the office."""
    form = DayOffForm(request.POST or None)
    if form.is_valid():
        try:
            lines.add_day_off(**form.cleaned_data, actor=request.actor, now=now())
        except StandsAlready:
            form.add_error("day", "Ten dzień jest już na liście dni wolnych.")
        else:
            messages.success(request, "Dodano dzień wolny.")
            return redirect("telephony:lines")
    return _form(request, form, "Nowy dzień wolny", "Dodaj dzień")


def _form(request: ActorRequest, form: ScreenForm, title: str, action: str) -> HttpResponse:
    context = {"form": form, "title": title, "action": action}
    return render(request, "telephony/form.html", context, status=422 if form.errors else 200)


def _trunk(trunk_id: int) -> Trunk:
    found = next((one for one in queries.trunks() if one.pk == trunk_id), None)
    if found is None:
        raise Http404
    return found
