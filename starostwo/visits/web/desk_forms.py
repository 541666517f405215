"""Forms of the staff's side."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils.translation import gettext, gettext_lazy

from starostwo.screens.api import DayField, ScreenForm
from starostwo.visits.models import Matter
from starostwo.visits.web.wording import clock, in_figures

NARROW = {"class": "govuk-input--width-20"}


class DayForm(ScreenForm):
    """Which day of a place."""

    mark_optional = False

    dzien = DayField(label="Dzień", required=False)


class PhoneForm(ScreenForm):
    """A visit that somebody asked for by phone or at the desk."""

    mark_optional = False

    termin = forms.ChoiceField(
        label="Godzina",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Wybierz godzinę.",
            "invalid_choice": "Tej godziny nie ma już wśród wolnych. Wybierz inną; reszta została.",
        },
    )
    given_name = forms.CharField(label="Imię", max_length=60, widget=forms.TextInput(attrs=NARROW))
    family_name = forms.CharField(label="Nazwisko", max_length=80, widget=forms.TextInput(attrs=NARROW))
    phone = forms.CharField(
        label="Telefon", max_length=40, required=False, widget=forms.TextInput(attrs=NARROW)
    )
    email = forms.EmailField(
        label="E-mail", required=False, help_text="Wyślemy odnośnik do odwołania wizyty.",
        widget=forms.EmailInput(attrs=NARROW),
    )  # fmt: skip

    def __init__(self, *args: object, times: Sequence[datetime], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["termin"]
        field.choices = [(in_figures(start), clock(start)) for start in times]  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        if not self.cleaned_data.get("phone") and not self.cleaned_data.get("email") and not self.errors:
            self.add_error("phone", "Podaj telefon albo e-mail: po nim liczymy wizyty jednej osoby.")


class TicketForm(ScreenForm):
    """A ticket without a booking, or one by the code of a confirmation."""

    mark_optional = False

    sprawa = forms.ChoiceField(label=gettext_lazy("Sprawa"), widget=forms.RadioSelect, required=False)
    kod = forms.CharField(
        label=gettext_lazy("Kod wizyty"),
        required=False,
        max_length=7,
        help_text=gettext_lazy("6 cyfr z potwierdzenia"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-5"}
        ),
    )

    def __init__(self, *args: object, matters: Sequence[Matter], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sprawa"]
        field.choices = [(matter.code, matter.name) for matter in matters]  # type: ignore[attr-defined]

    def clean_kod(self) -> str:
        code = "".join(self.cleaned_data["kod"].split())
        if code and not (code.isdecimal() and len(code) == 6):
            raise forms.ValidationError(gettext("Kod wizyty ma 6 cyfr."))
        return code

    def clean(self) -> None:
        super().clean()
        if not self.errors and not self.cleaned_data.get("kod") and not self.cleaned_data.get("sprawa"):
            self.add_error("kod", gettext("Wpisz kod wizyty albo wybierz sprawę."))
