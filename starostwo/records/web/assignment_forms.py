"""The form of an assignment: lead, who co-operates, what to do, until when."""

from collections.abc import Sequence
from typing import Any

from django import forms

from starostwo.office import api as office
from starostwo.records.rules.assignment import Target
from starostwo.screens.api import DayField, ScreenForm


class AssignForm(ScreenForm):
    """Assigns the chosen letters."""

    mark_optional = False

    lead = forms.ChoiceField(label="Prowadzący")
    cooperating = forms.MultipleChoiceField(
        label="Współpracujący", required=False, widget=forms.SelectMultiple(attrs={"size": 2})
    )
    instruction = forms.CharField(label="Polecenie", max_length=500, required=False)
    due_on = DayField(label="Termin", required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[office.PersonRef],
        units: Sequence[office.UnitRef],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(person_code(one.id), shown(one)) for one in people]
        places = [(f"u:{one.symbol}", f"{one.symbol} {one.name}") for one in units]
        self.fields["lead"].choices = [("", "wybierz"), ("Osoby", named), ("Komórki", places)]  # type: ignore[attr-defined]
        self.fields["cooperating"].choices = [("Komórki", places), ("Osoby", named)]  # type: ignore[attr-defined]


def person_code(account_id: int) -> str:
    """How a person is named in a form."""
    return f"p:{account_id}"


def shown(person: office.PersonRef) -> str:
    """A person in a list of whom to assign to; who is away is marked."""
    return f"{person.name} ({person.unit}, {person.post})" + (" – nieobecny(-a)" if person.away else "")


def target_of(code: str) -> Target:
    """Read 'p:17' or 'u:GN'."""
    kind, _, value = code.partition(":")
    return Target(account_id=int(value)) if kind == "p" and value.isdigit() else Target(unit=value)
