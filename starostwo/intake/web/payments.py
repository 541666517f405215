"""The resident pays: what is due, the ways to pay, and what became of it."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from starostwo.intake import gateway as gateways
from starostwo.intake import payment_queries as queries
from starostwo.intake.models import Attempt
from starostwo.intake.payment_queries import DueView
from starostwo.intake.rules import reference
from starostwo.intake.rules.gateway_messages import Order
from starostwo.intake.rules.payment_states import Lifted
from starostwo.intake.services import claim_dues, gateway_tries, settling
from starostwo.intake.transfer_paper import qr_svg, title_of, transfer_pdf
from starostwo.intake.web.own_claims import proven_pesel
from starostwo.office.api import ActorRequest, resident
from starostwo.platform import bank_account
from starostwo.platform.money import zloty


@resident
@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """All dues of the account, what is to be paid first."""
    claims = claim_dues.own_claims(proven_pesel(request), localdate())
    context = {"dues": queries.dues_of_resident(request.actor), "claims": claims}
    return render(request, "intake/my_dues.html", context)


@resident
@require_safe
def due(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """One due: how much, for what, how it stands, and each way on."""
    view = _view(request, due_id)
    gateway = gateways.configured()
    takes = gateway is not None and view.account is not None and view.account.takes_gateway
    context = _context(view) | {"gateway": gateway if takes else None}
    response = render(request, "intake/due.html", context)
    if gateway is not None:
        parts = urlsplit(gateway.address)
        response._csp_update = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}  # type: ignore[attr-defined]
    return response


@resident
@require_POST
def pay(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """Begin at the gateway, or go on with the try that is under way."""
    view = _view(request, due_id)
    gateway = gateways.configured()
    if gateway is None or view.account is None or not view.account.takes_gateway:
        raise Http404
    try:
        attempt = gateway_tries.begin_try(due_id, actor=request.actor, gateway=gateway, now=now())
    except gateway_tries.NothingToPay:
        messages.info(request, _("Nie ma tu już nic do zapłaty."))
        return redirect("intake:due", due_id)
    except gateway_tries.InDoubt:
        messages.error(request, _("Urząd wyjaśnia poprzednią płatność. Nie płać drugi raz."))
        return redirect("intake:due", due_id)
    return HttpResponseRedirect(gateway.way_to_pay(_order(attempt, view)))


@resident
@require_POST
def check(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """Ask the gateway what became of the try that is under way."""
    view = _view(request, due_id)
    gateway, attempt = gateways.configured(), view.under_way
    if gateway is None or attempt is None:
        return redirect("intake:due", due_id)
    learnt = gateway_tries.ask_about(attempt.pk, gateway=gateway, now=now())
    if not learnt:
        messages.info(
            request, _("Operator nie ma jeszcze odpowiedzi z banku. Sprawdzamy też sami co kilka minut.")
        )
    return redirect("intake:due", due_id)


@resident
@require_POST
def give_up(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """End the try that is under way; every way to pay is open again."""
    _view(request, due_id)
    try:
        gateway_tries.give_up_try(due_id, actor=request.actor, now=now())
    except gateway_tries.InDoubt:
        messages.error(request, _("Urząd wyjaśnia poprzednią płatność. Nie płać drugi raz."))
    else:
        messages.info(request, _("Przerwano płatność. Możesz zapłacić inaczej albo później."))
    return redirect("intake:due", due_id)


@resident
@require_safe
def transfer(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """The data of the transfer with the code for banking applications."""
    view = _view(request, due_id)
    if not view.is_open:
        return redirect("intake:due", due_id)
    return render(request, "intake/transfer.html", _context(view))


@resident
@require_safe
def transfer_code(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """The code as a picture in a file of its own."""
    drawn = qr_svg(_view(request, due_id))
    if drawn is None:
        raise Http404
    return HttpResponse(drawn, content_type="image/svg+xml")


@resident
@require_safe
def transfer_print(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """The data of the transfer as a page to print."""
    view = _view(request, due_id)
    if not view.is_open or view.account is None:
        raise Http404
    answer = HttpResponse(transfer_pdf(view, at=now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="przelew-{view.due.reference}.pdf"'
    return answer


@resident
@require_POST
def declaration(request: ActorRequest, due_id: UUID) -> HttpResponse:
    """The resident says that he has made the transfer."""
    try:
        settling.declare(due_id, actor=request.actor, today=localdate(), now=now())
    except settling.NoSuchDue as error:
        raise Http404 from error
    messages.success(
        request, _("Zapisaliśmy, że przelew jest w drodze. Stan zmieni się, gdy dojdzie do urzędu.")
    )
    return redirect("intake:due", due_id)


def _view(request: ActorRequest, due_id: UUID) -> DueView:
    found = queries.due_of_resident(due_id, actor=request.actor, on=localdate())
    if found is None:
        raise Http404
    return found


def _context(view: DueView) -> dict[str, Any]:
    return {
        "view": view,
        "due": view.due,
        "reference": reference.shown(view.due.reference),
        "account_number": bank_account.shown(view.account.number) if view.account else "",
        "transfer_title": title_of(view),
        "has_code": qr_svg(view) is not None,
        "amount": zloty(view.missing),
        "is_unsent": view.due.submission_id is None
        and view.due.case_id is None
        and view.due.lifted != Lifted.WITHDRAWN,
    }


def _order(attempt: Attempt, view: DueView) -> Order:
    """What the gateway learns: no name, no matter, only the reference."""
    base = settings.PUBLIC_URL
    return Order(
        attempt=attempt.pk,
        amount=attempt.amount,
        title=reference.shown(view.due.reference),
        back=f"{base}{reverse('intake:gateway_return')}?proba={attempt.pk}",
        notify=f"{base}{reverse('intake:gateway_notice')}",
    )
