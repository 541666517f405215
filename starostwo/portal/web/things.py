"""Editors' lists and forms of events, alerts, short cuts, contacts: one pair of screens for all of them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.portal.services import things as services
from starostwo.portal.web import council_forms
from starostwo.portal.web import thing_forms as forms
from starostwo.portal.web.sections import tabs

FORMS: dict[str, type[forms.ThingForm]] = {
    "wydarzenia": forms.EventForm,
    "komunikaty": forms.AlertForm,
    "skroty": forms.ShortcutForm,
    "kontakty": forms.ContactForm,
    "konsultacje": council_forms.ConsultationForm,
    "radni": council_forms.CouncillorForm,
    "sesje": council_forms.SessionForm,
    "interpelacje": council_forms.InterpellationForm,
    "miejsca": council_forms.PlaceForm,
}
TAKEN = "Taki wpis już istnieje. Zmień go zamiast dodawać drugi."


@dataclass(frozen=True)
class Line:
    """A row of the list: where it leads and what it says."""

    id: int
    cells: list[Any]


@staff(Right.EDIT_PORTAL)
@require_safe
def things(request: ActorRequest, section: str) -> HttpResponse:
    """All things of a kind."""
    kind = _kind(section)
    page = keyset_page(
        kind.model._default_manager.all(), key=kind.order, cursor=request.GET.get("cursor"), size=30
    )
    context = {
        "section": section,
        "one": kind.one,
        "heads": [label for label, _ in kind.columns],
        "lines": [Line(row.pk, [getattr(row, name) for _, name in kind.columns]) for row in page.rows],
        "page": page,
        "tabs": tabs(request.path),
    }
    return render(request, "portal/things.html", context)


@staff(Right.EDIT_PORTAL)
@require_http_methods(["GET", "POST"])
def new_thing(request: ActorRequest, section: str) -> HttpResponse:
    """Add a thing."""
    kind = _kind(section)
    form = kind(_posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.add(kind.model, actor=request.actor, values=form.cleaned_data, now=now())
        except IntegrityError:
            form.add_error(None, TAKEN)
        else:
            messages.success(request, "Zapisano.")
            return redirect("portal:things", section)
    return _form(request, form, section, f"Dodaj: {kind.one}")


@staff(Right.EDIT_PORTAL)
@require_http_methods(["GET", "POST"])
def thing(request: ActorRequest, section: str, thing_id: int) -> HttpResponse:
    """Change a thing."""
    kind = _kind(section)
    found = kind.model._default_manager.filter(pk=thing_id).first()
    if found is None:
        raise Http404
    form = kind(_posted(request), initial={name: getattr(found, name) for name in kind.base_fields})
    if request.method == "POST" and form.is_valid():
        try:
            services.change(kind.model, thing_id, actor=request.actor, values=form.cleaned_data, now=now())
        except IntegrityError:
            form.add_error(None, TAKEN)
        else:
            messages.success(request, "Zapisano zmiany.")
            return redirect("portal:things", section)
    return _form(request, form, section, f"Zmień: {kind.one}", thing_id)


def _kind(section: str) -> type[forms.ThingForm]:
    if section not in FORMS:
        raise Http404
    return FORMS[section]


def _posted(request: ActorRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form(
    request: ActorRequest, form: forms.ThingForm, section: str, title: str, thing_id: int | None = None
) -> HttpResponse:
    context = {"form": form, "section": section, "title": title, "thing_id": thing_id}
    return render(request, "portal/thing.html", context, status=422 if form.errors else 200)
