"""Forms of the cash desk."""

from typing import Any

from django import forms

from starostwo.screens.api import MoneyField, ScreenForm
from starostwo.treasury.models import CashSlip

SHORT = {"class": "govuk-input--width-10"}


class DeskForm(ScreenForm):
    """A cash desk of a book."""

    prefix = "kasa"

    book_id = forms.TypedChoiceField(label="Księga", coerce=int)
    name = forms.CharField(label="Nazwa kasy", max_length=100)

    def __init__(self, books: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book_id"].choices = books  # type: ignore[attr-defined]


class SlipForm(ScreenForm):
    """A KP or a KW."""

    mark_optional = False

    kind = forms.ChoiceField(label="Rodzaj", choices=CashSlip.Kind.choices)
    amount = MoneyField(label="Kwota")
    person = forms.CharField(label="Od kogo albo komu", max_length=200)
    title = forms.CharField(label="Tytułem", max_length=300)
    settlement = forms.TypedChoiceField(label="Rozrachunek", coerce=int, empty_value=None, required=False)
    ledger_account = forms.CharField(
        label="albo konto", max_length=30, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="Na przykład 141 dla zasilenia z banku, 720 dla dochodu.",
    )  # fmt: skip
    position = forms.CharField(
        label="Klasyfikacja", max_length=20, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="Gdy wymaga jej konto.",
    )  # fmt: skip

    def __init__(self, debts: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["settlement"].choices = [("", "żaden"), *debts]  # type: ignore[attr-defined]


class ClosingForm(ScreenForm):
    """What was counted in the desk."""

    prefix = "zamkniecie"

    counted = MoneyField(label="Przeliczono w kasie")


class BlockForm(ScreenForm):
    """A block of forms of strict account that came."""

    mark_optional = False

    name = forms.CharField(label="Nazwa druku", max_length=100, help_text="Na przykład „KP bloczek”.")
    series = forms.CharField(label="Seria", max_length=10, required=False)
    first = forms.IntegerField(label="Od numeru", min_value=1, max_value=2_000_000_000)
    last = forms.IntegerField(label="Do numeru", min_value=1, max_value=2_000_000_000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["first"] > cleaned["last"]:
            self.add_error("last", "Ostatni numer nie może być mniejszy niż pierwszy.")
        return cleaned
