"""Forms of the administrator: units, posts, people; and of stand-ins."""

from datetime import date
from typing import Any

from django import forms

from starostwo.office.models import Right
from starostwo.office.queries.structure import units
from starostwo.office.rules.symbols import MAX_UNIT_SYMBOL
from starostwo.screens.api import DayField, ScreenForm

NEEDED = {"required": "Proszę wypełnić to pole."}


def choice_of_units(on: date) -> list[tuple[str, str]]:
    """The structure of a day as choices, deeper units moved to the right."""
    return [(unit.symbol, f"{'– ' * unit.depth}{unit.symbol} {unit.name}") for unit in units(on)]


class UnitForm(ScreenForm):
    """Name and place of a unit from a day on."""

    name = forms.CharField(label="Nazwa", max_length=200, error_messages=NEEDED)
    parent = forms.ChoiceField(label="Podlega", required=False)
    on = DayField(label="Od dnia", error_messages=NEEDED)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  narrows the type
        field.choices = [("", "nikomu"), *choice_of_units(on)]

    def clean_parent(self) -> str | None:
        """No choice means the top of the structure."""
        return self.cleaned_data["parent"] or None


class NewUnitForm(UnitForm):
    """A unit that is new."""

    symbol = forms.CharField(
        label="Symbol",
        max_length=MAX_UNIT_SYMBOL,
        help_text="Litery od A do Z i cyfry, na przykład GN albo KM-O. Z niego powstają znaki spraw.",
        error_messages=NEEDED,
    )
    field_order = ["symbol", "name", "parent", "on"]


class UnitEndForm(ScreenForm):
    """The first day without the unit."""

    ends_on = DayField(label="Pierwszy dzień bez tej komórki", error_messages=NEEDED)


class PostForm(ScreenForm):
    """A post and its rights."""

    title = forms.CharField(label="Nazwa stanowiska", max_length=120, error_messages=NEEDED)
    rights = forms.MultipleChoiceField(
        label="Uprawnienia", choices=Right.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_head = forms.BooleanField(label="Kieruje komórką", required=False)
    is_shared = forms.BooleanField(label="Wieloosobowe", required=False)
    valid_from = DayField(label="Od dnia", error_messages=NEEDED)


class PersonForm(ScreenForm):
    """A new member of staff."""

    given_name = forms.CharField(label="Imię", max_length=60, error_messages=NEEDED)
    family_name = forms.CharField(label="Nazwisko", max_length=80, error_messages=NEEDED)
    login = forms.RegexField(
        regex=r"^[a-z0-9][a-z0-9.-]*$",
        label="Login",
        max_length=60,
        help_text="Małe litery, na przykład a.nowak.",
        error_messages=NEEDED,
    )
    email = forms.EmailField(label="Adres e-mail", required=False)
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    expires_on = DayField(
        label="Konto wygasa dnia", required=False, help_text="Dla kontrolerów i umów na czas określony."
    )


class TakePostForm(ScreenForm):
    """A post that a person takes."""

    post_id = forms.TypedChoiceField(label="Stanowisko", coerce=int, error_messages=NEEDED)
    valid_from = DayField(label="Od dnia", error_messages=NEEDED)
    valid_to = DayField(label="Do dnia (bez tego dnia)", required=False)

    def offer(self, posts: list[tuple[int, str]]) -> None:
        """Offer the posts of the day."""
        field = self.fields["post_id"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  narrows the type
        field.choices = posts


class LeavePostForm(ScreenForm):
    """The first day without the post."""

    ends_on = DayField(label="Pierwszy dzień bez tego stanowiska", error_messages=NEEDED)


class StandInForm(ScreenForm):
    """Who is away, who acts for him, and from when to when."""

    absent_id = forms.TypedChoiceField(label="Kto jest nieobecny", coerce=int, error_messages=NEEDED)
    deputy_id = forms.TypedChoiceField(label="Kto zastępuje", coerce=int, error_messages=NEEDED)
    valid_from = DayField(label="Pierwszy dzień", error_messages=NEEDED)
    last_day = DayField(label="Ostatni dzień", error_messages=NEEDED)
    reason = forms.CharField(
        label="Powód", max_length=120, required=False, help_text="Widoczny w historii. Bez danych o zdrowiu."
    )

    def offer(self, absent: list[tuple[int, str]], deputies: list[tuple[int, str]]) -> None:
        """Offer those whose absence the person may set, and all possible deputies."""
        for name, people in (("absent_id", absent), ("deputy_id", deputies)):
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  narrows the type
            field.choices = [("", "Wybierz osobę"), *people]
