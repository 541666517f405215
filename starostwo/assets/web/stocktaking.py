"""Stock-taking on the screen: orders, fields with teams, the course of one, its differences and decisions."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.assets import access
from starostwo.assets.access import SEES_ALL
from starostwo.assets.models import Difference, StockTake
from starostwo.assets.queries import own
from starostwo.assets.queries import stocktaking as queries
from starostwo.assets.queries.signing import of_protocol, standing
from starostwo.assets.services import stocktaking
from starostwo.assets.services.deciding import Decision, decide
from starostwo.assets.services.stocktaking import NoSuchStockTake, Order
from starostwo.assets.services.writing import Refused
from starostwo.assets.stocktaking_papers import protocol_pdf
from starostwo.assets.web.signing import shown
from starostwo.assets.web.stocktaking_forms import DecisionForm, FieldForm, OrderForm
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """The stock-takings; a new order is entered here."""
    may_manage = access.may_manage(request.actor)
    if request.method == "POST" and not may_manage:
        raise Http404
    form = OrderForm(request.POST or None)
    if form.is_valid():
        try:
            made = stocktaking.prepare(
                Order(**form.cleaned_data), actor=request.actor, today=localdate(), now=now()
            )
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            return redirect("assets:stock_take", made.pk)
    page = keyset_page(queries.listed(request.actor), key=("-id",), cursor=request.GET.get("cursor"))
    context = {"page": page, "form": form if may_manage else None, "due": queries.next_due(today=localdate())}
    return render(request, "assets/stock_takes.html", context, status=422 if form.errors else 200)


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def stock_take(request: ActorRequest, stock_take_id: int) -> HttpResponse:
    """One stock-taking: fields and how far they are, then differences; a field is added here."""
    found = _found(request, stock_take_id)
    may_manage = access.may_manage(request.actor)
    is_prepared = found.state == StockTake.State.PREPARED
    if request.method == "POST" and not (may_manage and is_prepared):
        raise Http404
    people = [(p.id, f"{p.name}, {p.unit}") for p in office.people(localdate(), right=Right.COUNT_ASSETS)]
    form = FieldForm(request.POST or None, people=people)
    if form.is_valid():
        told = form.cleaned_data
        try:
            stocktaking.add_field(
                stock_take_id, told["place"], told["team"], actor=request.actor, today=localdate(), now=now()
            )
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            return redirect("assets:stock_take", stock_take_id)
    rows = queries.fields(found)
    context = {
        "take": found, "fields": rows, "declarations": own.declarations(found, request.actor),
        "differences": queries.differences(found),
        "form": form if may_manage and is_prepared else None, "may_manage": may_manage,
        "may_begin": may_manage and is_prepared and rows,
        "is_done": found.state in (StockTake.State.DECIDING, StockTake.State.CLOSED),
        "standing": standing(of_protocol(found, now()), request.actor)
        if found.state == StockTake.State.CLOSED
        else None,
    }  # fmt: skip
    return render(request, "assets/stock_take.html", context, status=422 if form.errors else 200)


@staff(Right.MANAGE_ASSETS)
@require_POST
def beginning(request: ActorRequest, stock_take_id: int) -> HttpResponse:
    """Freeze the books and let the teams count."""
    return _stepped(
        request, stock_take_id, "Zamrożono stan ewidencji. Zespoły mogą liczyć.",
        lambda: stocktaking.begin(stock_take_id, actor=request.actor, now=now()),
    )  # fmt: skip


@staff(Right.MANAGE_ASSETS)
@require_POST
def settling(request: ActorRequest, stock_take_id: int) -> HttpResponse:
    """Compare the count with the books."""
    return _stepped(
        request, stock_take_id, "Porównano spis z ewidencją.",
        lambda: stocktaking.settle(stock_take_id, actor=request.actor, now=now()),
    )  # fmt: skip


@staff(Right.MANAGE_ASSETS)
@require_POST
def closing(request: ActorRequest, stock_take_id: int) -> HttpResponse:
    """End the stock-taking."""
    return _stepped(
        request, stock_take_id, "Zakończono spis.",
        lambda: stocktaking.close(stock_take_id, actor=request.actor, today=localdate(), now=now()),
    )  # fmt: skip


def _stepped(request: ActorRequest, stock_take_id: int, done: str, act: Callable[[], object]) -> HttpResponse:
    _found(request, stock_take_id)
    try:
        act()
    except NoSuchStockTake:
        messages.error(request, "Spis jest już na innym etapie. Oto jego stan.")
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, done)
    return redirect("assets:stock_take", stock_take_id)


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def difference(request: ActorRequest, difference_id: int) -> HttpResponse:
    """Decide on one difference."""
    found = (
        Difference.objects.select_related(
            "stock_take", "asset__place", "line__sheet__field__place", "line__place"
        )
        .filter(pk=difference_id, decision="", stock_take__state=StockTake.State.DECIDING)
        .first()
    )
    if found is None:
        raise Http404
    form = DecisionForm(request.POST or None, kind=found.kind)
    if form.is_valid() and _decided(request, form, difference_id):
        return redirect("assets:stock_take", found.stock_take_id)
    context = {"difference": found, "form": form}
    return render(request, "assets/difference.html", context, status=422 if form.errors else 200)


def _decided(request: ActorRequest, form: ScreenForm, difference_id: int) -> bool:
    told = form.cleaned_data
    said = Decision(
        told["decision"], told["explanation"], name=told.get("name") or "", value=told.get("value") or 0
    )
    try:
        made = decide(difference_id, said, actor=request.actor, today=localdate(), now=now())
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        return False
    messages.success(request, f"Zapisano decyzję. {made.document or ''}".strip())
    return True


@staff(*SEES_ALL)
@require_safe
def protocol(request: ActorRequest, stock_take_id: int) -> HttpResponseBase:
    """The protocol of differences on paper: the signed file once somebody has signed it."""
    found = _found(request, stock_take_id)
    if found.state not in (StockTake.State.DECIDING, StockTake.State.CLOSED):
        raise Http404
    return shown(of_protocol(found, now()), lambda: _printed(found))


def _printed(found: StockTake) -> HttpResponse:
    pdf = protocol_pdf(found, queries.differences(found), at=now())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="protokol-{found.number}-{found.year}.pdf"'
    return answer


def _found(request: ActorRequest, stock_take_id: int) -> StockTake:
    found = queries.one(stock_take_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
