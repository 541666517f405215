"""Forms of claims and of the calculator of interest."""

from typing import Any

from django import forms

from starostwo.screens.api import DayField, MoneyField, ScreenForm
from starostwo.treasury.rules.interest import Kind

KINDS = (
    (Kind.TAX.value, "odsetki za zwłokę (Ordynacja podatkowa)"),
    (Kind.DELAY.value, "ustawowe za opóźnienie"),
    (Kind.COMMERCE.value, "w transakcjach handlowych"),
)


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


class ClaimForm(ScreenForm):
    """A new claim."""

    mark_optional = False

    book_id = forms.TypedChoiceField(label="Księga", coerce=int)
    name = forms.CharField(label="Dłużnik", max_length=300)
    nip = forms.RegexField(
        r"^\d{10}$", label="NIP", required=False, error_messages={"invalid": "NIP ma 10 cyfr."}
    )
    pesel = forms.RegexField(
        r"^\d{11}$", label="PESEL", required=False, error_messages={"invalid": "PESEL ma 11 cyfr."}
    )
    document_number = forms.CharField(label="Numer dokumentu", max_length=100)
    text = forms.CharField(label="Za co", max_length=280)
    amount = MoneyField(label="Kwota")
    issued_on = DayField(label="Dzień dokumentu")
    due_on = DayField(label="Termin zapłaty")
    position = forms.CharField(
        label="Klasyfikacja dochodu", max_length=20, help_text="Na przykład 700.70005.0550."
    )

    def __init__(self, books: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book_id"].choices = books  # type: ignore[attr-defined]


class ReductionForm(ScreenForm):
    """A part of a claim that is taken back."""

    mark_optional = False

    amount = MoneyField(label="Odpisz")
    reason = forms.CharField(
        label="Powód", max_length=280, help_text="Na przykład decyzja o umorzeniu FN.3120.7.2026."
    )
