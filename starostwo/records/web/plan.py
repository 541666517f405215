"""Screens of the file plan: the plan in force, and the reading of a new edition with its report."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.records.plan_import import NotAPlan, PlanReport, read_plan
from starostwo.records.queries.plan import classes_of, edition_on
from starostwo.records.services.plan import CannotImportPlan, diff_with, import_plan
from starostwo.screens.api import ContentField, DayField, ScreenForm

SHOWN_FAULTS = 200


class PlanForm(ScreenForm):
    """A file with a plan, and from when it holds."""

    file = ContentField(
        label="Plik CSV albo XLSX",
        megabytes=5,
        help_text="Kolumny: symbol, hasło, kategoria, uwagi, sposób, sprawy",
    )
    name = forms.CharField(label="Nazwa wydania", max_length=200)
    source = forms.CharField(label="Podstawa", max_length=300)
    valid_from = DayField(label="Obowiązuje od")
    only_check = forms.BooleanField(label="Tylko sprawdź", required=False, initial=True)


@staff(None)
@require_safe
def file_plan(request: ActorRequest) -> HttpResponse:
    """The file plan in force today."""
    edition = edition_on(localdate())
    typed = request.GET.get("szukaj", "").strip()
    context = {
        "edition": edition,
        "classes": classes_of(edition, typed) if edition else [],
        "typed": typed,
        "may_edit": request.actor.may(Right.EDIT_PLAN),
    }
    return render(request, "records/file_plan.html", context)


@staff(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def plan_upload(request: ActorRequest) -> HttpResponse:
    """Read a new edition: first the report, then into force."""
    form = PlanForm(request.POST or None, request.FILES or None)
    report = _read(form) if form.is_valid() else None
    if report is not None and not report.errors and not form.cleaned_data["only_check"]:
        data = form.cleaned_data
        try:
            edition = import_plan(
                report.rows,
                actor=request.actor,
                name=data["name"],
                source=data["source"],
                valid_from=data["valid_from"],
                now=now(),
            )
            messages.success(request, f"Wczytano wydanie „{edition.name}”: {len(report.rows)} klas.")
            return redirect("records:file_plan")
        except CannotImportPlan as error:
            form.add_error(None, str(error))
    context: dict[str, Any] = {"form": form, "report": report, "faults": [], "diff": None}
    if report is not None:
        present = edition_on(localdate())
        context |= {
            "faults": report.faults[:SHOWN_FAULTS],
            "diff": diff_with(present, report.rows) if present else None,
        }
    return render(request, "records/plan_upload.html", context, status=422 if form.errors else 200)


def _read(form: PlanForm) -> PlanReport | None:
    try:
        return read_plan(form.cleaned_data["file"])
    except NotAPlan as error:
        form.add_error("file", str(error))
        return None
