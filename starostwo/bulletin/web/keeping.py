"""Screens of the whole bulletin: its sections, what was written to files, and the daily check."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.bulletin.models import Check, Publication
from starostwo.bulletin.queries.editing import section, section_choices, sections_in_order
from starostwo.bulletin.services import checking, publishing
from starostwo.bulletin.services import sections as keeping
from starostwo.bulletin.web.forms import NewSectionForm, SectionForm, section_fields
from starostwo.bulletin.web.listing import tabs
from starostwo.office.api import ActorRequest, Right, staff

LISTED = 30


@staff(Right.EDIT_BULLETIN)
@require_http_methods(["GET", "POST"])
def sections_list(request: ActorRequest) -> HttpResponse:
    """The subject menu, and a form for a new section."""
    form = NewSectionForm(request.POST or None, sections=section_choices())
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = keeping.add_section(
                actor=request.actor,
                slug=data["slug"],
                name=data["name"],
                law=data["law"],
                parent_id=int(data["parent"]) if data["parent"] else None,
                now=now(),
            )
            _renew(request)
            messages.success(request, f"Dodano dział „{made.name}”.")
            return redirect("bulletin:sections")
        except keeping.CannotKeep as error:
            form.add_error("slug", str(error))
    context = {"form": form, "sections": sections_in_order(), "tabs": tabs("sections")}
    return render(request, "bulletin/sections.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_BULLETIN)
@require_POST
def planting(request: ActorRequest) -> HttpResponse:
    """Make the ready tree of art. 6."""
    try:
        count = keeping.plant_tree(actor=request.actor, now=now())
        _renew(request)
        messages.success(request, f"Założono działy: {count}.")
    except keeping.SectionsExist:
        messages.error(request, "Działy już są; gotowy układ zakłada się tylko w pustym BIP.")
    return redirect("bulletin:sections")


@staff(Right.EDIT_BULLETIN)
@require_http_methods(["GET", "POST"])
def one_section(request: ActorRequest, section_id: int) -> HttpResponse:
    """Rename or move a section."""
    found = section(section_id)
    if found is None:
        raise Http404
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
        _renew(request)
        messages.success(request, "Zmieniono dział.")
        return redirect("bulletin:sections")
    context = {"form": form, "section": found}
    return render(request, "bulletin/section_desk.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_BULLETIN)
@require_POST
def section_end(request: ActorRequest, section_id: int) -> HttpResponse:
    """Remove an empty section."""
    if section(section_id) is None:
        raise Http404
    try:
        keeping.remove_section(section_id, actor=request.actor, now=now())
        _renew(request)
        messages.success(request, "Usunięto dział.")
    except keeping.CannotKeep as error:
        messages.error(request, str(error))
    return redirect("bulletin:sections")


@staff(Right.EDIT_BULLETIN)
@require_http_methods(["GET", "POST"])
def publications(request: ActorRequest) -> HttpResponse:
    """What was written when, what the checks found, and the buttons for both."""
    if request.method == "POST":
        if request.POST.get("act") == "check":
            found = checking.check(now=now())
            said = "Sprawdzono: wszystko zgodne." if not found.faults else "Sprawdzono: są niezgodności."
            (messages.success if not found.faults else messages.error)(request, said)
        else:
            made = _renew(request)
            messages.success(request, "Opublikowano strony." if made else "Wszystkie strony są aktualne.")
        return redirect("bulletin:publications")
    context = {
        "publications": Publication.objects.select_related("made_by").order_by("-made_at", "-id")[:LISTED],
        "checks": Check.objects.order_by("-made_at", "-id")[:LISTED],
        "tabs": tabs("publications"),
    }
    return render(request, "bulletin/publications.html", context)


def _renew(request: ActorRequest) -> Publication | None:
    actor = request.actor
    return publishing.publish(
        actor=actor.audit_name, account_id=actor.account_id, now=now(), today=localdate()
    )
