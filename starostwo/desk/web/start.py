"""The first page of staff: what waits for me, each list with the way to its own screen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from starostwo.office.api import ActorRequest, staff
from starostwo.records import api as records


@staff(None)
@require_safe
def page(request: ActorRequest) -> HttpResponse:
    """Letters to assign, to take up, to accept, to send; cases by their terms; what runs late."""
    today = localdate()
    work = records.work_of(request.actor, today=today)
    return render(request, "desk/start.html", {"work": work, "today": today})
