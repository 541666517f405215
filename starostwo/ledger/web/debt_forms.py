"""Forms of the register of debt and of the figures of art. 243."""

from collections.abc import Sequence
from typing import Any

from django import forms

from starostwo.ledger.models import DebtInstrument
from starostwo.ledger.rules.debts import SECTORS
from starostwo.screens.api import DayField, MoneyField, ScreenForm

ROWS = "Dzień, kapitał, odsetki, na przykład 30.06.2027 100000,00 12500,00; każda rata w osobnym wierszu."


def schedule_field(label: str) -> forms.CharField:
    """A schedule is typed line by line."""
    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=ROWS, widget=widget, max_length=20_000)


class DebtForm(ScreenForm):
    """An instrument with its schedule."""

    book_id = forms.TypedChoiceField(label="Księga budżetu", coerce=int)
    kind = forms.ChoiceField(label="Rodzaj", choices=DebtInstrument.Kind.choices)
    number = forms.CharField(label="Numer umowy", max_length=100)
    name = forms.CharField(
        label="Wierzyciel", max_length=300,
        help_text="Bank, fundusz, agent emisji; przy poręczeniu wierzyciel dłużnika.",
    )  # fmt: skip
    nip = forms.CharField(label="NIP wierzyciela", max_length=13, required=False)
    sector = forms.ChoiceField(label="Grupa w Rb-Z", choices=[("", "wybierz"), *SECTORS])
    subject = forms.CharField(label="Na co", max_length=200)
    signed_on = DayField(label="Zawarta dnia")
    amount = MoneyField(label="Kwota")
    schedule = schedule_field("Harmonogram")
    left_out_by = forms.CharField(
        label="Podstawa wyłączenia z relacji", max_length=200, required=False,
        help_text="Na przykład ufp art. 243 ust. 3; puste, gdy raty liczą się do relacji.",
    )  # fmt: skip

    def __init__(self, books: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book_id"].choices = books  # type: ignore[attr-defined]

    def clean_nip(self) -> str:
        return "".join(one for one in self.cleaned_data["nip"] if one.isdecimal())


class DrawingForm(ScreenForm):
    """Money that came."""

    mark_optional = False

    on = DayField(label="Dzień wpływu")
    amount = MoneyField(label="Kwota")


class ScheduleForm(ScreenForm):
    """The rest of the schedule after an annex."""

    mark_optional = False

    schedule = schedule_field("Raty, których jeszcze nie spłacano")


class RepaymentForm(ScreenForm):
    """An instalment is paid: the day, and the unit that pays the interest."""

    mark_optional = False

    on = DayField(label="Dzień spłaty")
    unit = forms.ChoiceField(label="Odsetki płaci", required=False)

    def __init__(self, units: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class YearForm(ScreenForm):
    """What the budget of a year says."""

    mark_optional = False

    current_income = MoneyField(label="Dochody bieżące")
    programme_income = MoneyField(label="w tym dotacje na programy z art. 5 ust. 1 pkt 2 i 3", required=False)
    current_spending = MoneyField(label="Wydatki bieżące")
    programme_spending = MoneyField(label="w tym na te programy", required=False)
    debt_service = MoneyField(label="w tym na obsługę długu", required=False)
    property_income = MoneyField(label="Dochody ze sprzedaży majątku", required=False)
    source = forms.CharField(
        label="Skąd", max_length=100, help_text="Na przykład Rb-NDS za rok 2024, uchwała budżetowa, WPF."
    )
