"""The first page of staff: what waits for me, each list with the way to its own screen."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from starostwo.assets import api as assets
from starostwo.bulletin import api as bulletin
from starostwo.infrastructure import api as infrastructure
from starostwo.office.api import Actor, ActorRequest, staff
from starostwo.records import api as records
from starostwo.telephony import api as telephony
from starostwo.treasury import api as treasury


@staff(None)
@require_safe
def page(request: ActorRequest) -> HttpResponse:
    """Letters to assign, take up, accept, send, publish; money; cases by term; things and network; calls."""
    today = localdate()
    context = {
        "work": records.work_of(request.actor, today=today),
        "invoices": treasury.waiting_for(request.actor),
        "to_publish": bulletin.to_approve(request.actor),
        "missed": telephony.missed_calls(request.actor, now=now()),
        "sold": _sold(request.actor),
        "transfers": treasury.transfers_to_approve(request.actor),
        "disposals": assets.disposals_to_decide(request.actor),
        "sheets": assets.sheets_to_count(request.actor),
        "orders": infrastructure.work_of(request.actor),
        "alarms": infrastructure.untaken_alarms(request.actor),
        "today": today,
    }
    return render(request, "desk/start.html", context)


def _sold(actor: Actor) -> list[tuple[assets.Sold, str]]:
    """Used things that were sold and have no invoice, with what a form of a new one begins with.

    The tax is decided by whoever issues it: the form begins as exempt and asks for the provision.
    """
    found = assets.sold_without_invoice(actor)
    if not found or not treasury.may_sell_for(actor, book=settings.ASSETS_BOOK):
        return []
    return [(one, urlencode(_invoice(one))) for one in found]


def _invoice(one: assets.Sold) -> dict[str, str]:
    return {
        "buyer_name": one.buyer, "buyer_address": one.address,
        "name_1": f"{one.title} (sprzedaż {one.number})",
        "price_1": f"{one.amount // 100},{one.amount % 100:02d}", "rate_1": "zw",
    }  # fmt: skip
