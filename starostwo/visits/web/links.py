"""The pages behind the links of e-mails. To open one changes nothing: mail programs do it too."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office.api import ActorRequest, public
from starostwo.procedures import api as procedures
from starostwo.visits.models import Link, Visit
from starostwo.visits.queries.found import by_link, matters_of
from starostwo.visits.services.changing import LinkIsOver, cancel_by_link, confirm
from starostwo.visits.web.secret import secret_address

HOLDER = "kto ma odnośnik z e-maila, ten rozporządza wizytą"


@public(HOLDER)
@secret_address
@require_http_methods(["GET", "POST"])
def confirmation(request: ActorRequest, token: str) -> HttpResponse:
    """Confirm the visit by a button."""
    if request.method == "POST":
        try:
            return redirect("visits:visit", confirm(token, now=now()))
        except LinkIsOver:
            return _over(request)
    found = by_link(token, Link.Purpose.CONFIRM, now=now())
    if found is None:
        return _over(request)
    return render(request, "visits/confirmation.html", _about(found.visit))


@public(HOLDER)
@secret_address
@require_safe
def visit(request: ActorRequest, token: str) -> HttpResponse:
    """The visit: when, where, the code for the machine, what to bring."""
    found = by_link(token, Link.Purpose.MANAGE, now=now())
    if found is None:
        return _over(request)
    return render(request, "visits/visit.html", {**_about(found.visit), "token": token})


@public(HOLDER)
@secret_address
@require_http_methods(["GET", "POST"])
def cancellation(request: ActorRequest, token: str) -> HttpResponse:
    """Call the visit off by a button."""
    if request.method == "POST":
        try:
            cancel_by_link(token, now=now())
        except LinkIsOver:
            return _over(request)
        return redirect("visits:cancelled")
    found = by_link(token, Link.Purpose.MANAGE, now=now())
    if found is None or found.visit.state not in Visit.OPEN:
        return _over(request)
    back = reverse("visits:visit", args=[token])
    return render(request, "visits/cancellation.html", {**_about(found.visit), "back": back})


@public("mówi, że wizyty już nie ma, i nic więcej")
@require_safe
def cancelled(request: ActorRequest) -> HttpResponse:
    """The visit is called off; the way to a new one."""
    return render(request, "visits/cancelled.html")


def _about(found: Visit) -> dict[str, object]:
    return {"visit": found, "matters": matters_of(found), "documents": documents_of(found)}


def documents_of(found: Visit) -> list[str]:
    """What to bring, by the service cards of the matters."""
    codes = [row.matter.card_code for row in found.matters.select_related("matter") if row.matter.card_code]
    cards = [procedures.card(code, on=found.comes_on) for code in codes]
    return list(dict.fromkeys(each for card in cards if card for each in card.documents))


def _over(request: ActorRequest) -> HttpResponse:
    return render(request, "visits/link_over.html", status=404)
