"""Forms of claims and of the calculator of interest."""

from typing import Any

from django import forms

from starostwo.screens.api import DayField, MoneyField, ScreenForm
from starostwo.treasury.models import Basis, ClaimKind, InterestKind
from starostwo.treasury.rules.interest import Kind

KINDS = (
    (Kind.TAX.value, "odsetki za zwłokę (Ordynacja podatkowa)"),
    (Kind.DELAY.value, "ustawowe za opóźnienie"),
    (Kind.COMMERCE.value, "w transakcjach handlowych"),
)
TYPED_KINDS = [(key, label) for key, label in ClaimKind.choices if key not in ("COSTS", "INTEREST")]


class InterestForm(ScreenForm):
    """What is counted: principal, term, day of payment."""

    mark_optional = False

    kind = forms.ChoiceField(label="Rodzaj odsetek", choices=KINDS)
    principal = MoneyField(label="Należność")
    due_on = DayField(label="Termin zapłaty")
    paid_on = DayField(label="Dzień zapłaty")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first = cleaned.get("due_on")
        if first and first.year < 2021:
            self.add_error("due_on", "Tabela stawek zaczyna się w 2021 roku.")
        if first and cleaned.get("paid_on") and (cleaned["paid_on"] - first).days > 20 * 366:
            self.add_error("paid_on", "Podaj dzień najwyżej 20 lat po terminie.")
        return cleaned


class DebtorForm(ScreenForm):
    """Who owes; the fields of a claim and of a contract begin with it."""

    book_id = forms.TypedChoiceField(label="Księga", coerce=int)
    name = forms.CharField(label="Dłużnik", max_length=300)
    nip = forms.RegexField(
        r"^\d{10}$", label="NIP", required=False, error_messages={"invalid": "NIP ma 10 cyfr."}
    )
    pesel = forms.RegexField(
        r"^\d{11}$", label="PESEL", required=False, error_messages={"invalid": "PESEL ma 11 cyfr."},
        help_text="Po tym numerze mieszkaniec widzi należność na swoim koncie.",
    )  # fmt: skip
    street = forms.CharField(label="Ulica i numer", max_length=200, required=False)
    postcode = forms.RegexField(
        r"^\d{2}-\d{3}$", label="Kod pocztowy", required=False,
        error_messages={"invalid": "Kod pocztowy wygląda tak: 95-100."},
    )  # fmt: skip
    town = forms.CharField(label="Miejscowość", max_length=100, required=False)

    def __init__(self, books: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book_id"].choices = books  # type: ignore[attr-defined]


class ClaimForm(DebtorForm):
    """A new claim."""

    document_number = forms.CharField(label="Numer dokumentu", max_length=100)
    text = forms.CharField(label="Za co", max_length=280)
    kind = forms.ChoiceField(label="Rodzaj należności", choices=TYPED_KINDS, initial=ClaimKind.FEE)
    amount = MoneyField(label="Kwota")
    issued_on = DayField(label="Dzień dokumentu")
    due_on = DayField(label="Termin zapłaty")
    position = forms.CharField(
        label="Klasyfikacja dochodu", max_length=20, help_text="Na przykład 700.70005.0550."
    )
    of_state = forms.BooleanField(label="Dochód Skarbu Państwa", required=False)
    interest = forms.ChoiceField(label="Odsetki", choices=InterestKind.choices, initial=InterestKind.DELAY)
    basis = forms.ChoiceField(label="Podstawa", choices=Basis.choices)
    basis_number = forms.CharField(label="Numer decyzji albo umowy", max_length=100, required=False)
    basis_on = DayField(label="Dzień decyzji albo umowy", required=False)
    case_mark = forms.CharField(label="Znak sprawy", max_length=60, required=False)


class ReductionForm(ScreenForm):
    """A part of a claim that is taken back."""

    mark_optional = False

    amount = MoneyField(label="Odpisz")
    reason = forms.CharField(
        label="Powód", max_length=280, help_text="Na przykład korekta pomyłki, nota FN.3120.7.2026."
    )
