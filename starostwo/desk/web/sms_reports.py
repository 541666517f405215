"""Where the gateway of SMS tells what became of a message."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from starostwo.channels import api as channels
from starostwo.office.api import public

LARGEST = 4096


@csrf_exempt
@public("bramka SMS podpisuje każdy raport wspólnym sekretem; bez podpisu niczego się nie dowie")
@require_POST
def reports(request: HttpRequest) -> HttpResponse:
    """Take one report; a doubled one is answered like the first."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return HttpResponse(status=413)
    try:
        channels.take_report(request.body, request.headers.get("X-Signature", ""), now=now())
    except channels.NotFromTheGateway:
        return HttpResponse(status=403)
    return HttpResponse(status=204)
