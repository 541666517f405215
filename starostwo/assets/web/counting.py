"""A sheet on the screen: numbers typed or scanned, mistakes struck, closing."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.assets import access
from starostwo.assets.models import CountLine, Sheet
from starostwo.assets.queries import stocktaking as queries
from starostwo.assets.queries.signing import of_sheet, standing
from starostwo.assets.rules.stocktaking import AGREED, ELSEWHERE, GONE, OUTCOMES
from starostwo.assets.services import counting
from starostwo.assets.services.counting import Counted, Read
from starostwo.assets.services.stocktaking import NoSuchStockTake
from starostwo.assets.services.writing import Refused
from starostwo.assets.stocktaking_papers import sheet_pdf
from starostwo.assets.web.signing import shown
from starostwo.assets.web.stocktaking_forms import CountForm
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page

WORDS = {
    AGREED: "{} {}: zgodny.",
    ELSEWHERE: "{} {}: według ewidencji powinien być gdzie indziej. Zapisano, że stoi tutaj.",
    GONE: "{} {}: według ewidencji już nieużywany. Zapisano jako znaleziony.",
}


@staff(None)
@require_http_methods(["GET", "POST"])
def sheet(request: ActorRequest, sheet_id: int) -> HttpResponse:
    """The sheet; its team counts here while it is open."""
    found = _found(request, sheet_id)
    may_count = found.closed_at is None and access.sheets_to_count(request.actor).filter(pk=sheet_id).exists()
    if request.method == "POST" and not may_count:
        raise Http404
    form = CountForm(request.POST or None, initial={"key": uuid4()})
    if form.is_valid():
        told = form.cleaned_data
        try:
            _tell(request, counting.count(sheet_id, Read(**told), actor=request.actor, now=now()), found)
            return redirect("assets:sheet", sheet_id)
        except NoSuchStockTake as error:
            raise Http404 from error
        except Refused as refused:
            form.add_error(refused.field, refused.words)
    page = keyset_page(queries.lines(found), key=("-position", "-id"), cursor=request.GET.get("cursor"))
    shows_books = may_count and not found.field.stock_take.is_blind
    context = {
        "sheet": found, "page": page, "form": form if may_count else None, "outcomes": OUTCOMES,
        "sees_all": access.sees_all(request.actor),
        "missing": queries.missing(found) if shows_books else [], "may_count": may_count,
        "standing": standing(of_sheet(found), request.actor) if found.closed_at else None,
    }  # fmt: skip
    return render(request, "assets/sheet.html", context, status=422 if form.errors else 200)


def _tell(request: ActorRequest, counted: Counted, sheet: Sheet) -> None:
    """What became of the reading, in a sentence; a blind count learns nothing of the books."""
    line = counted.line
    if counted.is_repeat:
        words = (
            f"{line.typed} już policzono: arkusz {line.sheet}, pozycja {line.position}. Nie dodano drugi raz."
        )
        messages.warning(request, words)
    elif line.asset is None:
        messages.warning(request, f"{line.typed}: nie ma takiego numeru w ewidencji. Zapisano jako nieznany.")
    elif sheet.field.stock_take.is_blind:
        messages.success(request, f"Zapisano {line.typed}.")
    else:
        level = messages.success if line.outcome == AGREED else messages.warning
        level(request, WORDS[line.outcome].format(line.typed, line.asset.name))


@staff(Right.COUNT_ASSETS)
@require_POST
def striking(request: ActorRequest, line_id: int) -> HttpResponse:
    """Strike a line."""
    found = CountLine.objects.filter(pk=line_id).first()
    if found is None:
        raise Http404
    why = request.POST.get("why", "").replace("\0", "")[:200]
    try:
        counting.strike(line_id, why, actor=request.actor, now=now())
    except NoSuchStockTake as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, f"Skreślono pozycję {found.position}.")
    return redirect("assets:sheet", found.sheet_id)


@staff(Right.COUNT_ASSETS)
@require_POST
def closing(request: ActorRequest, sheet_id: int) -> HttpResponse:
    """Close the sheet for good."""
    try:
        closed = counting.close_sheet(sheet_id, actor=request.actor, now=now())
    except NoSuchStockTake as error:
        raise Http404 from error
    messages.success(request, f"Zamknięto arkusz {closed}.")
    return redirect("assets:sheet", sheet_id)


@staff(None)
@require_safe
def paper(request: ActorRequest, sheet_id: int) -> HttpResponseBase:
    """The sheet on paper: the signed file once somebody has signed it."""
    found = _found(request, sheet_id)
    return shown(of_sheet(found), lambda: _printed(found))


def _printed(found: Sheet) -> HttpResponse:
    lines = list(queries.lines(found).order_by("position"))
    pdf = sheet_pdf(found, lines, at=found.closed_at or localtime(now()))
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="arkusz-{found.number}-{found.year}.pdf"'
    return answer


def _found(request: ActorRequest, sheet_id: int) -> Sheet:
    found = queries.sheet(sheet_id, actor=request.actor)
    if found is None:
        raise Http404
    return found
