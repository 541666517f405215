"""Cables on the screen: the list, one with its ends, new ones, many at once; the trace of a port."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.models import Cable
from starostwo.infrastructure.queries import cables as queries
from starostwo.infrastructure.queries import circuits, devices
from starostwo.infrastructure.queries.references import line, ports_named, with_a_cable
from starostwo.infrastructure.queries.tracing import trace
from starostwo.infrastructure.rules.kinds import CABLES
from starostwo.infrastructure.services import cabling
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.cable_forms import BundleForm, CableForm, ConnectForm
from starostwo.infrastructure.web.sections import acted, drawn, refused_with
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import Page, keyset_page


@staff(*SEERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """Cables, the newest first, with both their ends."""
    wanted = queries.Wanted.told(request.GET)
    page: Page[Cable] = keyset_page(
        queries.listed(request.actor, wanted), key=queries.NEWEST, cursor=request.GET.get("cursor")
    )
    context = {
        "page": page, "rows": queries.with_ends(page.rows), "wanted": wanted, "kinds": CABLES.items(),
        "statuses": queries.STATUSES.items(),
    }  # fmt: skip
    return drawn(request, "cables", "cables", context)


@staff(*SEERS)
@require_safe
def cable(request: ActorRequest, cable_id: int) -> HttpResponse:
    """One cable, and the whole line that it is a part of."""
    found = _found(request, cable_id)
    [(_, sides)] = queries.with_ends([found])
    way = trace(sides.near[0].port_id, actor=request.actor) if sides.near else None
    context = {
        "circuit": circuits.of_cable(cable_id, actor=request.actor),
        "cable": found,
        "sides": sides,
        "trace": way,
        "is_removed": found.status == Cable.Status.REMOVED,
    }
    return drawn(request, "cable", "cables", context)


@staff(*SEERS)
@require_safe
def traced(request: ActorRequest, port_id: int) -> HttpResponse:
    """Where a port leads."""
    found = trace(port_id, actor=request.actor)
    if found is None:
        raise Http404
    return drawn(request, "trace", "cables", {"trace": found, "title": line(found.start)})


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def connecting(request: ActorRequest) -> HttpResponse:
    """A new cable."""
    given = request.GET.get("port", "")
    first = devices.port(int(given), actor=request.actor) if given.isdecimal() and len(given) < 16 else None
    form = ConnectForm(request.POST or None, initial={"near": line(first)} if first else {})

    def act() -> str:
        near, far = form.cleaned_data["near"].strip(), form.far_ends()
        known = ports_named([near, *far], actor=request.actor)
        if near not in known:
            raise Refused("near", "Nie ma takiego portu. Zapisz go tak: SW-1:ge3.")
        if missing := [one for one in far if one not in known]:
            raise Refused("far", f"Nie ma takiego portu: {missing[0]}.")
        taken = with_a_cable(known.values())
        for field, text in [("near", near), *(("far", one) for one in far)]:
            if known[text].pk in taken:
                raise Refused(field, f"Do portu {text} jest już podłączony kabel. Wybierz inny port.")
        ends = [known[one].pk for one in far]
        made = cabling.connect(known[near].pk, ends, form.cable(), actor=request.actor, now=now())
        return reverse("infrastructure:cable", args=[made.pk])

    return acted(
        request, form, act, section="cables", title="Nowy kabel", action="Podłącz kabel",
        done="Podłączono kabel.", back=reverse("infrastructure:cables"),
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def bundling(request: ActorRequest) -> HttpResponse:
    """Many cables at once, panel to panel."""
    form = BundleForm(request.POST or None)

    def act() -> str:
        told = form.cleaned_data
        sides = []
        for side in ("near", "far"):
            found = devices.named(told[side], actor=request.actor)
            if found is None:
                raise Refused(side, "Nie ma urządzenia o tej nazwie.")
            sides.append(cabling.Bundle(found.pk, told[f"{side}_kind"], told[f"{side}_first"]))
        made = cabling.connect_many(
            sides[0], sides[1], told["count"], form.cable(), actor=request.actor, now=now()
        )
        messages.success(request, f"Podłączono kabli: {len(made)}.")
        return reverse("infrastructure:device", args=[sides[0].device])

    return acted(
        request, form, act, section="cables", title="Wiązka kabli", action="Podłącz wszystkie",
        done="Porty połączono po kolei.", back=reverse("infrastructure:cables"),
        intro="Porty łączą się po kolei, jeden do jednego. Gdy któryś jest zajęty, nie powstaje żaden kabel.",
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def description(request: ActorRequest, cable_id: int) -> HttpResponse:
    """Write down better what a cable is."""
    found = _found(request, cable_id)
    initial = {name: getattr(found, name) for name in ("kind", "status", "label", "colour", "note")}
    initial["length"] = None if found.length is None else found.length / 100
    form = CableForm(request.POST or None, initial=initial)
    here = reverse("infrastructure:cable", args=[cable_id])

    def act() -> str:
        cabling.describe_cable(cable_id, form.cleaned_data, actor=request.actor, now=now())
        return here

    return acted(
        request, form, act, section="cables", title=f"Opis: {found}", action="Zapisz opis",
        done="Zapisano opis.", back=here,
    )  # fmt: skip


@staff(Right.MANAGE_NETWORK)
@require_POST
def removing(request: ActorRequest, cable_id: int) -> HttpResponse:
    """Unplug a cable."""
    _found(request, cable_id)
    try:
        cabling.remove_cable(cable_id, actor=request.actor, now=now())
    except Refused as error:
        refused_with(request, error)
    else:
        messages.success(request, "Usunięto kabel; porty są wolne.")
    return redirect("infrastructure:cable", cable_id)


def _found(request: ActorRequest, cable_id: int) -> Cable:
    found = queries.one(cable_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
