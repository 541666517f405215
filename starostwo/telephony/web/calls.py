"""Call records on the screen: the list, one call, the list as a file, how long calls are kept."""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.platform.printed_table import Cell, Column, Table
from starostwo.platform.spreadsheet import as_sheet
from starostwo.telephony import access
from starostwo.telephony.queries import calls
from starostwo.telephony.queries.keeping import decisions
from starostwo.telephony.rules.keeping import keeping_on
from starostwo.telephony.services import forgetting
from starostwo.telephony.web.call_forms import CallsForm, KeepingForm
from starostwo.telephony.web.frame import tabs_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 20_000
HUNDREDTHS_OF_A_ZLOTY = 10_000
COLUMNS = (
    Column("Początek", 1.3), Column("Kto dzwonił", 2), Column("Wybrany numer", 1.3), Column("Kto odebrał", 2),
    Column("Kierunek", 1.2), Column("Wynik", 1.2), Column("Czekano, s", 0.8), Column("Rozmawiano, s", 0.9),
    Column("Łącze", 1.5), Column("Węzeł", 0.6), Column("Koszt, zł", 0.9), Column("Oszczędność, zł", 1),
)  # fmt: skip


@staff(None)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """Calls that the person may see, the newest first."""
    form = _form(request)
    rows = calls.listed(request.actor, form.wanted())
    page = keyset_page(rows, key=calls.NEWEST, cursor=request.GET.get("cursor"))
    context = {
        "tabs": tabs_of(request.actor, "calls"), "form": form, "page": page,
        "lines": calls.lines(page.rows), "asked": _asked(request), "sees_more": "komorka" in form.fields,
    }  # fmt: skip
    return render(request, "telephony/calls.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def call(request: ActorRequest, call_id: int) -> HttpResponse:
    """One call: its course, its other parts when it was sent on, its cost and the tariff that was used."""
    found = calls.one(request.actor, call_id)
    if found is None:
        raise Http404
    parts = calls.lines(calls.parts(request.actor, found))
    line = next(one for one in parts if one.call.pk == call_id)
    context = {"tabs": tabs_of(request.actor, "calls"), "call": found, "line": line, "parts": parts}
    return render(request, "telephony/call.html", context)


@staff(None)
@require_safe
def export(request: ActorRequest, kind: str) -> HttpResponse:
    """The calls that the filter finds as CSV or XLSX."""
    form = _form(request)
    if kind not in ("csv", "xlsx") or not form.is_valid():
        raise Http404
    rows = calls.listed(request.actor, form.wanted()).order_by(*calls.NEWEST)[:MOST_EXPORTED]
    cells = [calls.cells(line) for line in calls.lines(rows)]
    name = f"rozmowy-{localdate():%Y%m%d}.{kind}"
    answer = _csv(cells) if kind == "csv" else HttpResponse(_sheet(cells), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def keeping(request: ActorRequest) -> HttpResponse:
    """How long calls are kept, and a new decision about it."""
    rows = decisions()
    holding = keeping_on(rows, localdate())
    initial = {"masked_after": holding.masked_after, "deleted_after": holding.deleted_after}
    form = KeepingForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            forgetting.decide(form.said(), actor=request.actor, now=now())
        except forgetting.DecidedAlready:
            form.add_error("since", "Od tego dnia obowiązuje już inna decyzja. Wybierz inny dzień.")
        else:
            messages.success(request, "Zapisano. Program stosuje się do tego każdej nocy.")
            return redirect("telephony:keeping")
    context = {
        "tabs": tabs_of(request.actor, "keeping"), "form": form, "rows": rows, "holding": holding,
    }  # fmt: skip
    return render(request, "telephony/keeping.html", context, status=422 if form.errors else 200)


def _form(request: ActorRequest) -> CallsForm:
    sees_more = access.may_see_sums(request.actor)
    units = calls.units(request.actor, localdate()) if sees_more else []
    return CallsForm(request.GET, units=units)


def _asked(request: ActorRequest) -> str:
    """The filter as a query, without the page."""
    query = request.GET.copy()
    query.pop("cursor", None)
    return query.urlencode()


def _csv(rows: Iterable[Sequence[Any]]) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    writer = csv.writer(answer, delimiter=";")
    writer.writerow([column.label for column in COLUMNS])
    writer.writerows([_plain(cell) for cell in _in_zloty(row)] for row in rows)
    return answer


def _sheet(rows: Iterable[Sequence[Any]]) -> bytes:
    cells = [[_written(cell) for cell in _in_zloty(row)] for row in rows]
    about = [f"Stan na {localtime():%d.%m.%Y %H:%M}"]
    return as_sheet(Table("Rozmowy telefoniczne", about, COLUMNS, cells))


def _in_zloty(row: Sequence[Any]) -> list[Any]:
    """The last two cells, in 1/100 grosza, as złote."""
    *others, cost, saved = row
    return [
        *others,
        *(None if one is None else Decimal(one) / HUNDREDTHS_OF_A_ZLOTY for one in (cost, saved)),
    ]


def _written(cell: Any) -> Cell:
    """A moment as it is read here."""
    return f"{localtime(cell):%d.%m.%Y %H:%M:%S}" if isinstance(cell, datetime) else cell


def _plain(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:.4f}".replace(".", ",")
    text = str(_written(cell))
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t")) else text
