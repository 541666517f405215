"""Entering an invoice that did not come through KSeF."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.files import api as files
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.treasury import invoice_access as access
from starostwo.treasury.services import invoice_path as path
from starostwo.treasury.web.invoice_forms import ByHandForm


@staff(Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT)
@require_http_methods(["GET", "POST"])
def by_hand(request: ActorRequest) -> HttpResponse:
    """The form of an invoice on paper; what was typed comes back with a refusal."""
    units = [
        unit
        for unit in access.units_of(request.actor).select_related("book").order_by("name")
        if access.may_enter(request.actor, unit)
    ]
    if not units:
        raise Http404
    form = ByHandForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            made = path.enter_by_hand(_said(form.cleaned_data), _scan(form), actor=request.actor, now=now())
        except path.IsThere as twin:
            form.add_error(
                "number", f"Ta faktura tego sprzedawcy jest już na liście (pozycja {twin.args[0]})."
            )
        except path.NotYours:
            form.add_error("unit", "Nie prowadzisz ksiąg tej jednostki.")
        except files.TooLarge:
            form.add_error("scan", "Plik jest większy niż 30 MB.")
        else:
            messages.success(request, f"Wpisano fakturę {made.number}.")
            return redirect("treasury:invoice", made.pk)
    return render(
        request, "treasury/invoice_by_hand.html", {"form": form}, status=422 if form.errors else 200
    )


def _said(said: dict[str, Any]) -> path.ByHand:
    return path.ByHand(
        source=said["source"], unit_id=int(said["unit"]), number=said["number"], kind=said["kind"],
        issued_on=said["issued_on"], due_on=said["due_on"], seller_nip=said["seller_nip"],
        seller_name=said["seller_name"], seller_account=said["seller_account"][:34], text=said["text"],
        rates={said["rate"]: (said["net"], said["vat"])},
    )  # fmt: skip


def _scan(form: ByHandForm) -> path.Scan | None:
    file = form.cleaned_data.get("scan")
    return path.Scan(file.file, file.name) if file else None
