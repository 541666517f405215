"""The balance sheet of a unit or legal person typed row by row, or read from a sheet and then looked at."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.ledger.models import DictionaryEntry, Report, ReportUnit
from starostwo.ledger.queries.consolidation import DECEMBER
from starostwo.ledger.queries.reports_saved import latest, rows_of
from starostwo.ledger.report_sheets import LARGEST, read_sheet
from starostwo.ledger.rules.reports import BY_CLASSIFICATION, Form, SymbolRow
from starostwo.ledger.rules.reports_checks import ERROR, Finding
from starostwo.ledger.rules.reports_consolidated import Cells
from starostwo.ledger.rules.reports_files import NotAReport, written
from starostwo.ledger.services import consolidation as services
from starostwo.ledger.services import reports
from starostwo.ledger.web.reports import FIRST_YEAR, LAST_YEAR, form_or_404
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.money import NotMoney, grosze
from starostwo.screens.api import ScreenForm

READ = "wczytaj"


class SignedMoney(django_forms.CharField):
    """An amount in złote that may be below zero; empty is nothing."""

    widget = django_forms.TextInput(attrs={"inputmode": "text", "class": "govuk-input govuk-input--width-10"})

    def clean(self, value: Any) -> int:
        text = str(super().clean(value)).replace("\u2212", "-").strip()
        if not text:
            return 0
        try:
            amount = grosze(text.removeprefix("-"))
        except NotMoney as error:
            raise ValidationError(f"{self.label}: podaj kwotę w złotych, na przykład 54,00.") from error
        return -amount if text.startswith("-") else amount


class RowsForm(ScreenForm):
    """Every row that is no sum, in every column."""

    mark_optional = False

    def __init__(self, *args: Any, form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = form
        for row in form.rows:
            for column in () if row.total_of else form.columns:
                self.fields[name_of(row.symbol, column.key)] = SignedMoney(
                    label=f"{row.title}, {column.title.lower()}", required=False
                )
        self.fields["remark"] = django_forms.CharField(
            label="Uwagi", required=False, max_length=2000, widget=django_forms.Textarea(attrs={"rows": 3})
        )

    @property
    def rows(self) -> list[tuple[SymbolRow, list[Any]]]:
        """The rows in order, each with its fields; a sum has none."""
        return [
            (row, [] if row.total_of else [self[name_of(row.symbol, one.key)] for one in self.told.columns])
            for row in self.told.rows
        ]

    @property
    def cells(self) -> Cells:
        """What was typed, by row and column."""
        return {
            (row.symbol, column.key): self.cleaned_data[name_of(row.symbol, column.key)]
            for row in self.told.rows
            for column in self.told.columns
            if not row.total_of
        }


class SheetForm(ScreenForm):
    """A sheet with the rows."""

    file = django_forms.FileField(
        label="Plik CSV albo XLSX",
        help_text="Kolumny z nagłówkami: wiersz (symbol albo nazwa wiersza), poczatek, koniec. Sumy program"
        " liczy sam. Po wczytaniu kwoty staną w polach niżej: sprawdź je i zatwierdź.",
    )


def name_of(symbol: str, column: str) -> str:
    """The name of the field of a cell."""
    return f"{symbol.replace('.', '_')}-{column}"


@staff(Right.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: ActorRequest, unit_id: int, form: str, year: int) -> HttpResponse:
    """Type the balance sheet of a unit for a year, or read it from a sheet; approve it."""
    unit = get_object_or_404(ReportUnit, pk=unit_id)
    told = form_or_404(form, year, DECEMBER) if FIRST_YEAR <= year <= LAST_YEAR else None
    if told is None or unit.kind not in told.senders or told.rows_by == BY_CLASSIFICATION:
        raise Http404
    last = latest(told.code, year, DECEMBER, book=None, unit=unit)
    sheet, asked = SheetForm(), RowsForm(form=told, initial=initial_of(cells_of(last)))
    found: list[tuple[Finding, bool]] = []
    if request.method == "POST" and READ in request.POST:
        sheet = SheetForm(request.POST, request.FILES)
        if (read := read_from(sheet, told)) is not None:
            asked = RowsForm(form=told, initial=initial_of(read))
            messages.success(request, "Wczytano plik. Sprawdź kwoty i zatwierdź; nic jeszcze nie zapisano.")
    elif request.method == "POST":
        asked = RowsForm(request.POST, form=told)
        made = asked.is_valid() and approved(request, unit, year, asked, found)
        if made:
            messages.success(request, f"Zatwierdzono {made.form}, numer korekty {made.correction}.")
            return redirect("ledger:report_saved", made.pk)
    context = {
        "unit": unit, "form": told, "of_year": year, "asked": asked, "sheet": sheet, "findings": found,
        "saved": last, "source": DictionaryEntry.Source(told.source).label, "read": READ,
    }  # fmt: skip
    status = 422 if asked.errors or sheet.errors else 200
    return render(request, "ledger/report_entry.html", context, status=status)


def approved(
    request: ActorRequest, unit: ReportUnit, year: int, asked: RowsForm, found: list[tuple[Finding, bool]]
) -> Report | None:
    """The approved report; None when it was refused, with the reason in the form and in `found`."""
    remark = asked.cleaned_data["remark"]
    try:
        return services.enter(
            asked.told, unit, year, asked.cells, remark=remark, actor=request.actor, now=now()
        )
    except reports.NotThatMonth as error:
        raise Http404 from error
    except reports.HasErrors as refused:
        asked.add_error(None, "Kontrola pokazała błędy. Popraw kwoty i zatwierdź jeszcze raz.")
        found += [(one, one.level == ERROR) for one in refused.findings]
    except reports.NeedsRemark:
        asked.add_error("remark", "Kontrola pokazała ostrzeżenia. Wpisz uwagi.")
    except reports.NothingChanged:
        asked.add_error(None, "Zatwierdzony bilans mówi to samo. Nie ma czego korygować.")
    return None


def read_from(sheet: SheetForm, form: Form) -> Cells | None:
    """The amounts of a sheet; None when it cannot be read, with the reason in the form."""
    if not sheet.is_valid():
        return None
    try:
        return read_sheet(sheet.cleaned_data["file"].read(LARGEST + 1), form)
    except NotAReport as refused:
        sheet.add_error("file", str(refused))
        return None


def cells_of(report: Report | None) -> Cells:
    """The cells of an approved report."""
    rows = rows_of(report) if report else []
    return {(row.key, column): value for row in rows for column, value in row.cells.items()}


def initial_of(cells: Cells) -> dict[str, str]:
    """Amounts as a field shows them."""
    return {name_of(*cell): written(value).replace(".", ",") for cell, value in cells.items() if value}
