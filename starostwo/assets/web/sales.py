"""Selling used things on the screen: the list, an announcement with offers, the choice, the LT."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.assets import access
from starostwo.assets.models import Sale
from starostwo.assets.queries import sales as queries
from starostwo.assets.rules import selling as rules
from starostwo.assets.services import sales
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.sales import Announced, Outsider
from starostwo.assets.services.writing import Refused
from starostwo.assets.web.acts import chosen_assets
from starostwo.assets.web.sales_forms import (
    BidForm,
    CallOffForm,
    ChoiceForm,
    InvoiceForm,
    OutsideForm,
    SaleForm,
)
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm


@staff(None)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The sales that the person sees, the newest first."""
    rows = access.visible_sales(request.actor)
    page = keyset_page(rows, key=("-id",), cursor=request.GET.get("cursor"))
    return render(request, "assets/sales.html", {"page": page, "now": now()})


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def announcing(request: ActorRequest) -> HttpResponse:
    """Announce the sale of the chosen things."""
    chosen = chosen_assets(request)
    names = dict.fromkeys(one.name for one in chosen)
    form = SaleForm(request.POST or None, initial={"title": ", ".join(names)[:200], "opens_at": now()})
    if form.is_valid():
        try:
            made = sales.announce_sale(
                [one.pk for one in chosen], Announced(**form.cleaned_data), actor=request.actor,
                today=localdate(), now=now(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        else:
            messages.success(request, f"Ogłoszono sprzedaż {made}.")
            return redirect("assets:sale", made.pk)
    context = {"form": form, "title": "Sprzedaż rzeczy używanych", "action": "Ogłoś", "chosen": chosen}
    return render(request, "assets/act.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def sale(request: ActorRequest, sale_id: int) -> HttpResponse:
    """One sale with what this person may do in it."""
    return _page(request, _found(request, sale_id))


@staff(None)
@require_POST
def bidding(request: ActorRequest, sale_id: int) -> HttpResponse:
    """Make an own offer."""
    form = BidForm(request.POST)
    return _done(
        request, sale_id, "own", form, "Złożono ofertę.",
        lambda: sales.bid(sale_id, form.cleaned_data["amount"], actor=request.actor, now=now()),
    )  # fmt: skip


@staff(Right.MANAGE_ASSETS)
@require_POST
def entering(request: ActorRequest, sale_id: int) -> HttpResponse:
    """Enter an offer that came on paper."""
    form = OutsideForm(request.POST)

    def act() -> object:
        told = form.cleaned_data
        who = Outsider(told["name"], told["address"])
        return sales.bid(sale_id, told["amount"], actor=request.actor, now=now(), outsider=who)

    return _done(request, sale_id, "outside", form, "Wpisano ofertę.", act)


@staff(None)
@require_POST
def taking_back(request: ActorRequest, bid_id: int) -> HttpResponse:
    """Take an offer back."""
    try:
        found = sales.withdraw_bid(bid_id, actor=request.actor, now=now())
    except NoSuchAsset as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, refused.words)
        return redirect("assets:sales")
    messages.success(request, "Wycofano ofertę.")
    return redirect("assets:sale", found.sale_id)


@staff(Right.MANAGE_ASSETS)
@require_POST
def choosing(request: ActorRequest, sale_id: int) -> HttpResponse:
    """Choose an offer."""
    found = _found(request, sale_id)
    form = ChoiceForm(request.POST, bids=queries.bids(found, actor=request.actor, now=now()))

    def act() -> object:
        told = form.cleaned_data
        return sales.choose(sale_id, told["bid"], told["reason"], **_who(request))

    return _done(request, sale_id, "choice", form, "Zapisano wybór. Nabywca dostał powiadomienie.", act)


@staff(Right.MANAGE_ASSETS)
@require_POST
def carrying_out(request: ActorRequest, sale_id: int) -> HttpResponse:
    """Write the LT."""
    form = ScreenForm(request.POST)
    return _done(
        request, sale_id, "lt", form, "Zapisano LT. Księgowość widzi, że brakuje faktury.",
        lambda: sales.carry_out(sale_id, **_who(request)),
    )  # fmt: skip


@staff(Right.MANAGE_ASSETS)
@require_POST
def calling_off(request: ActorRequest, sale_id: int) -> HttpResponse:
    """Call the sale off."""
    form = CallOffForm(request.POST)
    return _done(
        request, sale_id, "off", form, "Odwołano sprzedaż.",
        lambda: sales.call_off(sale_id, form.cleaned_data["reason"], actor=request.actor, now=now()),
    )  # fmt: skip


@staff(Right.KEEP_BOOKS)
@require_POST
def invoicing(request: ActorRequest, sale_id: int) -> HttpResponse:
    """Note the invoice."""
    form = InvoiceForm(request.POST)
    return _done(
        request, sale_id, "invoice", form, "Zapisano numer faktury.",
        lambda: sales.note_invoice(sale_id, form.cleaned_data["invoice"], actor=request.actor, now=now()),
    )  # fmt: skip


def _done(
    request: ActorRequest, sale_id: int, name: str, form: ScreenForm, words: str, act: Callable[[], object]
) -> HttpResponse:  # fmt: skip
    """Make the step; a refusal stands at its form, on the page of the sale."""
    found = _found(request, sale_id)
    if form.is_valid():
        try:
            act()
        except NoSuchAsset:
            messages.error(request, "Sprzedaż jest już na innym etapie. Oto jej stan.")
            return redirect("assets:sale", sale_id)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        else:
            messages.success(request, words)
            return redirect("assets:sale", sale_id)
    return _page(request, found, {name: form}, status=422)


def _page(
    request: ActorRequest, found: Sale, faulty: dict[str, ScreenForm] | None = None, status: int = 200
) -> HttpResponse:
    """The page; of its forms those are drawn that this person may send now."""
    moment = now()
    bids = queries.bids(found, actor=request.actor, now=moment)
    mine = queries.own_bid(found, actor=request.actor)
    open_now = found.state == Sale.State.OFFERED and rules.is_open(found.opens_at, found.closes_at, moment)
    manages, who = access.may_manage(request.actor), request.actor.account_id
    forms: dict[str, Any] = {}
    if open_now and mine is None and found.made_by_id != who:
        first = {"amount": found.price} if found.way == rules.FIRST else {}
        forms["own"] = BidForm(initial=first)
    if open_now and manages and found.audience == rules.ANYBODY:
        forms["outside"] = OutsideForm()
    if manages and found.state == Sale.State.OFFERED and bids:
        forms["choice"] = ChoiceForm(bids=bids)
    if manages and found.state == Sale.State.CHOSEN:
        forms["lt"] = ScreenForm()
    if manages and found.state in (Sale.State.OFFERED, Sale.State.CHOSEN):
        forms["off"] = CallOffForm()
    if access.may_invoice_sales(request.actor) and found.state == Sale.State.SOLD and not found.invoice:
        forms["invoice"] = InvoiceForm()
    context = {
        "sale": found, "bids": bids, "mine": mine, "open_now": open_now, "now": moment,
        "things": queries.things(found), "sees_all": access.sees_all(request.actor),
        "faulty": next(iter((faulty or {}).values()), None), "forms": forms | (faulty or {}),
        "outside_bids": queries.outside_bids(found, actor=request.actor) if open_now else [],
    }  # fmt: skip
    return render(request, "assets/sale.html", context, status=status)


def _found(request: ActorRequest, sale_id: int) -> Sale:
    found = queries.one(sale_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def _who(request: ActorRequest) -> dict[str, Any]:
    return {"actor": request.actor, "today": localdate(), "now": now()}
