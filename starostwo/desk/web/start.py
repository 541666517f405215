"""The first page of staff: what waits for me, each list with the way to its own screen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from starostwo.bulletin import api as bulletin
from starostwo.office.api import ActorRequest, staff
from starostwo.records import api as records
from starostwo.telephony import api as telephony
from starostwo.treasury import api as treasury


@staff(None)
@require_safe
def page(request: ActorRequest) -> HttpResponse:
    """Letters to assign, take up, accept, send, publish; invoices; cases by term; late ones; missed calls."""
    today = localdate()
    context = {
        "work": records.work_of(request.actor, today=today),
        "invoices": treasury.waiting_for(request.actor),
        "to_publish": bulletin.to_approve(request.actor),
        "missed": telephony.missed_calls(request.actor, now=now()),
        "today": today,
    }
    return render(request, "desk/start.html", context)
