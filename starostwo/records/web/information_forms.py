"""Forms of requests for public information."""

from typing import Any

from django import forms

from starostwo.records.rules.information import (
    BY_LETTER,
    ENDS,
    GROUNDS,
    End,
    Ground,
    NoGround,
    check_ground,
)
from starostwo.screens.api import DayField, ScreenForm

GROSZE_IN_ZLOTY = 100


class AnswerForm(ScreenForm):
    """How the request is to end; a refusal names its ground."""

    mark_optional = False

    end = forms.ChoiceField(
        label="Jak odpowiadasz",
        choices=[(one.value, f"{ENDS[one].label} ({ENDS[one].law})") for one in BY_LETTER],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(
        label="Podstawa odmowy",
        required=False,
        choices=[
            ("", "nie dotyczy"),
            *((one.value, f"{said.label} ({said.law})") for one, said in GROUNDS.items()),
        ],
        help_text="Tylko przy odmowie udostępnienia",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hints = {one.value: ENDS[one].hint for one in BY_LETTER}
        self.fields["end"].choice_hints = hints  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A ground goes with a refusal alone."""
        data = super().clean() or {}
        data["ground"] = Ground(data["ground"]) if data.get("ground") else None
        if data.get("end"):
            data["end"] = End(data["end"])
            try:
                check_ground(data["end"], data["ground"])
            except NoGround as error:
                self.add_error("ground", str(error))
        return data


class LongerForm(ScreenForm):
    """A later day with the reason that the applicant will read."""

    mark_optional = False

    new_due = DayField(label="Nowy termin")
    reason = forms.CharField(label="Powód opóźnienia", max_length=500, help_text="Trafi do zawiadomienia")


class CostsForm(ScreenForm):
    """What giving the information costs beyond the usual."""

    mark_optional = False

    amount = forms.DecimalField(
        label="Koszty (zł)",
        min_value=0,
        max_digits=8,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput({"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )
    reason = forms.CharField(
        label="Z czego wynikają", max_length=500, help_text="Na przykład: przekształcenie 300 stron w skany"
    )

    def clean_amount(self) -> int:
        """The amount in grosze."""
        grosze = int(self.cleaned_data["amount"] * GROSZE_IN_ZLOTY)
        if grosze < 1:
            raise forms.ValidationError("Podaj kwotę większą od zera.")
        return grosze


class MannerForm(ScreenForm):
    """Why the information cannot be given in the way that was asked for."""

    mark_optional = False

    reason = forms.CharField(label="Dlaczego nie w żądany sposób", max_length=500)


class WithdrawalForm(ScreenForm):
    """How the applicant withdrew the request."""

    mark_optional = False

    reason = forms.CharField(
        label="Jak i kiedy wycofano", max_length=500, help_text="Na przykład: e-mail z 12.03.2026"
    )
