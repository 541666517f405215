"""Fields of a register as fields of a form, and back."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from starostwo.bulletin.rules.registers import BY_CODE, Field, Of
from starostwo.screens.api import DayField

PREFIX = "pole_"
AMOUNT = re.compile(r"(\d[\d\s]*)(?:[,.](\d{2}))?(?:\s*zł)?")


class AmountField(forms.CharField):
    """An amount in złote, kept in grosze."""

    def clean(self, value: Any) -> str:
        """The grosze as digits; empty where nothing was typed."""
        text = super().clean(value).strip()
        if not text:
            return ""
        match = AMOUNT.fullmatch(text)
        if match is None:
            raise forms.ValidationError("Podaj kwotę, na przykład 1 234,50.")
        return str(int(re.sub(r"\s", "", match[1])) * 100 + int(match[2] or 0))


def form_fields(kind: str) -> dict[str, forms.Field]:
    """The fields of a register for a form; a draft may leave each of them empty."""
    return {f"{PREFIX}{one.name}": _field(one) for one in BY_CODE[kind].fields}


def values_of(kind: str, cleaned: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, as the version keeps it."""
    given = {one.name: cleaned.get(f"{PREFIX}{one.name}") for one in BY_CODE[kind].fields}
    return {
        name: value.isoformat() if isinstance(value, date) else str(value)
        for name, value in given.items()
        if value
    }


def initial_fields(kind: str, values: Mapping[str, str]) -> dict[str, Any]:
    """What a version keeps, as the form starts."""
    return {f"{PREFIX}{one.name}": _typed(one, values.get(one.name, "")) for one in BY_CODE[kind].fields}


def _field(one: Field) -> forms.Field:
    if one.of is Of.DAY:
        return DayField(label=one.label, required=False)
    if one.of is Of.CHOICE:
        choices = [("", "wybierz"), *((each, each) for each in one.choices)]
        return forms.ChoiceField(label=one.label, required=False, choices=choices)
    if one.of is Of.MONEY:
        return AmountField(label=one.label, required=False, help_text="W złotych")
    return forms.CharField(label=one.label, required=False, max_length=500)


def _typed(one: Field, value: str) -> Any:
    if not value:
        return ""
    if one.of is Of.DAY:
        return date.fromisoformat(value)
    if one.of is Of.MONEY:
        whole, rest = divmod(int(value), 100)
        return f"{whole},{rest:02}"
    return value
