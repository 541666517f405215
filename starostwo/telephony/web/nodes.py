"""Exchanges on the screen: which stand where, whether they run, and the form of one."""

from datetime import time, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.telephony.models import Node
from starostwo.telephony.queries import lines as queries
from starostwo.telephony.services import lines
from starostwo.telephony.services.lines import NewNode, NodeIsUsed, StandsAlready
from starostwo.telephony.web.node_forms import NodeForm

USUAL_HOURS = [(day, time(7, 30), time(15, 30)) for day in range(5)]
SAID = ("code", "name", "host", "port", "websocket", "mode")
IS_SILENT_AFTER = timedelta(minutes=1)


@staff(Right.ADMIN)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """All exchanges and what they said last."""
    nodes = queries.nodes_with_states()
    states = [(node.code, getattr(node, "state", None)) for node in nodes]
    mute = [code for code, state in states if state and not state.speaks]
    context = {"nodes": nodes, "silent_since": now() - IS_SILENT_AFTER, "mute": mute}
    return render(request, "telephony/nodes.html", context)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Enter the exchange of a building; it begins with usual hours."""
    form = NodeForm(request.POST or None, seats=office.places.seats())
    if form.is_valid():
        try:
            node = lines.open_node(_said(form), USUAL_HOURS, actor=request.actor, now=now())
        except StandsAlready:
            _name_what_stands(form, None)
        else:
            messages.success(
                request, f"Dodano węzeł {node.code} z godzinami pracy 7.30–15.30. Popraw je, jeśli są inne."
            )
            return redirect("telephony:hours", node.pk)
    context = {"form": form, "node": None}
    return render(request, "telephony/node.html", context, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def node(request: ActorRequest, node_id: int) -> HttpResponse:
    """Change what is said of an exchange."""
    found = _found(node_id)
    initial = {name: getattr(found, name) for name in SAID} | {"seat": found.seat_id}
    form = NodeForm(request.POST or None, initial=initial, seats=office.places.seats())
    if form.is_valid():
        try:
            lines.change_node(node_id, _said(form), actor=request.actor, now=now())
        except StandsAlready:
            _name_what_stands(form, node_id)
        else:
            messages.success(request, f"Zapisano węzeł {form.cleaned_data['code']}.")
            return redirect("telephony:nodes")
    context = {"form": form, "node": found}
    return render(request, "telephony/node.html", context, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_POST
def removal(request: ActorRequest, node_id: int) -> HttpResponse:
    """Take away an exchange on which nothing stands."""
    found = _found(node_id)
    try:
        lines.remove_node(node_id, actor=request.actor, now=now())
    except NodeIsUsed:
        messages.error(
            request, f"Nie można usunąć węzła {found.name}: są w nim numery, łącza albo zapisane rozmowy. "
            "Numery i łącza przenieś do innego węzła; rozmowy znikną po czasie przechowywania."
        )  # fmt: skip
        return redirect("telephony:node", node_id)
    messages.success(request, f"Usunięto węzeł {found.name}.")
    return redirect("telephony:nodes")


def _said(form: NodeForm) -> NewNode:
    data = dict(form.cleaned_data)
    return NewNode(seat_id=data.pop("seat"), **data)


def _name_what_stands(form: NodeForm, node_id: int | None) -> None:
    """Say which of the two that must differ is another node's already."""
    if any(one.code == form.cleaned_data["code"] and one.pk != node_id for one in queries.nodes()):
        form.add_error("code", "Jest już węzeł o tym kodzie. Wpisz inny.")
    else:
        form.add_error("host", "Pod tym adresem i portem jest już inny węzeł.")


def _found(node_id: int) -> Node:
    found = next((one for one in queries.nodes() if one.pk == node_id), None)
    if found is None:
        raise Http404
    return found
