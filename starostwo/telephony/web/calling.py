"""A call on the screen: who calls, his open cases, the note of the talk; a page or a part for a window."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_POST, require_safe

from starostwo.audit import api as audit
from starostwo.office.api import ActorRequest, staff
from starostwo.telephony.queries.callers import WhoCalls, numbers_of, who_calls
from starostwo.telephony.rules.call_notes import Talk
from starostwo.telephony.rules.callers import Kind, caller
from starostwo.telephony.services.call_notes import NotYourCase, write_call_note
from starostwo.telephony.web.caller_forms import CallNoteForm, NumberForm
from starostwo.telephony.web.frame import tabs_of

NOT_YOURS = (
    "Nie ma otwartej sprawy {mark}, do której możesz dodać notatkę. Notatkę dodaje prowadzący, jego "
    "naczelnik albo współpracujący. Sprawdź znak albo przekaż notatkę prowadzącemu."
)


@staff(None)
@require_safe
def asked(request: ActorRequest) -> HttpResponse:
    """A number is typed when it stands on the display of a desk phone."""
    form = NumberForm(request.GET if "numer" in request.GET else None)
    if form.is_valid():
        return redirect("telephony:caller", form.cleaned_data["numer"])
    context = {"form": form, "sections": tabs_of(request.actor, "who")}
    return render(request, "telephony/who.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def calling(request: ActorRequest, number: str) -> HttpResponse:
    """Who calls from a number; a script, or `?okno=1`, gets the part for the window of the telephone."""
    found = who_calls(caller(number), actor=request.actor, on=localdate())
    for party in found.parties:
        audit.record_read(
            actor=request.actor.audit_name,
            actor_name=request.actor.name,
            thing=str(party),
            why="rozmowa telefoniczna",
        )
    return _shown(request, number, found, _form(found, None), is_window=_is_for_window(request))


@staff(None)
@require_POST
def note(request: ActorRequest, number: str) -> HttpResponse:
    """Write the note of a talk into a case; a refused one comes back as it was typed."""
    found = who_calls(caller(number), actor=request.actor, on=localdate())
    form = _form(found, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        talk = Talk(data["tresc"], localtime(data["kiedy"]), data["numer"], data["rozmowca"], data["minut"])
        try:
            write_call_note(data["mark"], talk, actor=request.actor, now=now())
        except NotYourCase:
            form.add_error("inna", NOT_YOURS.format(mark=data["mark"]))
        else:
            messages.success(request, f"Dodano notatkę z rozmowy do sprawy {data['mark']}.")
            return redirect(f"{reverse('records:case', args=[data['mark']])}#notatki")
    return _shown(request, number, found, form, is_window=False)


def _is_for_window(request: ActorRequest) -> bool:
    return "okno" in request.GET or request.headers.get("Sec-Fetch-Dest") == "empty"


def _form(found: WhoCalls, posted: Any) -> CallNoteForm:
    initial = {
        "numer": found.caller.number if found.caller.kind is not Kind.STRANGE else "",
        "kiedy": localtime(now()),
        "rozmowca": found.names[0] if len(found.names) == 1 else "",
    }
    return CallNoteForm(posted, initial=initial, cases=list(found.cases), auto_id="id_notatka_%s")


def _shown(
    request: ActorRequest, number: str, found: WhoCalls, form: CallNoteForm, *, is_window: bool
) -> HttpResponse:
    phones = numbers_of(one.holder_id for one in found.cases) if found.cases else {}
    context = {
        "found": found, "kind": found.caller.kind, "number": number, "form": form, "today": localdate(),
        "cases": [(one, phones.get(one.holder_id, "")) for one in found.cases], "is_window": is_window,
    }  # fmt: skip
    template = "telephony/caller_part.html" if is_window else "telephony/caller.html"
    return render(request, template, context, status=422 if form.errors else 200)
