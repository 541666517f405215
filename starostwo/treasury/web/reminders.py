"""Reminders on the screen: the letters that were made, and a batch with its preview."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.records import api as records
from starostwo.screens.api import MoneyField, ScreenForm
from starostwo.treasury.models import Reminder
from starostwo.treasury.queries import reminders as queries
from starostwo.treasury.rules.reminders import COST, Kind
from starostwo.treasury.services import claims
from starostwo.treasury.services import reminders as services
from starostwo.treasury.web.claims import NO_BOOKS, book_of
from starostwo.treasury.web.payments import SEES


class BatchForm(ScreenForm):
    """Which debtors are looked for."""

    mark_optional = False

    rodzaj = forms.ChoiceField(label="Pismo", choices=Reminder.Kind.choices)
    dni = forms.IntegerField(label="Ile dni po terminie", min_value=1, max_value=3650)
    najmniej = MoneyField(label="Najmniejsza suma")


class ClassForm(ScreenForm):
    """The class of the cases in which letters are kept."""

    mark_optional = False

    class_symbol = forms.CharField(
        label="Klasa z wykazu akt dla nowych spraw", max_length=10, help_text="Na przykład 321."
    )


@staff(*SEES)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The letters of a book, the newest first."""
    books, chosen = book_of(request)
    page = None
    if chosen is not None:
        page = keyset_page(queries.listed(chosen), key=("-id",), cursor=request.GET.get("cursor"))
    cases = [row.document.case_id for row in page.rows] if page else []
    seen = set(records.visible_cases(request.actor).filter(pk__in=cases).values_list("pk", flat=True))
    context = {"books": books, "chosen": chosen, "page": page, "seen": seen}
    return render(request, "treasury/reminders.html", context)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def batch(request: ActorRequest) -> HttpResponse:
    """Debtors that would get a letter, with its sums; all chosen letters are drafted by one button."""
    books, chosen = book_of(request)
    if chosen is None or not ledger.may_post(request.actor, chosen):
        raise Http404
    usual: dict[str, Any] = {"rodzaj": Kind.REMINDER.value, "dni": 7, "najmniej": 10_00}
    form = BatchForm(request.GET or None, initial=usual)
    asked = form.cleaned_data if form.is_valid() else usual
    kind, today = Kind(asked["rodzaj"]), localdate()
    of_class, fault, picked = ClassForm(request.POST or None, initial={"class_symbol": "321"}), "", None
    if request.method == "POST":
        picked = [int(one) for one in request.POST.getlist("dluznik") if one.isdecimal()]
        fault = _remind(request, chosen.pk, of_class, asked, picked)
        if not fault and of_class.is_valid():
            return redirect(f"{reverse('treasury:reminders')}?ksiega={chosen.pk}")
    rows = queries.debtors(chosen, kind, today, late_by=asked["dni"], least=asked["najmniej"])
    is_wrong = bool(fault) or (request.method == "POST" and not of_class.is_valid())
    context = {
        "form": form, "of_class": of_class, "books": books, "chosen": chosen, "fault": fault,
        "rows": [(one, picked is None or one.party.pk in picked) for one in rows[: services.MOST_LETTERS]],
        "more": max(0, len(rows) - services.MOST_LETTERS), "query": request.GET.urlencode(),
        "cost": COST.row_on(today) if kind is Kind.REMINDER else None, "is_note": kind is Kind.NOTE,
    }  # fmt: skip
    return render(request, "treasury/new_reminders.html", context, status=422 if is_wrong else 200)


def _remind(
    request: ActorRequest, book_id: int, of_class: ClassForm, asked: dict[str, Any], picked: list[int]
) -> str:
    """Write the letters; what is to be said when it was refused."""
    if not of_class.is_valid():
        return ""
    if not picked:
        return "Zaznacz dłużników, do których chcesz napisać."
    wanted = services.Batch(
        Kind(asked["rodzaj"]), picked, of_class.cleaned_data["class_symbol"], asked["dni"], asked["najmniej"]
    )
    try:
        made = services.remind(book_id, wanted, actor=request.actor, today=localdate(), now=now())
    except services.NobodyToRemind:
        return "Ci dłużnicy dostali już takie pismo albo zapłacili."
    except services.CannotWrite as refused:
        return f"Nie można założyć sprawy: {refused}"
    except claims.Wrong as refused:
        return refused.words
    except (LookupError, ledger.CannotPost):
        return NO_BOOKS
    messages.success(request, f"Przygotowano pisma: {len(made)}. Czekają jako projekty w swoich sprawach.")
    return ""
