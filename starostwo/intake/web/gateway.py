"""The doors of the gateway: its notifications, and the resident who comes back from it."""

import logging
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from starostwo.intake import gateway as gateways
from starostwo.intake.models import Attempt
from starostwo.intake.rules.gateway_messages import LONGEST, Forged
from starostwo.intake.rules.payment_states import Said
from starostwo.intake.services.gateway_tries import Outcome, ask_about, take_report
from starostwo.office.api import allow, public

log = logging.getLogger(__name__)
SIGNED = "komunikat operatora płatności jest podpisany i tylko podpisowi się wierzy"
ANSWERS = {Outcome.CHANGED: 200, Outcome.REPEATED: 200, Outcome.DOUBTED: 409, Outcome.UNKNOWN: 404}
RETURNS_A_MINUTE = 30


@csrf_exempt  # a program posts here; the signature of the message is what makes it the gateway's
@public(SIGNED)
@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """What the gateway says of a try; said twice it is heard once."""
    gateway = gateways.configured()
    if gateway is None:
        raise Http404
    try:
        if int(request.headers.get("Content-Length") or 0) > LONGEST:
            raise Forged("komunikat jest za długi")
        report = gateway.read(request.body, request.headers)
    except Forged as refusal:
        log.warning("a message to the payment gateway's address was refused: %s", refusal)
        return JsonResponse({"outcome": "REFUSED"}, status=403)
    outcome, _attempt = take_report(report, now=now())
    return JsonResponse({"outcome": outcome.value}, status=ANSWERS[outcome])


@public(SIGNED)
@never_cache
@require_safe
def coming_back(request: HttpRequest) -> HttpResponse:
    """The resident comes back, signed in still or not; what he brings along counts like a notification."""
    gateway = gateways.configured()
    attempt = _attempt(request.GET.get("proba", ""))
    if gateway is None or attempt is None:
        raise Http404
    try:
        report = gateway.read_return(request.GET.dict())
    except Forged:
        messages.error(
            request, _("Nie udało się odczytać odpowiedzi operatora. Sprawdź stan płatności poniżej.")
        )
        return redirect("intake:due", attempt.due_id)
    if report is not None:
        take_report(report, now=now())
    elif (
        attempt.state == Said.BEGUN
        and allow("gateway-return", limit=RETURNS_A_MINUTE, per_seconds=60) is None
    ):
        ask_about(attempt.pk, gateway=gateway, now=now())
    attempt.refresh_from_db()
    _say(request, attempt)
    return redirect("intake:due", attempt.due_id)


def _say(request: HttpRequest, attempt: Attempt) -> None:
    if attempt.state == Said.PAID:
        messages.success(request, _("Płatność przyjęta. Dziękujemy."))
    elif attempt.state == Said.CANCELLED:
        messages.info(
            request, _("Płatność przerwano i nic nie pobrano. Możesz zapłacić ponownie albo później.")
        )
    elif attempt.state == Said.FAILED:
        messages.error(
            request, _("Płatność się nie powiodła. Możesz spróbować ponownie albo zapłacić inaczej.")
        )
    else:
        messages.info(request, _("Operator nie potwierdził jeszcze płatności. Nie płać drugi raz."))


def _attempt(text: str) -> Attempt | None:
    try:
        return Attempt.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None
