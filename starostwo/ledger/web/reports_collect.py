"""Collecting reports of units: their files, who sends them, and the joint report of the county."""

from django import forms as django_forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.ledger.models import Book, ReportUnit
from starostwo.ledger.queries.reports import forms
from starostwo.ledger.queries.reports_saved import exclusions_of, latest, state_of_units
from starostwo.ledger.rules.reports_checks import ERROR
from starostwo.ledger.rules.reports_files import LARGEST, NotAReport
from starostwo.ledger.services import reports as services
from starostwo.ledger.web.reading import MONTHS
from starostwo.ledger.web.reports import ApproveForm, form_or_404
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm


class UploadForm(ScreenForm):
    """A file that a unit sent."""

    file = django_forms.FileField(
        label="Plik sprawozdania", help_text="XML z SJO BeSTi@ (Rb-27S, Rb-28S) albo nasz XML, do 5 MB."
    )
    remark = django_forms.CharField(
        label="Uwagi jednostki", help_text="Wymagane, gdy kontrola pokaże ostrzeżenia.", required=False,
        max_length=2000, widget=django_forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class UnitForm(ScreenForm):
    """A unit that sends its own reports."""

    name = django_forms.CharField(label="Nazwa", max_length=200)
    kind = django_forms.ChoiceField(
        label="Rodzaj", choices=ReportUnit.Kind.choices,
        help_text="Jednostka budżetowa składa sprawozdania budżetowe i bilans; inna osoba prawna sam bilans"
        " do bilansu skonsolidowanego.",
    )  # fmt: skip
    regon = django_forms.CharField(
        label="REGON", max_length=14,
        validators=[RegexValidator(r"^(\d{9}|\d{14})$", "REGON ma 9 albo 14 cyfr.")],
    )  # fmt: skip


@staff(Right.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: ActorRequest) -> HttpResponse:
    """Take the reports of a unit from a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    found: list[tuple[object, bool]] = []
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(LARGEST + 1)
        try:
            made = services.upload(
                content, remark=form.cleaned_data["remark"], actor=request.actor, now=now()
            )
        except NotAReport as refused:
            form.add_error("file", str(refused))
        except services.NoSuchUnit as refused:
            form.add_error(
                "file",
                f"Nie ma jednostki z REGON {refused.regon or '(brak)'} ({refused.name or 'bez nazwy'})."
                " Dodaj ją na liście jednostek.",
            )
        except services.HasErrors as refused:
            form.add_error("file", "Kontrola pokazała błędy; sprawozdanie wraca do jednostki.")
            found = [(one, one.level == ERROR) for one in refused.findings]
        except services.NeedsRemark:
            form.add_error("remark", "Kontrola pokazała ostrzeżenia. Wpisz uwagi jednostki.")
        except services.NothingChanged:
            form.add_error("file", "To samo sprawozdanie zostało już przyjęte.")
        except services.NotThatMonth:
            form.add_error(
                "file",
                "Tego formularza nie składa się do końca tego miesiąca albo nie składa go ta jednostka.",
            )
        else:
            names = ", ".join(f"{one.form} (korekta {one.correction})" for one in made)
            messages.success(request, f"Przyjęto: {names}.")
            return redirect("ledger:report_saved", made[0].pk)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "ledger/report_upload.html", {"form": form, "findings": found}, status=status)


@staff(Right.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def units(request: ActorRequest) -> HttpResponse:
    """The units that send their own reports."""
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_unit(**form.cleaned_data, actor=request.actor, now=now())
        except services.UnitIsThere:
            form.add_error("regon", "Jednostka z tym REGON jest już na liście.")
        else:
            messages.success(request, "Dodano jednostkę.")
            return redirect("ledger:report_units")
    year = localdate().year - 1
    context = {
        "form": form, "of_year": year,
        "units": [
            (unit, [one for one in forms() if unit.kind in one.senders and one.months == (12,) and one.rows])
            for unit in ReportUnit.objects.order_by("name")
        ],
    }  # fmt: skip
    return render(request, "ledger/report_units.html", context, status=422 if form.errors else 200)


@staff(Right.TREASURER)
@require_POST
def unit_end(request: ActorRequest, unit_id: int) -> HttpResponse:
    """A unit sends no more reports from today on."""
    unit = ReportUnit.objects.filter(pk=unit_id, ended_on=None).first()
    if unit is None:
        raise Http404
    services.end_unit(unit, localdate(), actor=request.actor, now=now())
    messages.success(request, f"{unit.name}: od dziś nie składa sprawozdań.")
    return redirect("ledger:report_units")


@staff(Right.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def joint(request: ActorRequest, form: str, year: int, month: int) -> HttpResponse:
    """Which units have sent a report of the period; join them into the county's."""
    found = form_or_404(form, year, month)
    if month not in found.months or Book.Kind.UNIT not in found.book_kinds:
        raise Http404
    asked = ApproveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked.is_valid():
        try:
            made = services.join(
                found, year, month, remark=asked.cleaned_data["remark"], actor=request.actor, now=now()
            )
        except services.NotAllSent as refused:
            asked.add_error(None, f"Brakuje sprawozdań: {', '.join(refused.missing)}.")
        except services.HasErrors:
            asked.add_error(None, "Kontrola sprawozdania łącznego pokazała błędy.")
        except services.NeedsRemark:
            asked.add_error("remark", "Są ostrzeżenia. Napisz, dlaczego liczby są dobre.")
        except services.NothingChanged:
            asked.add_error(None, "Od ostatniego sprawozdania łącznego żadna jednostka nic nie zmieniła.")
        else:
            messages.success(request, f"Połączono sprawozdania, numer korekty {made.correction}.")
            return redirect("ledger:report_saved", made.pk)
    context = {
        "form": found, "asked": asked, "of_year": year, "month": month, "month_name": MONTHS[month],
        "excluded": exclusions_of(found, year) if found.rows else {},
        "states": state_of_units(found, year, month),
        "saved": latest(found.code, year, month, book=None, unit=None),
    }  # fmt: skip
    return render(request, "ledger/report_joint.html", context, status=422 if asked.errors else 200)
