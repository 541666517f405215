"""Barred callers on the screen."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.telephony.models import BarredCaller
from starostwo.telephony.rules.numbers import shown
from starostwo.telephony.services import barring
from starostwo.telephony.web.frame import tabs_of
from starostwo.telephony.web.line_forms import BarForm

USUALLY = timedelta(days=30)
NEWEST = ("-id",)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """Who is barred until when and why, and the form for one more."""
    today = localdate()
    initial = {"number": request.GET.get("numer", "")[:30], "until": today + USUALLY}
    form = BarForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            made = barring.bar(**form.cleaned_data, actor=request.actor, now=now())
        except barring.TooLong:
            form.add_error("until", "Wpisz dzień od dziś do roku naprzód.")
        except barring.IsOurs:
            form.add_error("number", "To numer starostwa. Nie można go zablokować.")
        except barring.IsBarred:
            form.add_error("number", "Ten numer jest już zablokowany.")
        else:
            messages.success(request, f"Zablokowano {shown(made.number)} do {made.until:%d.%m.%Y}.")
            return redirect("telephony:barred")
    rows = BarredCaller.objects.filter(until__gte=today)
    context = {
        "page": keyset_page(rows, key=NEWEST, cursor=request.GET.get("cursor")), "form": form,
        "tabs": tabs_of(request.actor, "barred"),
    }  # fmt: skip
    return render(request, "telephony/barred.html", context, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_POST
def lifting(request: ActorRequest, barred_id: int) -> HttpResponse:
    """Answer the number again."""
    get_object_or_404(BarredCaller, pk=barred_id)
    found = barring.lift(barred_id, actor=request.actor, now=now())
    messages.success(request, f"{shown(found.number)} może znów dzwonić.")
    return redirect("telephony:barred")
