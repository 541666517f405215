"""The resident's claims of the books: asked for together with interest to today, then paid as any due."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from starostwo.intake.services import claim_dues
from starostwo.ledger import api as ledger
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, resident, staff


def proven_pesel(request: ActorRequest) -> str:
    """The PESEL that the identity provider of the account vouches for; nothing else opens claims."""
    account = cast(office.residents.Account, request.user)
    return (account.pesel or "") if office.residents.proves_pesel(account) else ""


@resident
@require_POST
def ask(request: ActorRequest, claim_id: int) -> HttpResponse:
    """Count what is due on a claim today and go on to the ways to pay."""
    try:
        due = claim_dues.ask_for(
            claim_id, pesel=proven_pesel(request), actor=request.actor, today=localdate(), now=now()
        )
    except claim_dues.NoSuchClaim as error:
        raise Http404 from error
    return redirect("intake:due", due.pk)


@staff(Right.KEEP_BOOKS)
@require_POST
def entering(request: ActorRequest) -> HttpResponse:
    """Enter what came for claims through the operator into the books."""
    try:
        new = claim_dues.enter_payments(actor=request.actor, today=localdate(), now=now())
    except (LookupError, ledger.CannotPost):
        messages.error(request, "Dla dnia którejś wpłaty nie ma otwartego miesiąca w księdze.")
    else:
        messages.success(request, f"Wpłaty zaksięgowane na należności: {new}.")
    return redirect("intake:dues")
