"""The editors' page of reports that the ledger offers for the bulletin, and of rules by which they come."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.bulletin.models import ReportRule
from starostwo.bulletin.services import from_ledger_rules as rules
from starostwo.bulletin.services.drafts import NotReady
from starostwo.bulletin.services.from_ledger import CannotPull, offered, pull
from starostwo.bulletin.web.desk import desk_of
from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm


class ReportRuleForm(ScreenForm):
    """A rule of one form."""

    form = forms.ChoiceField(label="Formularz", choices=[])
    basis = forms.CharField(
        label="Podstawa", max_length=200,
        help_text="Na przykład: zarządzenie starosty nr 12/2026 z 2 lutego 2026 r.",
    )  # fmt: skip
    publishes = forms.BooleanField(
        label="Publikuj bez oglądania", required=False,
        help_text="Zaczyna działać, gdy zatwierdzi to inny redaktor. Bez tego sprawozdania czekają na"
        " zatwierdzenie jak inne informacje.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ruled = set(ReportRule.objects.values_list("form", flat=True))
        offered = [(code, f"{code} {title}") for code, title in ledger.public.public_forms()]
        self.fields["form"].choices = [(code, name) for code, name in offered if code not in ruled]  # type: ignore[attr-defined]


@staff(Right.EDIT_BULLETIN)
@require_http_methods(["GET", "HEAD", "POST"])
def report_rules(request: ActorRequest) -> HttpResponse:
    """Which forms come by themselves, and a form for another one."""
    form = ReportRuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = rules.add(**form.cleaned_data, actor=request.actor, now=now())
        except rules.CannotRuleReports as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Dodano regułę formularza {made.form}.")
            return redirect("bulletin:report_rules")
    found = ReportRule.objects.select_related("made_by", "approved_by").order_by("form")
    context = {
        "form": form,
        "rules": [(rule, rule.made_by_id != request.actor.account_id) for rule in found],
        "tabs": desk_of(None).tabs("reports"),
    }
    return render(request, "bulletin/report_rules.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_BULLETIN)
@require_POST
def report_rule_approval(request: ActorRequest, rule_id: int) -> HttpResponse:
    """Say that reports of the rule are published without being looked at."""
    try:
        rule = rules.approve(rule_id, actor=request.actor, now=now())
    except rules.CannotRuleReports as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Od teraz {rule.form} publikuje się samo.")
    return redirect("bulletin:report_rules")


@staff(Right.EDIT_BULLETIN)
@require_POST
def report_rule_end(request: ActorRequest, rule_id: int) -> HttpResponse:
    """Take a rule away."""
    try:
        rules.remove(rule_id, actor=request.actor, now=now())
    except rules.CannotRuleReports as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Usunięto regułę. To, co opublikowano, zostaje.")
    return redirect("bulletin:report_rules")


@staff(Right.EDIT_BULLETIN)
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: ActorRequest) -> HttpResponse:
    """Approved reports that are not in the bulletin yet; take one."""
    if request.method != "POST":
        context = {"reports": offered(), "tabs": desk_of(None).tabs("reports")}
        return render(request, "bulletin/reports.html", context)
    try:
        version = pull(request.POST.get("report", ""), actor=request.actor, now=now(), today=localdate())
    except CannotPull as error:
        raise Http404 from error
    except NotReady as refused:
        messages.error(request, f"Nie przekazano: {'; '.join(refused.gaps)}")
        return redirect("bulletin:reports")
    messages.success(request, "Przekazano do zatwierdzenia innemu redaktorowi.")
    return redirect("bulletin:item", version.item_id)
