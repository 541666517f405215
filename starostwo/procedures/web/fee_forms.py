"""Forms of the table of fees: a rate from a day on, the end of a line, when one pays."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from starostwo.procedures.fees import Rate
from starostwo.procedures.models import Fee, PaymentTime
from starostwo.screens.api import DayField, MoneyField, ScreenForm

FROM_TOMORROW = "Najwcześniej od jutra. Tego, co obowiązuje dziś i obowiązywało wcześniej, nikt nie zmieni."


def tomorrow() -> Any:
    """The first day that a change may hold from."""
    return localdate() + timedelta(days=1)


class RateForm(ScreenForm):
    """What a line costs from a day on, by which provision, and whether somebody read it."""

    mark_optional = False

    amount = MoneyField(
        label="Kwota", required=False, help_text="Na przykład 54,00. Zero oznacza: bez opłaty."
    )
    text = forms.CharField(
        label="Opis zamiast kwoty albo obok niej",
        required=False,
        max_length=300,
        help_text="Gdy prawo podaje widełki albo tabelę, na przykład „od 24 do 150 zł, według tabeli”.",
    )
    source = forms.CharField(
        label="Podstawa",
        max_length=300,
        help_text="Akt, który ustala tę kwotę, na przykład Dz.U. 2026 poz. 12.",
    )
    verified = forms.BooleanField(label="Sprawdzono z tekstem prawa", required=False)
    valid_from = DayField(label="Obowiązuje od dnia", help_text=FROM_TOMORROW)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and cleaned.get("amount") is None and not cleaned.get("text", "").strip():
            raise ValidationError("Podaj kwotę albo opis.")
        return cleaned

    def rate(self, known: Fee) -> Rate:
        """The rate as typed, for a line that is known."""
        return self._rate(label=known.label, goes_to=known.goes_to, by_office=known.by_office)

    def _rate(self, **line: Any) -> Rate:
        given = self.cleaned_data
        return Rate(
            amount=given["amount"],
            text=given["text"],
            source=given["source"],
            verified=given["verified"],
            valid_from=given["valid_from"],
            **line,
        )


class NewFeeForm(RateForm):
    """A line that the card did not have."""

    label = forms.CharField(label="Za co", max_length=120)
    goes_to = forms.ChoiceField(
        label="Na czyj rachunek",
        choices=Fee.GoesTo.choices,
        widget=forms.RadioSelect,
        initial=Fee.GoesTo.COUNTY,
    )
    by_office = forms.BooleanField(
        label="Nalicza urząd w sprawie, nie formularz",
        required=False,
        help_text="Bez zaznaczenia opłatę dostanie każdy, kto złoży ten wniosek.",
    )

    field_order = ("label", "amount", "text", "source", "verified", "goes_to", "by_office", "valid_from")

    def new_rate(self) -> Rate:
        """The rate as typed, with its line."""
        given = self.cleaned_data
        return self._rate(label=given["label"], goes_to=given["goes_to"], by_office=given["by_office"])


class EndForm(ScreenForm):
    """From which day a line is charged no longer."""

    valid_to = DayField(label="Nie pobieramy jej od dnia", help_text=FROM_TOMORROW)


class PaymentTimeForm(ScreenForm):
    """When one pays for the service, from a day on."""

    moment = forms.ChoiceField(
        label="Mieszkaniec płaci", choices=PaymentTime.Moment.choices, widget=forms.RadioSelect
    )
    valid_from = DayField(label="Od dnia", help_text=FROM_TOMORROW)
