"""Forms of booking: one question a page."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from starostwo.channels import api as channels
from starostwo.screens.api import ScreenForm
from starostwo.visits.models import Matter
from starostwo.visits.rules.booking import MOST_MATTERS
from starostwo.visits.web.wording import clock, in_figures


class MattersForm(ScreenForm):
    """Which matters: several in one visit."""

    mark_optional = False

    sprawa = forms.MultipleChoiceField(
        label="Z czym przychodzisz?",
        help_text=f"Na jednej wizycie załatwisz najwyżej {MOST_MATTERS} sprawy; ich czasy się sumują.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Zaznacz sprawę, z którą przychodzisz."},
    )

    def __init__(self, *args: object, matters: Sequence[Matter], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sprawa"]
        field.choices = [(matter.code, matter.name) for matter in matters]  # type: ignore[attr-defined]
        field.choice_hints = {matter.code: f"{matter.minutes} minut" for matter in matters}  # type: ignore[attr-defined]

    def clean_sprawa(self) -> list[str]:
        codes: list[str] = self.cleaned_data["sprawa"]
        if len(codes) > MOST_MATTERS:
            raise forms.ValidationError(
                f"Zaznacz najwyżej {MOST_MATTERS} sprawy. Na pozostałe umów drugą wizytę."
            )
        return codes


class PlaceForm(ScreenForm):
    """Which place."""

    mark_optional = False

    miejsce = forms.ChoiceField(
        label="Gdzie chcesz przyjść?",
        widget=forms.RadioSelect,
        error_messages={"required": "Wybierz miejsce, do którego chcesz przyjść."},
    )

    def __init__(self, *args: object, places: Sequence[tuple[str, str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["miejsce"]
        field.choices = [(code, name) for code, name, _ in places]  # type: ignore[attr-defined]
        field.choice_hints = {code: hint for code, _, hint in places}  # type: ignore[attr-defined]


class TimeForm(ScreenForm):
    """At which hour of the chosen day."""

    mark_optional = False

    termin = forms.ChoiceField(
        label="Godzina",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Wybierz godzinę wizyty.",
            "invalid_choice": "Tej godziny nie ma wśród wolnych. Wybierz inną.",
        },
    )

    def __init__(self, *args: object, times: Sequence[datetime], label: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["termin"]
        field.label = label
        field.choices = [(in_figures(start), clock(start)) for start in times]  # type: ignore[attr-defined]


class PersonForm(ScreenForm):
    """Who comes; whoever has an account finds it filled in."""

    given_name = forms.CharField(
        label="Imię", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    family_name = forms.CharField(
        label="Nazwisko",
        max_length=80,
        help_text="Wizyta jest imienna. Przy okienku poprosimy o dokument.",
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label="Adres e-mail",
        max_length=254,
        help_text="Wyślemy na niego odnośnik, którym potwierdzisz wizytę i którym ją odwołasz.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Podaj adres e-mail, na przykład jan.kowalski@example.pl."},
    )
    phone = forms.CharField(
        label="Telefon",
        max_length=40,
        required=False,
        help_text="Zadzwonimy tylko wtedy, gdy wizyta nie będzie mogła się odbyć.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    remind_by = forms.ChoiceField(
        label=_("Czy przypomnieć o wizycie dzień wcześniej?"),
        help_text=_("Przypomnimy tylko wtedy, gdy się na to zgodzisz. Nie napiszemy, z czym przychodzisz."),
        choices=[
            ("", _("nie przypominaj")),
            ("EMAIL", _("e-mailem")),
            ("TEXT", _("SMS-em, na podany telefon")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, str]:
        data: dict[str, str] = super().clean() or self.cleaned_data
        way = data.get("remind_by", "")
        if way == "TEXT" and "phone" not in self.errors:
            try:
                channels.number_for_texts(data.get("phone", ""))
            except channels.NotANumber:
                self.add_error("phone", _("Podaj numer komórkowy, żeby dostać SMS, na przykład 600 100 200."))
        if way == "EMAIL" and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Podaj adres e-mail, żeby dostać przypomnienie."))
        return data

    def __init__(self, *args: object, has_account: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if has_account:
            self.fields["email"].required = False
            self.fields["email"].help_text = "Wyślemy na niego odnośnik, którym odwołasz wizytę."
