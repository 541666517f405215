"""A step of a form as a page: fields made from its definition, rows of its groups, errors from its own rules.

`procedures/asked.html` draws the same page for a resident and for the clerk who tries a form.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict

from starostwo.procedures.rules.answers import Question, questions, row_name, shown_fields, validate
from starostwo.procedures.rules.definition import CONSENT_GIVEN, Definition, Field, in_language
from starostwo.procedures.rules.rows import row_count
from starostwo.procedures.speaking import said
from starostwo.screens.api import DayPartsField, ScreenForm

ADD, REMOVE = "dodaj", "usun"
NARROW = {"postcode": 10, "pesel": 20, "phone": 20, "number": 5, "decimal": 5, "money": 10, "share": 5,
          "nip": 20, "regon": 20, "krs": 20, "vin": 30, "plate": 10, "plot": 30,
          "land_register": 20}  # fmt: skip
DIGITS = {"pesel", "number", "postcode", "nip", "regon", "krs"}
COMPLETION = {"given_name": "given-name", "family_name": "family-name", "email": "email", "phone": "tel",
              "street": "street-address", "postcode": "postal-code", "town": "address-level2",
              "organisation": "organization"}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """What stands on the page one below the other: a field, or a group with its rows."""

    bound: BoundField | None = None
    unit: str = ""
    group: Field | None = None
    label: str = ""
    hint: str = ""
    row_label: str = ""
    rows: list["RowPart"] = field(default_factory=list)
    can_add: bool = False


@dataclass(frozen=True)
class RowPart:
    """One row of a group on the page."""

    name: str
    number: int
    fields: list[Part]
    is_removable: bool


class StepForm(ScreenForm):
    """One page of questions. What is typed is always kept; the rules of the form say what is wrong."""

    def __init__(
        self,
        form: Definition,
        step: str,
        answers: Mapping[str, str],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.definition, self.kept = form, answers
        self.step = next(each for each in form.steps if each.name == step)
        self.asked = questions(self.step, form, answers)
        super().__init__(data, initial={each.key: _initial(each, answers) for each in self.asked})
        for each in self.asked:
            self.fields[each.key] = _field(each.field)

    def answers(self) -> dict[str, str]:
        """What was typed into this page, right or wrong, as the form keeps it."""
        return {name: self._answer(name) for name in self.fields}

    def point_out(self, answers: Mapping[str, str]) -> bool:
        """Put the errors of this step beside their fields; whether there is any."""
        wrong = validate(self.definition, answers, step=self.step.name)
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for error in wrong:
            self.add_error(error.field if error.field in self.fields else None, said(error.message))
        return bool(wrong)

    @property
    def parts(self) -> list[Part]:
        """The page from top to bottom."""
        alone = {each.key: self._part(each) for each in self.asked if each.group is None}
        return [
            self._group(each) if each.is_group else alone[each.name]
            for each in shown_fields(self.step, self.definition, self.kept)
            if each.is_group or each.name in alone
        ]

    @property
    def has_groups(self) -> bool:
        """Whether the page has buttons that add or remove rows."""
        return any(each.is_group for each in self.step.fields)

    def _part(self, asked: Question) -> Part:
        return Part(self[asked.key], in_language(asked.field.unit))

    def _group(self, group: Field) -> Part:
        count = row_count(group, self.kept)
        rows = [
            RowPart(
                row_name(group, row),
                row,
                [self._part(each) for each in self.asked if each.group is group and each.row == row],
                count > group.least,
            )
            for row in range(1, count + 1)
        ]
        label, hint, row_label = map(in_language, (group.label, group.hint, group.row))
        return Part(
            group=group, label=label, hint=hint, row_label=row_label, rows=rows, can_add=count < group.most
        )

    def _answer(self, name: str) -> str:
        asked = self.fields[name]
        if isinstance(asked, forms.BooleanField):
            return CONSENT_GIVEN if name in self.data else ""
        if isinstance(asked, DayPartsField):
            return _day(
                [str(self.data.get(f"{name}_{part}", "")).strip() for part in ("year", "month", "day")]
            )
        if isinstance(asked, forms.MultipleChoiceField):
            return " ".join(asked.widget.value_from_datadict(self.data, {}, name) or [])
        return str(self.data.get(name, ""))


def _field(field: Field) -> forms.Field:
    common: dict[str, Any] = {
        "label": in_language(field.label),
        "help_text": in_language(field.hint),
        "required": field.required,
    }
    choices = [(choice.value, in_language(choice.label)) for choice in field.choices]
    match field.type:
        case "choice":
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case "choices":
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
        case "consent":
            return forms.BooleanField(**common)
        case "date":
            return DayPartsField(**common)
        case "long_text":
            box = forms.Textarea(attrs={"rows": 8})
            return forms.CharField(widget=box, max_length=field.max_length, **common)
    return forms.CharField(widget=forms.TextInput(attrs=_attrs(field)), **common)


def _day(parts: list[str]) -> str:
    """Year, month, day as one answer; what is no day stays as it was typed."""
    if not any(parts):
        return ""
    year, month, day = parts
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def _attrs(field: Field) -> dict[str, str]:
    attrs = {}
    if width := NARROW.get(field.type):
        attrs["class"] = f"govuk-input--width-{width}"
    if completion := COMPLETION.get(field.sender):
        attrs["autocomplete"] = completion
    if field.type in DIGITS:
        attrs["inputmode"] = "numeric"
    return attrs


def _initial(asked: Question, answers: Mapping[str, str]) -> object:
    kept = answers.get(asked.key, "")
    match asked.field.type:
        case "consent":
            return kept == CONSENT_GIVEN
        case "choices":
            return kept.split()
    return kept
