"""The consolidated balance sheet of a year: who has sent, what is excluded, the approval."""

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.ledger.models import BalanceExclusion, DictionaryEntry
from starostwo.ledger.queries.consolidation import (
    CONSOLIDATED,
    DECEMBER,
    checked_now,
    exclusions_in,
    sources_of,
)
from starostwo.ledger.queries.reports_saved import latest
from starostwo.ledger.rules.reports import Form
from starostwo.ledger.rules.reports_checks import ERROR
from starostwo.ledger.rules.reports_consolidated import Excluded, NotAnExclusion
from starostwo.ledger.services import consolidation as services
from starostwo.ledger.services import reports
from starostwo.ledger.web.reports import FIRST_YEAR, LAST_YEAR, ApproveForm, form_or_404, heads_of, shown
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import MoneyField, ScreenForm


class ExclusionForm(ScreenForm):
    """One exclusion, taken off both sides."""

    kind = django_forms.ChoiceField(label="Rodzaj", choices=BalanceExclusion.Kind.choices)
    column = django_forms.ChoiceField(label="Stan", choices=BalanceExclusion.Column.choices)
    assets = django_forms.ChoiceField(label="Wiersz aktywów")
    sources = django_forms.ChoiceField(label="Wiersz pasywów")
    amount = MoneyField(label="Kwota, zł", help_text="Ta sama kwota schodzi z aktywów i z pasywów.")
    parties = django_forms.CharField(
        label="Między kim", max_length=300, help_text="Na przykład: szpital i Zarząd Dróg Powiatowych"
    )
    reason = django_forms.CharField(
        label="Powód", max_length=500, help_text="Na przykład numer faktury albo umowy"
    )

    def __init__(self, *args: object, form: Form, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("assets", "sources"):
            wanted = {row for kind in form.exclusions for row in getattr(kind, name)}
            self.fields[name] = django_forms.ChoiceField(
                label=self.fields[name].label,
                choices=[
                    (row.symbol, f"{row.symbol}: {row.title}") for row in form.rows if row.symbol in wanted
                ],
            )


def form_of(year: int) -> Form:
    """The consolidated form of a year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return form_or_404(CONSOLIDATED, year, DECEMBER)


@staff(Right.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def consolidated(request: ActorRequest, year: int) -> HttpResponse:
    """The consolidated balance sheet of what has come so far; approve it when all have sent theirs."""
    form = form_of(year)
    asked = ApproveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and asked.is_valid():
        try:
            made = services.consolidate(
                year, remark=asked.cleaned_data["remark"], actor=request.actor, now=now()
            )
        except reports.NotAllSent as refused:
            asked.add_error(None, f"Brakuje bilansów: {', '.join(refused.missing)}.")
        except reports.HasErrors:
            asked.add_error(
                None, "Kontrola bilansu skonsolidowanego pokazała błędy. Popraw bilanse składowe."
            )
        except reports.NeedsRemark:
            asked.add_error("remark", "Są ostrzeżenia. Napisz, dlaczego liczby są dobre.")
        except reports.NothingChanged:
            asked.add_error(None, "Zatwierdzony bilans mówi to samo. Nie ma czego korygować.")
        else:
            messages.success(request, f"Zatwierdzono {made.form}, numer korekty {made.correction}.")
            return redirect("ledger:report_saved", made.pk)
    sources, taken = sources_of(year), list(exclusions_in(year))
    rows, found = checked_now(form, sources, taken)
    context = {
        "form": form, "of_year": year, "asked": asked, "sources": sources, "taken": taken,
        "heads": heads_of(form), "rows": shown(form, rows), "month_name": "grudzień",
        "findings": [(one, one.level == ERROR) for one in found],
        "source": DictionaryEntry.Source(form.source).label,
        "saved": latest(form.code, year, DECEMBER, book=None, unit=None),
    }  # fmt: skip
    return render(request, "ledger/report_consolidated.html", context, status=422 if asked.errors else 200)


@staff(Right.TREASURER)
@require_http_methods(["GET", "HEAD", "POST"])
def exclusions(request: ActorRequest, year: int) -> HttpResponse:
    """Enter what is excluded from the consolidated balance sheet of a year."""
    told = form_of(year)
    asked = ExclusionForm(request.POST or None, form=told)
    if request.method == "POST" and asked.is_valid():
        typed = asked.cleaned_data
        taken = Excluded(*(typed[name] for name in ("kind", "column", "assets", "sources", "amount")))
        new = services.NewExclusion(taken, typed["parties"], typed["reason"])
        try:
            services.exclude(year, new, actor=request.actor, now=now())
        except NotAnExclusion as refused:
            asked.add_error(None, str(refused))
        else:
            messages.success(request, "Wpisano wyłączenie.")
            return redirect("ledger:report_consolidated", year)
    context = {"form": told, "of_year": year, "asked": asked}
    return render(request, "ledger/report_exclusions.html", context, status=422 if asked.errors else 200)


@staff(Right.TREASURER)
@require_POST
def exclusion_end(request: ActorRequest, exclusion_id: int) -> HttpResponse:
    """Withdraw an exclusion."""
    found = BalanceExclusion.objects.filter(pk=exclusion_id).first()
    if found is None:
        raise Http404
    try:
        services.withdraw(found, actor=request.actor, now=now())
    except services.AlreadyWithdrawn as error:
        raise Http404 from error
    messages.success(request, "Wycofano wyłączenie.")
    return redirect("ledger:report_consolidated", found.year)
