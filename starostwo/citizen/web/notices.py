"""The resident chooses how he is told that something waits, and confirms a number for SMS."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.channels import api as channels
from starostwo.citizen.notifying import send_code
from starostwo.citizen.web.notice_forms import LANGUAGE, CodeForm, NoticesForm, NumberForm
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, resident

CODES_AN_HOUR, CODES_A_DAY = 3, 5
HOUR, DAY = 60 * 60, 24 * 60 * 60


@resident
@require_http_methods(["GET", "POST"])
def notices(request: ActorRequest) -> HttpResponse:
    """One question for each event."""
    own = office.residents.own_notices(request.actor)
    form = NoticesForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        office.residents.choose_notices(
            request.actor, form.ways(), language=form.cleaned_data.get(LANGUAGE, ""), now=now()
        )
        messages.success(request, _("Zapisano, jak Cię powiadamiać."))
        return redirect("citizen:notices")
    page = {"form": form, "own": own, "has_gateway": channels.text_state(now=now()).is_configured}
    return render(request, "citizen/notices.html", page, status=422 if form.errors else 200)


@resident
@require_http_methods(["GET", "POST"])
def number(request: ActorRequest) -> HttpResponse:
    """Which number; a code goes there."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["numer"]
        if _may_send(request, wanted):
            send_code(request.actor, wanted, now=now())
            return redirect("citizen:number_code")
        form.add_error("numer", _("Wysłaliśmy już kilka kodów. Następny możesz zamówić za godzinę."))
        return render(request, "citizen/number.html", {"form": form}, status=429)
    return render(request, "citizen/number.html", {"form": form}, status=422 if form.errors else 200)


@resident
@require_http_methods(["GET", "POST"])
def number_code(request: ActorRequest) -> HttpResponse:
    """The code of the SMS; five tries."""
    asked = office.residents.own_notices(request.actor).asked_number
    if not asked:
        return redirect("citizen:number")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            office.residents.confirm_number(request.actor, form.cleaned_data["kod"], now=now())
        except office.residents.CodeIsOver:
            form.add_error("kod", _("Ten kod już nie działa. Zamów nowy kod na swój numer."))
        except office.residents.CodeIsWrong as wrong:
            form.add_error(
                "kod", _("To nie jest kod z SMS-a. Zostało prób: %(left)d.") % {"left": wrong.left}
            )
        else:
            messages.success(request, _("Numer jest potwierdzony. Wybierz, o czym pisać SMS-em."))
            return redirect("citizen:notices")
    place = f"http://localhost:{settings.IDP_PORT}/sms/" if settings.DEMO else ""
    page = {"form": form, "asked": asked, "place": place}
    return render(request, "citizen/number_code.html", page, status=422 if form.errors else 200)


@resident
@require_POST
def number_removal(request: ActorRequest) -> HttpResponse:
    """Forget the number."""
    office.residents.drop_number(request.actor, now=now())
    messages.success(request, _("Numer usunięto. Nie wyślemy więcej SMS-ów."))
    return redirect("citizen:notices")


def _may_send(request: ActorRequest, wanted: str) -> bool:
    """A person asks for a few codes an hour, and a number gets a few a day, whoever asks."""
    limits = (
        (f"sms-code:{request.actor.account_id}", CODES_AN_HOUR, HOUR),
        (f"sms-number:{wanted}", CODES_A_DAY, DAY),
    )
    return all(office.allow(key, limit=limit, per_seconds=span) is None for key, limit, span in limits)
