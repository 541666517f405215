"""What the county does for residents: the list of services with its search, one service card."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from starostwo.citizen.web.asking import CARD as ASKED_WITHOUT_ACCOUNT
from starostwo.office import api as office
from starostwo.office.api import public
from starostwo.procedures import api as procedures
from starostwo.visits import api as visits


@public("karty usług są jawne")
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    today = localdate()
    found = procedures.search_cards(words, on=today) if words else procedures.cards(on=today)
    return render(request, "citizen/services.html", {"words": words, "cards": found})


@public("karty usług są jawne")
@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    today = localdate()
    found = procedures.card(code, on=today)
    if found is None:
        raise Http404
    context = {
        "card": found,
        "unit": office.unit(found.unit_symbol, on=today) or {"name": found.unit_symbol},
        "ask_path": reverse("citizen:ask") if code == ASKED_WITHOUT_ACCOUNT else "",
        "visit_matters": visits.offered_for(code, on=today),
    }
    return render(request, "citizen/card.html", context)
