"""The first page of staff: what waits for me, each list with the way to its own screen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from starostwo.bulletin import api as bulletin
from starostwo.office.api import ActorRequest, staff
from starostwo.records import api as records
from starostwo.treasury import api as treasury


@staff(None)
@require_safe
def page(request: ActorRequest) -> HttpResponse:
    """Letters to assign, take up, accept, send, publish; invoices to check; cases by term; what is late."""
    today = localdate()
    context = {
        "work": records.work_of(request.actor, today=today),
        "invoices": treasury.waiting_for(request.actor),
        "to_publish": bulletin.to_approve(request.actor),
        "today": today,
    }
    return render(request, "desk/start.html", context)
