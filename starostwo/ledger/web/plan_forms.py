"""Forms of the plan: an act as it is typed, and a file with one."""

from collections.abc import Sequence

from django import forms

from starostwo.ledger.models import PlanVersion
from starostwo.ledger.rules.plan import KINDS
from starostwo.screens.api import ContentField, ScreenForm

LINES = {
    "D": "Na przykład 756.75618.0420 120 000,00; zmniejszenie z minusem",
    "W": "Na przykład 750.75020.4300 −12 000,00; każda pozycja w osobnym wierszu",
    "P": "Na przykład 952 500 000,00",
    "R": "Na przykład 992 300 000,00",
}


class ActForm(ScreenForm):
    """An act; nothing is required, for what is missing is said beside it and the draft is kept."""

    mark_optional = False

    act = forms.CharField(
        label="Rodzaj aktu", required=False,
        widget=forms.Select(choices=[("", "wybierz"), *PlanVersion.Act.choices]),
    )  # fmt: skip
    act_number = forms.CharField(label="Numer aktu", required=False)
    act_on = forms.CharField(
        label="Data aktu", required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
    )  # fmt: skip
    text = forms.CharField(label="Czego dotyczy", required=False)

    def __init__(self, *args: object, kinds: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            self.fields[f"lines_{kind}"] = forms.CharField(
                label=f"Zmiany: {KINDS[kind]}", help_text=LINES[kind], required=False,
                widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}), strip=False,
            )  # fmt: skip
            self.fields[f"said_{kind}"] = forms.CharField(
                label=f"Suma zmian według aktu: {KINDS[kind]}", required=False,
                widget=forms.TextInput(attrs={"inputmode": "text", "class": "govuk-input--width-10"}),
            )  # fmt: skip

    @property
    def content(self) -> dict[str, str]:
        """Everything as it was typed."""
        return {name: str(self.data.get(name, "")) for name in self.fields}


class PlanFileForm(ScreenForm):
    """A file with a plan or with changes of one."""

    file = ContentField(
        label="Plik CSV albo XLSX",
        megabytes=5,
        help_text="Kolumny z nagłówkami: rodzaj (dochody, wydatki), dział, rozdział, paragraf, kwota; "
        "zamiast działu, rozdziału i paragrafu może być pozycja, na przykład 750.75020.4300",
    )
