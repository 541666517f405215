"""Forms of a call: a number to look up, a number to call, the note of a talk."""

from typing import Any

from django import forms

from starostwo.records import api as records
from starostwo.screens.api import LookupInput, ScreenForm
from starostwo.telephony.web.forms import NumberField

OTHER = ""
SHORT = {"class": "govuk-input--width-5", "inputmode": "numeric"}


class NumberForm(ScreenForm):
    """A number."""

    mark_optional = False

    numer = NumberField(label="Numer", help_text="Na przykład 601 234 567 albo wewnętrzny 105.")


class CallNoteForm(ScreenForm):
    """What was said, and the case to which it belongs."""

    mark_optional = False

    sprawa = forms.ChoiceField(label="Sprawa", required=False)
    inna = forms.CharField(
        label="Inna sprawa (znak)", max_length=300, required=False,
        widget=LookupInput(url="/urzad/podpowiedzi/sprawy/"),
    )  # fmt: skip
    tresc = forms.CharField(label="Treść", max_length=9_000, widget=forms.Textarea({"rows": 5}))
    rozmowca = forms.CharField(label="Rozmówca", max_length=200, required=False)
    numer = NumberField(label="Numer", required=False)
    kiedy = forms.DateTimeField(
        label="Kiedy", input_formats=["%d.%m.%Y %H:%M"],
        widget=forms.DateTimeInput(format="%d.%m.%Y %H:%M", attrs={"class": "govuk-input--width-10"}),
        error_messages={"invalid": "Wpisz dzień i godzinę, na przykład 23.11.2026 10:15."},
    )  # fmt: skip
    minut = forms.IntegerField(
        label="Minut, jeśli wiadomo", min_value=1, max_value=600, required=False,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip

    def __init__(self, *args: Any, cases: list[records.callers.CallersCase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.mark, f"{one.mark} {one.title}"[:120]) for one in cases if one.may_note]
        self.fields["sprawa"].choices = [(OTHER, "wybierz albo wpisz znak obok"), *named]  # type: ignore[attr-defined]
        self.initial.setdefault("sprawa", named[0][0] if len(named) == 1 else OTHER)
        if not named:
            del self.fields["sprawa"]
            self.fields["inna"].label = "Sprawa (znak)"

    def clean(self) -> dict[str, Any]:
        """One case is named: a typed mark goes before the chosen one."""
        data = super().clean() or {}
        data["mark"] = (data.get("inna") or "").strip().split(" ")[0] or data.get("sprawa", "")
        if not data["mark"] and "inna" not in self.errors:
            self.add_error("inna", "Wybierz sprawę albo wpisz jej znak.")
        return data
