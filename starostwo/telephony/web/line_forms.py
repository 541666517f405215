"""Forms of exchanges, lines, public numbers and days off."""

import re
from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from starostwo.screens.api import DayField, ScreenForm
from starostwo.telephony.models import Node
from starostwo.telephony.queries.lines import WEEK
from starostwo.telephony.rules.numbers import NotANumber, outside
from starostwo.telephony.web.forms import NUMBER, SHORT, Choices

SPAN = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})")
HUNDREDTHS_OF_A_GROSZ = 10_000
FREE_IS_TYPED = "Wpisz kwotę w złotych za minutę, na przykład 0,09."


class HoursForm(ScreenForm):
    """The hours of a week, a field a day: `7.30-15.30`, several parted by commas, empty is closed."""

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nth, name in enumerate(WEEK):
            self.fields[f"day{nth}"] = forms.CharField(
                label=name.capitalize(), required=False, max_length=60, label_suffix="",
                help_text="Na przykład 7.30-15.30; puste to nieczynne." if nth == 0 else "",
                widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
            )  # fmt: skip

        self.fields["closed"] = forms.BooleanField(
            label="Budynek nieczynny przez cały tydzień", required=False,
            help_text="Bez godzin centrala zawsze odpowiada jak w nocy.",
        )  # fmt: skip

    @staticmethod
    def of(node: Node) -> dict[str, Any]:
        """The hours of a node as they are typed."""
        days: dict[str, list[str]] = {}
        for row in sorted(node.hours.all(), key=lambda row: row.opens):
            days.setdefault(f"day{row.weekday}", []).append(f"{row.opens:%-H.%M}-{row.closes:%-H.%M}")
        return {day: ", ".join(spans) for day, spans in days.items()} | {"closed": not days}

    def clean(self) -> dict[str, Any]:
        """Every part is a span of one day; a week without any is meant and said."""
        for nth in range(len(WEEK)):
            try:
                _spans(self.cleaned_data.get(f"day{nth}", ""))
            except ValueError:
                self.add_error(
                    f"day{nth}", "Wpisz godziny jak 7.30-15.30; kilka części rozdziel przecinkiem."
                )
        if not self.errors:
            self._closed_is_said()
        return self.cleaned_data

    def _closed_is_said(self) -> None:
        is_closed = self.cleaned_data["closed"]
        if not self.hours() and not is_closed:
            self.add_error(
                "closed",
                "Nie podano żadnych godzin, więc telefony byłyby zawsze w trybie nocnym. Wpisz godziny albo "
                "zaznacz, że budynek jest nieczynny.",
            )
        if self.hours() and is_closed:
            self.add_error("closed", "Podano godziny. Odznacz to pole albo usuń godziny.")

    def hours(self) -> list[tuple[int, time, time]]:
        """Weekday, opening and closing."""
        return [(day, *span) for day in range(len(WEEK)) for span in _spans(self.cleaned_data[f"day{day}"])]


def _spans(typed: str) -> list[tuple[time, time]]:
    found: list[tuple[time, time]] = []
    for part in typed.split(",") if typed.strip() else []:
        match = SPAN.fullmatch(part.strip())
        if match is None:
            raise ValueError(part)
        hour, minute, to_hour, to_minute = map(int, match.groups())
        opens, closes = time(hour, minute), time(to_hour, to_minute)
        if closes <= opens or (found and opens < found[-1][1]):
            raise ValueError(part)
        found.append((opens, closes))
    return found


class TrunkForm(ScreenForm):
    """A line of an operator."""

    mark_optional = False

    name = forms.CharField(label="Nazwa", max_length=100)
    node = forms.TypedChoiceField(label="W budynku", coerce=int)
    host = forms.RegexField(
        r"^[A-Za-z0-9.:-]+$", label="Adres serwera operatora", max_length=100,
        error_messages={"invalid": "Wpisz nazwę albo adres IP, na przykład sip.operator.pl."},
    )  # fmt: skip
    port = forms.IntegerField(
        label="Port", min_value=1, max_value=65535, initial=5060, widget=forms.TextInput(attrs=SHORT)
    )
    order = forms.IntegerField(
        label="Kolejność przy równej cenie", min_value=1, max_value=99, initial=1,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip

    def __init__(self, *args: Any, nodes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = nodes  # type: ignore[attr-defined]


class PriceField(forms.CharField):
    """Złote a minute with up to four places; cleans to hundredths of a grosz."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"})

    def clean(self, value: Any) -> int:
        """Hundredths of a grosz."""
        typed = super().clean(value).replace(",", ".").replace(" ", "")
        if not re.fullmatch(r"\d{1,4}(\.\d{1,4})?", typed or "0"):
            raise ValidationError(FREE_IS_TYPED)
        return int(Decimal(typed or "0") * HUNDREDTHS_OF_A_GROSZ)


class TariffForm(ScreenForm):
    """What a minute costs."""

    mark_optional = False

    beginning = forms.RegexField(
        r"^\+([1-9][0-9]{0,14})?$", label="Numery, które zaczynają się od",
        help_text="Na przykład +48 albo +4860; sam + to wszystkie.", max_length=16,
        error_messages={"invalid": "Wpisz plus i cyfry, na przykład +48."},
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    minute = PriceField(label="Minuta, zł")
    setup = PriceField(label="Rozpoczęcie, zł", required=False)
    since = DayField(label="Od dnia")
    until = DayField(label="Do dnia", required=False)

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", "Stawka kończy się przed początkiem. Popraw dzień.")
        return self.cleaned_data


class OutsideField(forms.CharField):
    """An outside number; cleans to the form in which it is kept."""

    widget = forms.TextInput(attrs=NUMBER)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def clean(self, value: Any) -> str:
        """In full."""
        typed = super().clean(value)
        try:
            return outside(typed)
        except NotANumber as error:
            raise ValidationError("Wpisz numer zewnętrzny, na przykład 42 288 81 00.") from error


class RingsForm(ScreenForm):
    """What a number of the county in the public network rings."""

    mark_optional = False

    rings = forms.CharField(
        label="Dzwoni na numer wewnętrzny", max_length=6, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="Telefon albo grupa; puste to nikt.",
    )  # fmt: skip
    description = forms.CharField(label="Opis", max_length=100, required=False)


class PublicNumberForm(RingsForm):
    """A new number of the county in the public network."""

    number = OutsideField(label="Numer zewnętrzny")
    field_order = ["number"]


class DayOffForm(ScreenForm):
    """A day off."""

    mark_optional = False

    day = DayField(label="Dzień")
    name = forms.CharField(
        label="Powód", max_length=100, help_text="Na przykład „zarządzenie starosty 12/2026”."
    )


class BarForm(ScreenForm):
    """Whom the county does not answer for a while."""

    mark_optional = False

    number = OutsideField(label="Numer dzwoniącego")
    why = forms.CharField(
        label="Powód", max_length=200, help_text="Na przykład „groźby, notatka w sprawie OR.1431.5.2026”."
    )
    until = DayField(label="Do dnia", help_text="Najdłużej rok.")
