"""The chart of a year and the dictionaries of the classification: read, and added to."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.ledger import access
from starostwo.ledger.models import Account, DictionaryEntry
from starostwo.ledger.queries import reading
from starostwo.ledger.services import chart as services
from starostwo.ledger.services.books import MayNotSetUp
from starostwo.ledger.web.books import CLOSERS, SEERS
from starostwo.ledger.web.seen import account_or_404, frame, year_or_404
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, ScreenForm, Tab

KINDS = DictionaryEntry.Kind
OWN = [(value, label) for value, label in KINDS.choices if value in services.OWN_KINDS]


class AccountForm(ScreenForm):
    """An account of the chart."""

    number = forms.RegexField(
        label="Numer", regex=r"^\d{3}(-[0-9A-Z]{1,10}){0,3}$", max_length=30,
        help_text="Konto syntetyczne i części po myślniku, na przykład 201-3.",
        error_messages={"invalid": "Numer to trzy cyfry i części po myślniku, na przykład 201-3."},
    )  # fmt: skip
    name = forms.CharField(label="Nazwa", max_length=200)
    kind = forms.ChoiceField(label="Rodzaj", choices=Account.Kind.choices, widget=forms.RadioSelect)
    requires = forms.MultipleChoiceField(
        label="Każdy zapis podaje", choices=Account.Requires.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    control = forms.ChoiceField(label="Kontrola planu", choices=Account.Control.choices, required=False)
    is_posting = forms.BooleanField(label="Można na nim księgować", required=False, initial=True)

    def said(self) -> services.SaidAccount:
        """What was typed, as the service takes it."""
        return services.SaidAccount(**self.cleaned_data)


class SymbolForm(ScreenForm):
    """A symbol of the county's own."""

    kind = forms.ChoiceField(label="Słownik", choices=OWN)
    symbol = forms.RegexField(
        label="Symbol", regex=r"^[0-9A-Z_-]{1,20}$", max_length=20, help_text="Na przykład DROGI-26.",
        error_messages={"invalid": "Symbol to wielkie litery bez polskich znaków, cyfry i myślnik."},
    )  # fmt: skip
    name = forms.CharField(label="Nazwa", max_length=400)
    valid_from = DayField(label="Od dnia")
    valid_to = DayField(label="Do dnia (wyłącznie)", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("valid_to") and said.get("valid_from") and said["valid_to"] <= said["valid_from"]:
            self.add_error("valid_to", "Koniec leży przed początkiem.")
        return said


@staff(*SEERS)
@require_safe
def chart(request: ActorRequest, year_id: int) -> HttpResponse:
    """The chart of accounts: what each account asks for and where its name comes from."""
    found = year_or_404(request, year_id)
    sources, wanted = dict(DictionaryEntry.Source.choices), dict(Account.Requires.choices)
    rows = [
        (account, ", ".join(wanted[one] for one in account.requires), sources[account.source])
        for account in reading.accounts(found)
    ]
    return render(request, "ledger/chart.html", frame(request, found, "ledger:chart") | {"rows": rows})


@staff(*CLOSERS)
@require_http_methods(["GET", "POST"])
def new_account(request: ActorRequest, year_id: int) -> HttpResponse:
    """Add an analytic account."""
    year, form = year_or_404(request, year_id), AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = services.add_account(year, form.said(), actor=request.actor, now=now())
        except MayNotSetUp as error:
            raise Http404 from error
        except services.AccountIsThere:
            form.add_error("number", "Ten rok ma już takie konto.")
        except services.NoSuchSynthetic as missing:
            form.add_error(
                "number", f"Plan kont nie ma konta {missing}. Analityka zaczyna się od konta z planu."
            )
        else:
            messages.success(request, f"Dodano konto {account.number}.")
            return redirect("ledger:chart", year.pk)
    return render(
        request,
        "ledger/account.html",
        {"form": form, "year": year, "account": None},
        status=422 if form.errors else 200,
    )


@staff(*CLOSERS)
@require_http_methods(["GET", "POST"])
def account(request: ActorRequest, account_id: int) -> HttpResponse:
    """Change what an account asks of its entries."""
    found = account_or_404(request, account_id)
    initial = {name: getattr(found, name) for name in AccountForm.base_fields}
    form = AccountForm(request.POST or None, initial=initial)
    form.fields["number"].disabled = True
    if request.method == "POST" and form.is_valid():
        try:
            services.change_account(found, form.said(), actor=request.actor, now=now())
        except MayNotSetUp as error:
            raise Http404 from error
        except services.InUse:
            form.add_error(
                "kind",
                "Są już zapisy na tym koncie: rodzaj, kontrola planu i kontrahent zostają. Załóż nowe konto.",
            )
        else:
            messages.success(request, f"Zmieniono konto {found.number}.")
            return redirect("ledger:chart", found.fiscal_year_id)
    return render(
        request,
        "ledger/account.html",
        {"form": form, "year": found.fiscal_year, "account": found},
        status=422 if form.errors else 200,
    )


@staff(*SEERS)
@require_safe
def dictionaries(request: ActorRequest) -> HttpResponse:
    """The dictionaries of the classification, with the days they hold and where they come from."""
    kind = request.GET.get("slownik", KINDS.CHAPTER.value)
    words = request.GET.get("q", "").strip()[:100]
    if kind not in KINDS.values:
        raise Http404
    page = keyset_page(
        reading.dictionary(kind, words), key=("symbol", "id"), cursor=request.GET.get("cursor")
    )
    context = {
        "page": page,
        "tabs": [
            Tab(label.capitalize(), f"?slownik={value}", value == kind) for value, label in KINDS.choices
        ],
        "kind": kind,
        "words": words,
        "may_add": access.may_change_plan(request.actor),
    }
    return render(request, "ledger/dictionaries.html", context)


@staff(Right.TREASURER)
@require_http_methods(["GET", "POST"])
def new_symbol(request: ActorRequest) -> HttpResponse:
    """Add a task, a source of funding, a project or a disposer."""
    form = SymbolForm(request.POST or None, initial={"valid_from": localdate().replace(month=1, day=1)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.add_symbol(actor=request.actor, now=now(), **given)
        except services.SymbolIsThere:
            form.add_error("symbol", "W tych dniach jest już taki symbol.")
        else:
            messages.success(request, f"Dodano {given['symbol']}.")
            return redirect(f"../?slownik={given['kind']}")
    return render(request, "ledger/symbol.html", {"form": form}, status=422 if form.errors else 200)
