"""The visits of a resident who is signed in."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office.api import ActorRequest, resident
from starostwo.visits.queries.found import matters_of, my_visits
from starostwo.visits.services.changing import CannotCancel, cancel


@resident
@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """What is still to come, each with its code and a button that calls it off."""
    return render(request, "visits/mine.html", {"visits": my_visits(request.actor, now=now())})


@resident
@require_http_methods(["GET", "POST"])
def own_cancellation(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Call an own visit off by a button."""
    if request.method == "POST":
        try:
            cancel(visit_id, actor=request.actor, now=now())
        except CannotCancel as error:
            raise Http404 from error
        messages.success(request, gettext("Wizyta jest odwołana."))
        return redirect("visits:mine")
    found = next((each for each in my_visits(request.actor, now=now()) if each.pk == visit_id), None)
    if found is None:
        raise Http404
    context = {"visit": found, "matters": matters_of(found), "back": reverse("visits:mine")}
    return render(request, "visits/cancellation.html", context)
