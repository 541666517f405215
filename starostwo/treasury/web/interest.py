"""The calculator of interest: nothing of it is kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.treasury.rules.interest import Kind, compensation, interest, stretches
from starostwo.treasury.web.claims import percent
from starostwo.treasury.web.claims_forms import InterestForm
from starostwo.treasury.web.payments import SEES


@staff(*SEES, Right.SETTLE)
@require_safe
def calculator(request: ActorRequest) -> HttpResponse:
    """Interest counted from what is typed; nothing is kept."""
    form = InterestForm(request.GET or None, initial={"paid_on": localdate()})
    counted: dict[str, Any] = {}
    if form.is_valid():
        given = form.cleaned_data
        kind = Kind(given["kind"])
        counted = {
            "sum": interest(kind, given["principal"], given["due_on"], given["paid_on"]),
            "parts": [
                (part, percent(part.rate)) for part in stretches(kind, given["due_on"], given["paid_on"])
            ],
            "euro": compensation(given["principal"]) if kind is Kind.COMMERCE else None,
        }
    return render(
        request,
        "treasury/interest.html",
        {"form": form, "counted": counted},
        status=422 if form.errors else 200,
    )
