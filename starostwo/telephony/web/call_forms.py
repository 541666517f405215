"""Forms of call records: what one looks for, which month, how long calls are kept."""

from datetime import date
from typing import Any

from django import forms

from starostwo.screens.api import DayField, ScreenForm
from starostwo.telephony.models import Call
from starostwo.telephony.queries.calls import Wanted
from starostwo.telephony.rules.keeping import Keeping
from starostwo.telephony.web.forms import NUMBER, SHORT, Choices

ANY = ("", "wszystkie")
LONGEST = 3660


class CallsForm(ScreenForm):
    """Which calls."""

    mark_optional = False

    od = DayField(label="Od dnia", required=False)
    do = DayField(label="Do dnia", required=False)
    kierunek = forms.ChoiceField(label="Kierunek", required=False, choices=[ANY, *Call.Direction.choices])
    wynik = forms.ChoiceField(label="Wynik", required=False, choices=[ANY, *Call.Result.choices])
    numer = forms.CharField(
        label="Numer", required=False, max_length=30, widget=forms.TextInput(attrs=NUMBER)
    )
    komorka = forms.ChoiceField(label="Komórka", required=False)
    moje = forms.BooleanField(label="Moje", required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if units:
            symbols = [(symbol, symbol) for symbol, _ in units]
            self.fields["komorka"].choices = [ANY, *symbols]  # type: ignore[attr-defined]
        else:
            del self.fields["komorka"], self.fields["moje"]

    def clean(self) -> dict[str, Any]:
        """The period ends after it begins."""
        since, until = self.cleaned_data.get("od"), self.cleaned_data.get("do")
        if since and until and until < since:
            self.add_error("do", "Okres kończy się przed początkiem. Popraw dzień.")
        return self.cleaned_data

    def wanted(self) -> Wanted:
        """What is looked for; everything while the form is refused."""
        if not self.is_valid():
            return Wanted()
        data = self.cleaned_data
        return Wanted(
            data["od"], data["do"], data["kierunek"], data["wynik"], data["numer"].strip(),
            data.get("komorka", ""), data.get("moje", False),
        )  # fmt: skip


class KeepingForm(ScreenForm):
    """How long calls name numbers and how long they stand."""

    mark_optional = False

    since = DayField(label="Od dnia")
    masked_after = forms.IntegerField(
        label="Zasłoń numery po dniach", min_value=1, max_value=LONGEST, widget=forms.TextInput(attrs=SHORT),
        help_text="Trzy ostatnie cyfry numerów z zewnątrz; numery powiatu zostają.",
    )  # fmt: skip
    deleted_after = forms.IntegerField(
        label="Usuń rozmowy po dniach", min_value=1, max_value=LONGEST, widget=forms.TextInput(attrs=SHORT)
    )
    reason = forms.CharField(
        label="Podstawa", max_length=200, help_text="Na przykład „zarządzenie Starosty 12/2026”."
    )

    def clean(self) -> dict[str, Any]:
        """Records are masked before they go."""
        masked, deleted = self.cleaned_data.get("masked_after"), self.cleaned_data.get("deleted_after")
        if masked and deleted and deleted < masked:
            self.add_error("deleted_after", "Rozmowy znikłyby przed zasłonięciem numerów. Wpisz więcej dni.")
        return self.cleaned_data

    def clean_since(self) -> date:
        """A decision does not reach back further than the law on data does."""
        day: date = self.cleaned_data["since"]
        if day.year < 2018:
            raise forms.ValidationError("Wpisz dzień nie wcześniejszy niż 01.01.2018.")
        return day

    def said(self) -> Keeping:
        """The decision."""
        return Keeping(**self.cleaned_data)
