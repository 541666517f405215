"""Forms of telephony."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from starostwo.screens.api import ScreenForm
from starostwo.telephony.models import HuntGroup
from starostwo.telephony.rules.classes import CLASSES
from starostwo.telephony.rules.numbers import NotANumber, any_number, internal, shown

Choices = list[tuple[Any, str]]
SHORT = {"class": "govuk-input--width-5", "inputmode": "numeric"}
NUMBER = {"class": "govuk-input--width-10", "inputmode": "tel"}


class NumberField(forms.CharField):
    """An internal or an outside number; cleans to the form in which it is kept."""

    widget = forms.TextInput(attrs=NUMBER)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A kept number is shown as it is read."""
        return shown(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """The number as it is kept."""
        typed = super().clean(value)
        try:
            return any_number(typed) if typed else ""
        except NotANumber as error:
            raise ValidationError(
                "Wpisz numer wewnętrzny, na przykład 105, albo zewnętrzny, na przykład 601 234 567."
            ) from error


class InternalField(forms.CharField):
    """An internal number."""

    widget = forms.TextInput(attrs=SHORT)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=6, **kwargs)

    def clean(self, value: Any) -> str:
        """The number as it is kept."""
        typed = super().clean(value)
        try:
            return internal(typed)
        except NotANumber as error:
            raise ValidationError("Numer wewnętrzny ma od 2 do 6 cyfr i nie zaczyna się od zera.") from error


class ForwardsForm(ScreenForm):
    """Where the calls of a phone go."""

    mark_optional = False

    is_quiet = forms.BooleanField(
        label="Nie przeszkadzać: telefon nie dzwoni, rozmowy idą jak do zajętego", required=False
    )
    forward_always = NumberField(label="Przekieruj wszystkie rozmowy na", required=False)
    forward_busy = NumberField(label="Gdy zajęty, na", required=False)
    forward_no_answer = NumberField(label="Gdy nikt nie odbiera, na", required=False)
    has_voicemail = forms.BooleanField(
        label="Poczta głosowa, gdy nie ma przekierowania", required=False, initial=True
    )
    ring_seconds = forms.IntegerField(
        label="Dzwoni, sekund", min_value=1, max_value=120, initial=20, widget=forms.TextInput(attrs=SHORT)
    )


class PhoneForm(ForwardsForm):
    """What the administrator says of a phone."""

    label = forms.CharField(
        label="Podpis", max_length=100, help_text="Na przykład „Sekretariat” albo „p. 105”."
    )
    node = forms.TypedChoiceField(label="Budynek", coerce=int)
    account = forms.TypedChoiceField(label="Osoba", coerce=int, empty_value=None, required=False)
    may_call = forms.TypedChoiceField(
        label="Rozmowy wychodzące", coerce=int, choices=list(CLASSES.items()),
        help_text="Każde prawo obejmuje te przed nim. Numery alarmowe działają zawsze.",
    )  # fmt: skip
    shows = forms.TypedChoiceField(
        label="Przedstawia się na zewnątrz numerem", coerce=int, empty_value=None, required=False
    )
    is_blocked = forms.BooleanField(label="Zablokowany", required=False)
    field_order = ["number", "label", "node", "account", "may_call", "shows"]

    def __init__(self, *args: Any, nodes: Choices, people: Choices, public: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("node", nodes), ("account", [("", "nikt, telefon wspólny"), *people]),
            ("shows", [("", "numerem głównym"), *public]),
        ):  # fmt: skip
            self.fields[name].choices = rows  # type: ignore[attr-defined]


class NewPhoneForm(PhoneForm):
    """A new phone has its number typed."""

    number = InternalField(label="Numer wewnętrzny")


class GroupForm(ScreenForm):
    """A group of phones."""

    mark_optional = False

    name = forms.CharField(label="Nazwa", max_length=100)
    node = forms.TypedChoiceField(label="Budynek", coerce=int)
    strategy = forms.ChoiceField(label="Telefony dzwonią", choices=HuntGroup.Strategy.choices)
    members = forms.CharField(
        label="Telefony w kolejności", max_length=300, help_text="Numery wewnętrzne oddzielone spacjami.",
    )  # fmt: skip
    ring_seconds = forms.IntegerField(
        label="Każdy dzwoni, sekund", min_value=1, max_value=120, initial=15,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    then = NumberField(label="Gdy nikt nie odbierze, na", required=False)
    at_night = NumberField(
        label="Poza godzinami pracy na", required=False,
        help_text="Puste: od razu tam, gdzie rozmowa idzie, gdy nikt nie odbierze. Własny numer grupy: "
                  "telefony dzwonią także w nocy.",
    )  # fmt: skip
    has_voicemail = forms.BooleanField(label="Poczta głosowa grupy, gdy nikt nie odbierze", required=False)
    field_order = ["number", "name", "node", "strategy", "members"]

    def __init__(self, *args: Any, nodes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = nodes  # type: ignore[attr-defined]

    def clean_members(self) -> list[str]:
        """The numbers of the phones."""
        return list(self.cleaned_data["members"].replace(",", " ").split())


class NewGroupForm(GroupForm):
    """A new group has its number typed."""

    number = InternalField(label="Numer wewnętrzny")


class TrialForm(ScreenForm):
    """A call to be tried without calling."""

    mark_optional = False

    dzwoni = NumberField(
        label="Dzwoni", help_text="Numer wewnętrzny; przy rozmowie z zewnątrz numer dzwoniącego."
    )
    wybiera = forms.CharField(label="Wybiera", max_length=20, widget=forms.TextInput(attrs=NUMBER))
    z_zewnatrz = forms.BooleanField(label="Rozmowa przychodzi z zewnątrz", required=False)
    wezel = forms.ChoiceField(label="Przez węzeł")
    kiedy = forms.DateTimeField(
        label="Kiedy", required=False, input_formats=["%d.%m.%Y %H:%M"],
        help_text="Na przykład 23.11.2026 21:00; puste to teraz.",
        error_messages={"invalid": "Wpisz dzień i godzinę, na przykład 23.11.2026 21:00."},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip

    def __init__(self, *args: Any, nodes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wezel"].choices = nodes  # type: ignore[attr-defined]
