"""Lists and labels as files: inventory book, room sheet, person's card, sums, labels."""

from datetime import date
from tempfile import TemporaryFile

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_safe

from starostwo.assets import access
from starostwo.assets.access import SEES_ALL
from starostwo.assets.labels import MOST, labels_pdf
from starostwo.assets.queries import assets as queries
from starostwo.assets.queries import reports
from starostwo.assets.queries.export import write_archive
from starostwo.assets.rules.kinds import KINDS
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.printed_table import Table, typeset_table
from starostwo.platform.spreadsheet import as_sheet
from starostwo.screens.api import DayField

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("pdf", "xlsx")


@staff(None)
@require_safe
def lists(request: ActorRequest) -> HttpResponse:
    """Which list, of what."""
    people = [(one.id, f"{one.name}, {one.unit}") for one in office.people(localdate())]
    context = {"people": people, "kinds": KINDS.items(), "groups": reports.GROUPS.items(), "day": localdate()}
    context["sees_all"] = access.sees_all(request.actor)
    return render(request, "assets/lists.html", context)


@staff(None)
@require_safe
def listing(request: ActorRequest, what: str, form: str) -> HttpResponse:
    """One list as PDF or XLSX; everybody gets what he may see."""
    if form not in FORMATS:
        raise Http404
    table = _table(request, what)
    content = as_sheet(table) if form == "xlsx" else typeset_table(table, now=localtime())
    answer = HttpResponse(content, content_type=XLSX if form == "xlsx" else "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{what}.{form}"'
    return answer


def _table(request: ActorRequest, what: str) -> Table:
    wanted = queries.Wanted.told(request.GET)
    if what == "ksiega":
        return reports.book(request.actor, wanted)
    if what == "pomieszczenie":
        return reports.room(request.actor, wanted)
    if what == "karta":
        account = wanted.keeper if wanted.keeper is not None else request.actor.account_id
        person = office.person(account, on=localdate())
        if person is None:
            raise Http404
        return reports.card(request.actor, person.name, account)
    if what in reports.GROUPS:
        return reports.sums(request.actor, what, day=_day(request))
    raise Http404


def _day(request: ActorRequest) -> date:
    try:
        return DayField(required=False).clean(request.GET.get("dzien", "")) or localdate()
    except ValidationError:
        return localdate()


@staff(*SEES_ALL)
@require_safe
def everything(request: ActorRequest) -> FileResponse:
    """All tables of the register in one archive."""
    file = TemporaryFile()  # noqa: SIM115  the answer closes it once it is sent
    write_archive(file, now=now())
    file.seek(0)
    name = f"majatek-{localdate():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@staff(Right.MANAGE_ASSETS)
@require_safe
def labels(request: ActorRequest) -> HttpResponse:
    """Labels of the chosen assets, else of those that the filter finds."""
    chosen = [int(one) for one in request.GET.getlist("s")[:MOST] if one.isdecimal() and len(one) < 16]
    if chosen:
        found = queries.chosen(chosen, actor=request.actor)
    else:
        rows = queries.listed(request.actor, queries.Wanted.told(request.GET))
        found = list(rows.order_by(*queries.BY_NUMBER)[:MOST])
    if not found:
        raise Http404
    pdf = labels_pdf(found, single=request.GET.get("uklad") == "pojedyncze", at=localtime())
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="etykiety.pdf"'
    return answer
