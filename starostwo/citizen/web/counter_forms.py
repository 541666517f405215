"""Forms of the counter."""

from collections.abc import Iterable
from typing import Any

from django import forms
from stdnum.pl import pesel as pesel_number

from starostwo.citizen.models import AtCounter
from starostwo.procedures import api as procedures
from starostwo.screens.api import FilesField, ScreenForm

NARROW = {"class": "govuk-input--width-20"}


class BeginForm(ScreenForm):
    """Which service, and who stands there."""

    card = forms.ChoiceField(label="Usługa", error_messages={"required": "Wybierz usługę."})
    given_name = forms.CharField(label="Imię", max_length=80, widget=forms.TextInput(attrs=NARROW))
    family_name = forms.CharField(label="Nazwisko", max_length=120, widget=forms.TextInput(attrs=NARROW))
    pesel = forms.CharField(
        label="PESEL", max_length=11, required=False, widget=forms.TextInput(attrs=NARROW),
        help_text="Po nim wniosek trafi na konto tej osoby, jeśli je ma.",
    )  # fmt: skip
    identity = forms.ChoiceField(
        label="Jak sprawdzono tożsamość", choices=AtCounter.Identity.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, cards: Iterable[procedures.Card], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(card.code, card.title) for card in cards if card.form_code]
        self.fields["card"].choices = [("", "— wybierz —"), *offered]  # type: ignore[attr-defined]

    def clean_pesel(self) -> str:
        """Check digits."""
        number: str = self.cleaned_data["pesel"].strip()
        if number and not pesel_number.is_valid(number):
            raise forms.ValidationError("To nie jest poprawny numer PESEL. Sprawdź cyfry.")
        return number


class SignedPaperForm(ScreenForm):
    """The scan of what was signed by hand."""

    scans = FilesField(
        label="Skan podpisanego wydruku",
        help_text="Pierwszy plik jest pismem; kolejne strony jako następne pliki.",
        error_messages={"required": "Dołącz skan podpisanego wydruku."},
    )
