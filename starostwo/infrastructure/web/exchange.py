"""Import on trial and for good, export of devices and cables as CSV, labels."""

import csv
from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.infrastructure.access import SEERS
from starostwo.infrastructure.labels import MOST, labels_pdf, of_cables, of_devices
from starostwo.infrastructure.queries import cables, devices
from starostwo.infrastructure.queries.references import line
from starostwo.infrastructure.services.importing import (
    COLUMNS,
    NEEDED,
    NotAnImport,
    Trial,
    bring_in,
    try_file,
)
from starostwo.infrastructure.services.writing import Refused
from starostwo.infrastructure.web.sections import drawn
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ContentField, ScreenForm

MOST_SHOWN, MOST_EXPORTED = 200, 100_000
WHAT = {"urzadzenia": "devices", "kable": "cables"}


class ImportForm(ScreenForm):
    """The file."""

    file = ContentField(label="Plik CSV albo XLSX", megabytes=5)


@staff(Right.MANAGE_NETWORK)
@require_http_methods(["GET", "POST"])
def importing(request: ActorRequest, what: str) -> HttpResponse:
    """Try a file, or enter it."""
    if what not in WHAT:
        raise Http404
    kind = WHAT[what]
    form = ImportForm(request.POST or None, request.FILES or None)
    trial: Trial | None = None
    if form.is_valid():
        content = form.cleaned_data["file"]
        try:
            trial = try_file(kind, content, actor=request.actor)
            if "enter" in request.POST:
                count = bring_in(kind, content, actor=request.actor, now=now())
                messages.success(request, f"Wpisano: {count}.")
                return redirect(f"infrastructure:{kind}")
        except NotAnImport as fault:
            form.add_error("file", str(fault))
        except Refused as refused:
            form.add_error(None, refused.words)
    optional = [name for name in COLUMNS[kind] if name not in NEEDED[kind]]
    context = {
        "form": form, "trial": trial, "faults": trial.faults[:MOST_SHOWN] if trial else [], "kind": kind,
        "needed": NEEDED[kind], "optional": optional,
    }  # fmt: skip
    return drawn(request, "importing", kind, context, status=422 if form.errors else 200)


@staff(*SEERS)
@require_safe
def devices_csv(request: ActorRequest) -> HttpResponse:
    """The devices that the filter finds, as the import reads them."""
    rows = devices.listed(request.actor, devices.Wanted.told(request.GET)).order_by(*devices.BY_NAME)
    heads = list(COLUMNS["devices"])
    lines = (
        [
            one.name, one.device_type.maker, one.device_type.model, one.place.path, one.unit or "",
            one.get_face_display() if one.face else "", one.serial_number,
            one.asset.number if one.asset else "", one.role,
        ]
        for one in rows[:MOST_EXPORTED].iterator(2000)
    )  # fmt: skip
    return _as_csv("urzadzenia", heads, lines)


@staff(*SEERS)
@require_safe
def cables_csv(request: ActorRequest) -> HttpResponse:
    """The cables that the filter finds, as the import reads them."""
    found = list(cables.listed(request.actor, cables.Wanted.told(request.GET)).order_by("id")[:MOST_EXPORTED])
    lines = (
        [
            "; ".join(line(end.port) for end in sides.near), "; ".join(line(end.port) for end in sides.far),
            cable.get_kind_display(), cable.label, cable.get_colour_display() if cable.colour else "",
            "" if cable.length is None else f"{cable.length / 100:g}".replace(".", ","), cable.note,
        ]
        for cable, sides in cables.with_ends(found)
    )  # fmt: skip
    return _as_csv("kable", list(COLUMNS["cables"]), lines)


def _as_csv(name: str, heads: list[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(answer, delimiter=";")
    writer.writerow(heads)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return answer


def _plain(cell: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "@", "\t")) else text


@staff(*SEERS)
@require_safe
def labels(request: ActorRequest, what: str) -> HttpResponse:
    """Labels of the chosen cables or devices, else of those that the filter finds."""
    if what not in WHAT:
        raise Http404
    chosen = [int(one) for one in request.GET.getlist("s")[:MOST] if one.isdecimal() and len(one) < 16]
    if what == "kable":
        found = cables.listed(request.actor, cables.Wanted.told(request.GET)).order_by("-id")
        made = of_cables(cables.with_ends((found.filter(pk__in=chosen) if chosen else found)[:MOST]))
    else:
        things = devices.listed(request.actor, devices.Wanted.told(request.GET)).order_by(*devices.BY_NAME)
        made = of_devices(list((things.filter(pk__in=chosen) if chosen else things)[:MOST]))
    if not made:
        raise Http404
    pdf = labels_pdf(made, single=request.GET.get("uklad") == "pojedyncze", at=localtime())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="etykiety.pdf"'
    return answer
