"""Signing on the screen: documents, closed sheets, protocols of closed stock-takings."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from starostwo.assets.models import StockTake
from starostwo.assets.queries import assets, stocktaking
from starostwo.assets.queries.signing import Paper, newest, of_document, of_protocol, of_sheet
from starostwo.assets.services.signing import sign
from starostwo.assets.services.writing import Refused
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, staff


@staff(None)
@require_POST
def document(request: ActorRequest, document_id: int) -> HttpResponse:
    """Sign a document."""
    found = assets.document(document_id, actor=request.actor)
    if found is None:
        raise Http404
    return _signed(request, of_document(found), lambda: redirect("assets:document", document_id))


@staff(None)
@require_POST
def sheet(request: ActorRequest, sheet_id: int) -> HttpResponse:
    """Sign a closed sheet."""
    found = stocktaking.sheet(sheet_id, actor=request.actor)
    if found is None or found.closed_at is None:
        raise Http404
    return _signed(request, of_sheet(found), lambda: redirect("assets:sheet", sheet_id))


@staff(None)
@require_POST
def protocol(request: ActorRequest, stock_take_id: int) -> HttpResponse:
    """Sign the protocol of a closed stock-taking."""
    found = stocktaking.one(stock_take_id, actor=request.actor)
    if found is None or found.state != StockTake.State.CLOSED:
        raise Http404
    return _signed(request, of_protocol(found, now()), lambda: redirect("assets:stock_take", stock_take_id))


def _signed(request: ActorRequest, paper: Paper, back: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        sign(paper, request.POST.get("role", ""), actor=request.actor, now=now())
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, f"Podpisano: {paper.name}.")
    return back()


def shown(paper: Paper, fresh: Callable[[], HttpResponse]) -> HttpResponseBase:
    """The signed file where there is one, else the paper typeset anew."""
    blob = newest(paper)
    if blob is None:
        return fresh()
    return files.download_response(blob, f"{paper.name.replace('/', '-')}.pdf", inline=True)
