"""KSeF on the screen: how far it was read, what it last answered, and reading it now."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.treasury import invoice_access as access
from starostwo.treasury.ksef_channel import KsefFault, KsefRefusal, conversation, is_configured
from starostwo.treasury.models import InvoiceUnit
from starostwo.treasury.queries import invoices as queries
from starostwo.treasury.services.ksef_inbox import pull

PULLS = (Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT, Right.TREASURER)


@staff(
    Right.READ_BOOKS, Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT, Right.TREASURER, Right.INSPECT, Right.ADMIN
)
@require_safe
def ksef(request: ActorRequest) -> HttpResponse:
    """The connection, the position, the units to which invoices are routed."""
    context = {
        "is_configured": is_configured(),
        "address": settings.KSEF_URL,
        "nip": settings.KSEF_NIP,
        "position": queries.position_of(settings.KSEF_NIP),
        "may_set_up": access.may_set_up(request.actor),
        "may_pull": any(request.actor.may(right) for right in PULLS),
        "units": InvoiceUnit.objects.select_related("book").order_by("name"),
    }
    return render(request, "treasury/ksef.html", context)


@staff(*PULLS)
@require_POST
def ksef_now(request: ActorRequest) -> HttpResponse:
    """Read KSeF now instead of waiting for the next round."""
    if not is_configured():
        messages.error(request, "Ta instalacja nie jest połączona z KSeF (KSEF_URL, KSEF_NIP).")
        return redirect("treasury:ksef")
    try:
        with conversation() as channel:
            pulled = pull(channel, nip=settings.KSEF_NIP, now=now())
    except (KsefFault, KsefRefusal) as fault:
        messages.error(request, f"{fault}. Faktury zostaną pobrane przy następnej próbie.")
    else:
        if pulled is None:
            messages.info(request, "Faktury właśnie się pobierają. Odśwież stronę za chwilę.")
        else:
            messages.success(request, f"Pobrano faktur: {pulled.came}.")
    return redirect("treasury:ksef")
