"""Forms of stock-taking."""

from typing import Any

from django import forms

from starostwo.assets.models import StockTake
from starostwo.assets.rules.stocktaking import DECISIONS, FITTING
from starostwo.assets.web.fields import PlaceField
from starostwo.screens.api import DayField, MoneyField, ScreenForm

SHORT = {"class": "govuk-input--width-10"}


class OrderForm(ScreenForm):
    """The order by which things are counted."""

    kind = forms.ChoiceField(label="Rodzaj spisu", choices=StockTake.Kind.choices)
    order = forms.CharField(
        label="Zarządzenie", max_length=200, help_text="Na przykład „zarządzenie 12/2026”."
    )
    ordered_on = DayField(label="Z dnia")
    is_blind = forms.BooleanField(label="Zespoły nie widzą stanu z ewidencji", required=False)


class FieldForm(ScreenForm):
    """A field with its team."""

    place = PlaceField(label="Pole spisowe")
    team = forms.TypedMultipleChoiceField(
        label="Zespół spisowy", coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="Co najmniej dwie osoby, które nie odpowiadają za te składniki.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = people  # type: ignore[attr-defined]


class CountForm(ScreenForm):
    """A number as it was typed or scanned."""

    mark_optional = False

    typed = forms.CharField(
        label="Numer inwentarzowy", max_length=300,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )  # fmt: skip
    quantity = forms.IntegerField(
        label="Sztuk", min_value=1, max_value=100_000, initial=1, widget=forms.TextInput(attrs=SHORT)
    )
    note = forms.CharField(label="Uwagi, uszkodzenia", max_length=300, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)


class DecisionForm(ScreenForm):
    """What is done about a difference."""

    mark_optional = False

    decision = forms.ChoiceField(label="Decyzja", widget=forms.RadioSelect)
    explanation = forms.CharField(
        label="Wyjaśnienie", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    name = forms.CharField(label="Nazwa przyjmowanego składnika", max_length=200, required=False)
    value = MoneyField(label="Wartość z wyceny, zł", required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(one, DECISIONS[one]) for one in FITTING[kind]]  # type: ignore[attr-defined]
        if "TAKE_IN" not in FITTING[kind]:
            del self.fields["name"], self.fields["value"]
