"""A step of a form as a page: fields made from its definition, errors from its own rules."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from starostwo.procedures import api as procedures
from starostwo.screens.api import DayPartsField, FilesField, ScreenForm

CONSENT = "tak"
NARROW = {"postcode": 10, "pesel": 20, "phone": 20, "number": 5, "email": 30}
COMPLETION = {"given_name": "given-name", "family_name": "family-name", "email": "email", "phone": "tel",
              "street": "street-address", "postcode": "postal-code", "town": "address-level2",
              "organisation": "organization"}  # fmt: skip


class StepForm(ScreenForm):
    """One page of questions. What is typed is always kept; the rules of the form say what is wrong."""

    def __init__(
        self,
        form: procedures.Definition,
        step: str,
        answers: Mapping[str, str],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(form, answers))
        self.definition = form
        self.step = next(each for each in form.steps if each.name == step)
        for field in procedures.shown_fields(self.step, form, answers):
            self.fields[field.name] = _field(field)

    def answers(self) -> dict[str, str]:
        """What was typed into this page, right or wrong, as the form keeps it."""
        return {name: self._answer(name) for name in self.fields}

    def point_out(self, answers: Mapping[str, str]) -> bool:
        """Put the errors of this step beside their fields; whether there is any."""
        wrong = procedures.validate(self.definition, answers, step=self.step.name)
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for error in wrong:
            self.add_error(error.field if error.field in self.fields else None, error.message)
        return bool(wrong)

    def _answer(self, name: str) -> str:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return CONSENT if name in self.data else ""
        if isinstance(field, DayPartsField):
            return _day(
                [str(self.data.get(f"{name}_{part}", "")).strip() for part in ("year", "month", "day")]
            )
        return str(self.data.get(name, ""))


class AttachmentsForm(ScreenForm):
    """Files to add to a draft."""

    uploads = FilesField(label="Wybierz pliki", required=True)


class SignedForm(ScreenForm):
    """The file that was signed elsewhere."""

    signed = forms.FileField(
        label="Podpisany plik",
        help_text="Plik XML z podpisem XAdES w środku albo PDF z podpisem PAdES.",
        error_messages={"required": "Wybierz plik, który został podpisany."},
    )


def _field(field: Any) -> forms.Field:
    label = procedures.in_language(field.label)
    common: dict[str, Any] = {
        "label": label,
        "help_text": procedures.in_language(field.hint),
        "required": field.required,
    }
    match field.type:
        case "choice":
            choices = [(choice.value, procedures.in_language(choice.label)) for choice in field.choices]
            made: forms.Field = forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case "consent":
            made = forms.BooleanField(**common)
        case "date":
            made = DayPartsField(**common)
        case "long_text":
            made = forms.CharField(
                widget=forms.Textarea(attrs={"rows": 8}), max_length=field.max_length, **common
            )
        case _:
            made = forms.CharField(widget=forms.TextInput(attrs=_attrs(field)), **common)
    return made


def _day(parts: list[str]) -> str:
    """Year, month, day as one answer; what is no day stays as it was typed."""
    if not any(parts):
        return ""
    year, month, day = parts
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def _attrs(field: Any) -> dict[str, str]:
    attrs = {}
    if width := NARROW.get(field.type):
        attrs["class"] = f"govuk-input--width-{width}"
    if completion := COMPLETION.get(field.sender):
        attrs["autocomplete"] = completion
    if field.type in ("pesel", "number", "postcode"):
        attrs["inputmode"] = "numeric"
    return attrs


def _initial(form: procedures.Definition, answers: Mapping[str, str]) -> dict[str, object]:
    return {
        field.name: answers.get(field.name) == CONSENT
        if field.type == "consent"
        else answers.get(field.name, "")
        for field in form.fields
    }
