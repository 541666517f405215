"""The greeting of one's own voicemail: heard, chosen, taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.files import api as files
from starostwo.office.api import ActorRequest, staff
from starostwo.telephony.agent import wav
from starostwo.telephony.exchange import speech
from starostwo.telephony.models import Extension, Greeting
from starostwo.telephony.queries import greetings as queries
from starostwo.telephony.services import greetings
from starostwo.telephony.web.greeting_forms import OWN, USUAL, GreetingForm


@staff(None)
@require_http_methods(["GET", "POST"])
def greeting(request: ActorRequest, number: str) -> HttpResponse:
    """What the box of one's own phone says."""
    phone = _own(request, number)
    found = queries.greeting(phone)
    form = GreetingForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        initial={"kind": OWN if found else USUAL},
        has_own=found is not None,
    )  # fmt: skip
    if form.is_valid():
        messages.success(request, _carry_out(request, number, form))
        return redirect("telephony:greeting", number)
    context = {
        "form": form, "phone": phone, "greeting": found, "words": queries.words_of(phone),
        "speaks": speech.program() is not None,
    }  # fmt: skip
    return render(request, "telephony/greeting.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def sound(request: ActorRequest, number: str) -> HttpResponseBase:
    """The greeting as the caller hears it, for the page's player."""
    phone = _own(request, number)
    found = queries.greeting(phone)
    if found is not None:
        return files.download_response(found.blob, f"powitanie-{number}.wav")
    said = speech.say(queries.words_of(phone))
    if said is None:
        raise Http404
    return HttpResponse(
        wav.written(said), content_type=greetings.WAV, headers={"Cache-Control": "private, no-store"}
    )


def _carry_out(request: ActorRequest, number: str, form: GreetingForm) -> str:
    """Do what was chosen and say it in words."""
    if form.cleaned_data["kind"] == USUAL:
        greetings.remove_own(number, actor=request.actor, now=now())
        return "Poczta głosowa mówi zwykłe powitanie."
    samples = form.cleaned_data["file"]
    if samples is None:
        return "Powitanie zostało bez zmian."
    greetings.set_own(number, samples, Greeting.Origin.FILE, actor=request.actor, now=now())
    return "Zapisano powitanie. Dzwoniący usłyszą je za kilka sekund."


def _own(request: ActorRequest, number: str) -> Extension:
    found = queries.own_phone(request.actor, number)
    if found is None:
        raise Http404
    return found
