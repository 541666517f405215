"""Screens of the whole bulletin: its sections, what was written to files, and the daily check."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.bulletin.access import EDITING
from starostwo.bulletin.models import Check, Publication
from starostwo.bulletin.queries.editing import section, section_choices, sections_in_order
from starostwo.bulletin.services import checking, publishing
from starostwo.bulletin.services import sections as keeping
from starostwo.bulletin.web.desk import Desk, desk_of, of_body
from starostwo.bulletin.web.forms import NewSectionForm, SectionForm, section_fields
from starostwo.office.api import ActorRequest, staff

LISTED = 30


@staff(*EDITING)
@require_http_methods(["GET", "POST"])
@of_body
def sections_list(request: ActorRequest, desk: Desk) -> HttpResponse:
    """The subject menu, and a form for a new section."""
    form = NewSectionForm(request.POST or None, sections=section_choices(desk.body))
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = keeping.add_section(
                desk.body,
                actor=request.actor,
                slug=data["slug"],
                name=data["name"],
                law=data["law"],
                parent_id=int(data["parent"]) if data["parent"] else None,
                now=now(),
            )
            _renew(request, desk)
            messages.success(request, f"Dodano dział „{made.name}”.")
            return redirect(desk.at["sections"])
        except keeping.CannotKeep as error:
            form.add_error("slug", str(error))
    context = {
        "form": form,
        "desk": desk,
        "sections": sections_in_order(desk.body),
        "tabs": desk.tabs("sections"),
    }
    return render(request, "bulletin/sections.html", context, status=422 if form.errors else 200)


@staff(*EDITING)
@require_POST
@of_body
def planting(request: ActorRequest, desk: Desk) -> HttpResponse:
    """Make the ready tree of art. 6."""
    try:
        count = keeping.plant_tree(desk.body, actor=request.actor, now=now())
        _renew(request, desk)
        messages.success(request, f"Założono działy: {count}.")
    except keeping.SectionsExist:
        messages.error(request, "Działy już są; gotowy układ zakłada się tylko w pustym BIP.")
    return redirect(desk.at["sections"])


@staff(*EDITING)
@require_http_methods(["GET", "POST"])
def one_section(request: ActorRequest, section_id: int) -> HttpResponse:
    """Rename or move a section."""
    found = section(section_id, actor=request.actor)
    if found is None:
        raise Http404
    desk = desk_of(found.body)
    form = SectionForm(request.POST or None, initial=section_fields(found))
    if form.is_valid():
        data = form.cleaned_data
        keeping.change_section(
            section_id,
            actor=request.actor,
            name=data["name"],
            law=data["law"],
            position=data["position"],
            now=now(),
        )
        _renew(request, desk)
        messages.success(request, "Zmieniono dział.")
        return redirect(desk.at["sections"])
    context = {"form": form, "section": found, "desk": desk}
    return render(request, "bulletin/section_desk.html", context, status=422 if form.errors else 200)


@staff(*EDITING)
@require_POST
def section_end(request: ActorRequest, section_id: int) -> HttpResponse:
    """Remove an empty section."""
    found = section(section_id, actor=request.actor)
    if found is None:
        raise Http404
    desk = desk_of(found.body)
    try:
        keeping.remove_section(section_id, actor=request.actor, now=now())
        _renew(request, desk)
        messages.success(request, "Usunięto dział.")
    except keeping.CannotKeep as error:
        messages.error(request, str(error))
    return redirect(desk.at["sections"])


@staff(*EDITING)
@require_http_methods(["GET", "POST"])
@of_body
def publications(request: ActorRequest, desk: Desk) -> HttpResponse:
    """What was written when, what the checks found, and the buttons for both."""
    if request.method == "POST":
        if request.POST.get("act") == "check":
            found = checking.check(desk.body, now=now())
            said = "Sprawdzono: wszystko zgodne." if not found.faults else "Sprawdzono: są niezgodności."
            (messages.success if not found.faults else messages.error)(request, said)
        else:
            made = _renew(request, desk)
            messages.success(request, "Opublikowano strony." if made else "Wszystkie strony są aktualne.")
        return redirect(desk.at["publications"])
    made_here = Publication.objects.filter(body=desk.body).select_related("made_by")
    context = {
        "publications": made_here.order_by("-made_at", "-id")[:LISTED],
        "checks": Check.objects.filter(body=desk.body).order_by("-made_at", "-id")[:LISTED],
        "desk": desk,
        "tabs": desk.tabs("publications"),
    }
    return render(request, "bulletin/publications.html", context)


def _renew(request: ActorRequest, desk: Desk) -> Publication | None:
    actor = request.actor
    return publishing.publish(
        desk.body, actor=actor.audit_name, account_id=actor.account_id, now=now(), today=localdate()
    )
