"""Screens of the registers: incoming letters (RPW) and lists of cases, as screen, PDF and XLSX."""

from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_safe

from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.printed_table import Cell, Column, Table, typeset_table
from starostwo.platform.spreadsheet import as_sheet
from starostwo.records.queries.cases import find_case
from starostwo.records.queries.letters import letter_page
from starostwo.records.queries.registers import (
    BY_NUMBER,
    case_rows,
    first_rows,
    incoming,
    incoming_rows,
    register_row,
    title_of_class,
)
from starostwo.records.queries.sheet import case_sheet
from starostwo.records.rules.numbering import is_class_symbol
from starostwo.records.typeset.sticker import Sticker, typeset_sticker
from starostwo.records.web.listing import page_of
from starostwo.screens.api import DayField, ScreenForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
INCOMING_COLUMNS = (
    Column("Numer", 1.3),
    Column("Data wpływu", 0.9),
    Column("Tytuł", 3),
    Column("Nadawca", 2),
    Column("Data pisma", 0.9),
    Column("Znak nadawcy", 1.1),
    Column("Komu przydzielono", 1.5),
    Column("Zał.", 0.5),
    Column("Informacje dodatkowe", 1.7),
)
CASE_COLUMNS = (
    Column("Lp.", 0.5),
    Column("Znak", 1.6),
    Column("Tytuł", 3),
    Column("Od kogo", 1.8),
    Column("Znak pisma", 1),
    Column("Z dnia", 0.9),
    Column("Wszczęto", 0.9),
    Column("Zakończono", 0.9),
    Column("Prowadzący", 1.4),
    Column("Uwagi (sposób załatwienia)", 1.6),
)
SHEET_COLUMNS = (
    Column("Lp.", 0.4),
    Column("Data czynności", 1.1),
    Column("Osoba", 1.5),
    Column("Stanowisko", 1.5),
    Column("Czynność", 2.2),
    Column("Dokument", 1.4),
)


class PeriodForm(ScreenForm):
    """The period of a printed register."""

    mark_optional = False

    od = DayField(label="Od dnia", required=False)
    do = DayField(label="Do dnia", required=False)


class CaseListForm(ScreenForm):
    """Which list of cases: a class of any rank, a year, one unit or all."""

    mark_optional = False

    klasa = forms.CharField(label="Klasa (dowolnego rzędu)", max_length=10)
    rok = forms.IntegerField(label="Rok", min_value=1990, max_value=2199)
    komorka = forms.ChoiceField(label="Komórka", required=False)

    def __init__(self, data: object, *, today: date) -> None:
        super().__init__(data, initial={"rok": today.year})
        units = [(one.symbol, one.symbol) for one in office.units(today)]
        self.fields["komorka"].choices = [("", "wszystkie"), *units]  # type: ignore[attr-defined]

    def clean_klasa(self) -> str:
        symbol: str = self.cleaned_data["klasa"].strip()
        if not is_class_symbol(symbol):
            raise forms.ValidationError("Symbol klasy to same cyfry.")
        return symbol


@staff(Right.REGISTER, Right.COORDINATE, Right.INSPECT)
@require_safe
def incoming_register(request: ActorRequest) -> HttpResponse:
    """The register of incoming letters of the whole office."""
    form, since, until = period(request)
    page = page_of(request, incoming(request.actor, since=since, until=until), key=BY_NUMBER)
    rows = [(letter.pk, register_row(letter)) for letter in page.rows]
    return render(request, "records/incoming_register.html", {"form": form, "page": page, "rows": rows})


@staff(Right.REGISTER, Right.COORDINATE, Right.INSPECT)
@require_safe
def incoming_print(request: ActorRequest, kind: str) -> HttpResponse:
    """The register of a period as PDF or XLSX."""
    _, since, until = period(request)
    today = localdate()
    since, until = since or date(today.year, 1, 1), until or today
    rows = first_rows(incoming_rows(request.actor, since=since, until=until))
    table = Table(
        title="Rejestr przesyłek wpływających",
        about=about_office(f"Okres: {since:%d.%m.%Y} - {until:%d.%m.%Y}"),
        columns=INCOMING_COLUMNS,
        rows=[tuple(vars(row).values()) for row in rows],
    )
    return printed(table, kind, name=f"rpw-{since:%Y%m%d}-{until:%Y%m%d}")


@staff(None)
@require_safe
def case_list(request: ActorRequest) -> HttpResponse:
    """Spis spraw of a class in a year, of the cases that the person may see."""
    today = localdate()
    form = CaseListForm(request.GET if "klasa" in request.GET else None, today=today)
    rows, title = [], ""
    if form.is_valid():
        data = form.cleaned_data
        rows = case_rows(request.actor, unit=data["komorka"], klass=data["klasa"], year=data["rok"])
        title = title_of_class(data["klasa"], on=today)
    context = {"form": form, "rows": rows, "title_of_class": title, "today": today}
    return render(request, "records/case_list.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def case_list_print(request: ActorRequest, kind: str) -> HttpResponse:
    """Spis spraw as PDF or XLSX."""
    today = localdate()
    form = CaseListForm(request.GET, today=today)
    if not form.is_valid():
        raise Http404
    data = form.cleaned_data
    rows = case_rows(request.actor, unit=data["komorka"], klass=data["klasa"], year=data["rok"])
    klass = f"Klasa: {data['klasa']} {title_of_class(data['klasa'], on=today)}"
    unit = f"Komórka: {data['komorka'] or 'wszystkie'}"
    table = Table(
        title=f"Spis spraw {data['rok']}",
        about=about_office(klass, unit, f"Stan na dzień: {today:%d.%m.%Y}"),
        columns=CASE_COLUMNS,
        rows=[_case_cells(place, row) for place, row in enumerate(rows, start=1)],
    )
    return printed(table, kind, name=f"spis-spraw-{data['klasa']}-{data['rok']}")


@staff(Right.REGISTER)
@require_safe
def sticker(request: ActorRequest, letter_id: int) -> HttpResponse:
    """The sticker of a letter."""
    page = letter_page(letter_id, actor=request.actor)
    if page is None:
        raise Http404
    letter, place = page.letter, office.office()
    pdf = typeset_sticker(
        Sticker(
            office=place.name if place else "",
            number=letter.shown_number,
            identifier=letter.identifier,
            received_on=f"{letter.received_on:%d.%m.%Y}",
            unit=letter.unit,
            attachments=letter.attachments,
        ),
        now=localtime(),
    )
    return _file(pdf, "application/pdf", f"{letter.identifier}.pdf")


@staff(None)
@require_safe
def sheet_print(request: ActorRequest, mark: str) -> HttpResponse:
    """The case sheet (metryka) as PDF, with the end of the hash chain that proves it."""
    case = find_case(mark, actor=request.actor)
    if case is None:
        raise Http404
    sheet = case_sheet(case)
    last = sheet.rows[-1].hash if sheet.rows else ""
    table = Table(
        title=f"Metryka sprawy {sheet.mark}",
        about=about_office(f"Tytuł: {sheet.title}", f"Skrót ostatniego wpisu historii: {last}"),
        columns=SHEET_COLUMNS,
        rows=[
            (place, f"{localtime(row.at):%d.%m.%Y %H:%M}", row.person, row.post, row.act, row.document)
            for place, row in enumerate(sheet.rows, start=1)
        ],
    )
    return printed(table, "pdf", name=f"metryka-{sheet.mark}")


def _case_cells(place: int, row: object) -> tuple[Cell, ...]:
    values = vars(row)
    names = "mark title sender sender_reference letter_date opened_on closed_on holder remarks".split()
    return (place, *(values[name] for name in names))


def period(request: ActorRequest) -> tuple[PeriodForm, date | None, date | None]:
    """Return the form of a period with its days, None where none was named."""
    form = PeriodForm(request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    return form, data.get("od"), data.get("do")


def about_office(*lines: str) -> list[str]:
    """Return the lines above a list, the office's name first."""
    place = office.office()
    return [*([place.name] if place else []), *lines]


def printed(table: Table, kind: str, *, name: str) -> HttpResponse:
    """Return the list as PDF or XLSX to be saved."""
    if kind == "xlsx":
        return _file(as_sheet(table), XLSX, f"{name}.xlsx")
    return _file(typeset_table(table, now=localtime()), "application/pdf", f"{name}.pdf")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
