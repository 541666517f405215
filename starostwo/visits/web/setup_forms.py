"""Forms with which a head sets his place up."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, cast

from django import forms

from starostwo.screens.api import DayField, ScreenForm
from starostwo.visits.models import Counter, Matter, Place
from starostwo.visits.services.places import Limits, WeekHours

WEEKDAYS = "Poniedziałek Wtorek Środa Czwartek Piątek".split()
CLOCKS = ["%H:%M", "%H.%M", "%H"]


def _number(label: str, low: int, high: int, hint: str = "") -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "govuk-input--width-3"})
    return forms.IntegerField(label=label, min_value=low, max_value=high, help_text=hint, widget=widget)


def _clock(label: str, *, required: bool = True) -> forms.TimeField:
    attrs = {"class": "govuk-input--width-5", "inputmode": "numeric"}
    widget = forms.TimeInput(attrs=attrs, format="%H:%M")
    return forms.TimeField(
        label=label, input_formats=CLOCKS, required=required, widget=widget,
        error_messages={"invalid": "Podaj godzinę, na przykład 8:00."},
    )  # fmt: skip


class LimitsForm(ScreenForm):
    """The rules of booking at a place."""

    mark_optional = False

    horizon_days = _number("Na ile dni naprzód można umówić wizytę", 1, 180)
    release_at = _clock("O której otwiera się kolejny dzień")
    lead_minutes = _number("Najpóźniej ile minut przed wizytą", 0, 1440)
    confirm_minutes = _number("Ile minut na potwierdzenie odnośnikiem", 10, 1440)
    grid_minutes = _number("Co ile minut zaczynają się wizyty", 5, 60)
    most_open = _number("Najwięcej umówionych wizyt jednej osoby", 1, 20)
    walk_in_quota = _number("Pula biletów bez rezerwacji na dzień", 0, 999)

    @property
    def limits(self) -> Limits:
        """What was typed."""
        return Limits(**self.cleaned_data)


class PlaceOpeningForm(ScreenForm):
    """A new place of a unit in one of the office's buildings."""

    mark_optional = False

    name = forms.CharField(label="Nazwa", max_length=120)
    code = forms.SlugField(
        label="Skrót do adresu strony", max_length=30, help_text="Małe litery, cyfry i myślniki, np. dluga"
    )
    unit = forms.ChoiceField(label="Komórka")
    way = forms.CharField(label="Jak trafić", max_length=300, required=False)

    def __init__(self, *args: object, units: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        made = Place._meta.get_field("seat").formfield(
            label="Siedziba", error_messages={"required": "Wybierz siedzibę."}
        )
        self.fields["seat"] = cast(forms.Field, made)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].lower()
        if Place.objects.filter(code=code).exists():
            raise forms.ValidationError("Jest już miejsce o tym skrócie.")
        return code


class MatterForm(ScreenForm):
    """A new kind of matter."""

    mark_optional = False

    name = forms.CharField(label="Nazwa", max_length=120)
    code = forms.SlugField(label="Skrót do adresu strony", max_length=60)
    minutes = _number("Ile minut", 5, 240)
    card_code = forms.ChoiceField(label="Karta usługi", required=False)

    def __init__(self, *args: object, cards: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["card_code"].choices = [("", "żadna"), *cards]  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].lower()
        if Matter.objects.filter(code=code).exists():
            raise forms.ValidationError("Jest już sprawa o tym skrócie.")
        return code


class MatterChangeForm(ScreenForm):
    """Another name or length of a matter, or its end."""

    mark_optional = False

    name = forms.CharField(label="Nazwa", max_length=120)
    minutes = _number("Ile minut", 5, 240, "Wizyty umówione wcześniej zachowują swój czas.")
    card_code = forms.ChoiceField(label="Karta usługi", required=False)
    valid_to = DayField(label="Nie przyjmuje się od dnia", required=False)

    def __init__(
        self, *args: object, cards: Sequence[tuple[str, str]], since: date, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.since = since
        self.fields["card_code"].choices = [("", "żadna"), *cards]  # type: ignore[attr-defined]

    def clean_valid_to(self) -> date | None:
        day: date | None = self.cleaned_data["valid_to"]
        if day and day <= self.since:
            raise forms.ValidationError(f"Podaj dzień po {self.since:%d.%m.%Y}, od kiedy sprawa obowiązuje.")
        return day


class SpecialDayForm(ScreenForm):
    """Other hours of a counter on one date; empty hours mean that it is closed."""

    mark_optional = False

    counter = forms.ModelChoiceField(label="Okienko", queryset=Counter.objects.none(), empty_label=None)
    day = DayField(label="Dzień")
    opens = _clock("Otwarte od", required=False)
    closes = _clock("do", required=False)
    reason = forms.CharField(label="Powód", max_length=120, help_text="Puste godziny: okienko zamknięte.")

    def __init__(self, *args: object, place: Place, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        counters = Counter.objects.filter(place=place).order_by("number")
        self.fields["counter"].queryset = counters  # type: ignore[attr-defined]

    def clean(self) -> None:
        super().clean()
        opens, closes = self.cleaned_data.get("opens"), self.cleaned_data.get("closes")
        if (opens is None) != (closes is None) and not self.errors:
            self.add_error("closes", "Podaj obie godziny albo żadnej.")
        elif opens and closes and closes <= opens:
            self.add_error("closes", "Okienko zamyka się później, niż otwiera.")


class CounterForm(ScreenForm):
    """A counter: its hours of the week from a day on, and what is settled there."""

    mark_optional = False

    number = _number("Numer okienka", 1, 99)
    valid_from = DayField(label="Godziny obowiązują od")
    matters = forms.ModelMultipleChoiceField(
        label="Sprawy", queryset=Matter.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    takes_bookings = forms.BooleanField(label="przyjmuje z rezerwacją", required=False)
    takes_walk_ins = forms.BooleanField(label="przyjmuje bez rezerwacji", required=False)

    def __init__(
        self, *args: object, counter: Counter | None, hours: dict[int, tuple[time, time]], today: date,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {**_known(counter, hours, today), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["matters"].queryset = Matter.objects.order_by("position", "name")  # type: ignore[attr-defined]
        for day, name in enumerate(WEEKDAYS):
            self.fields[f"from_{day}"] = _clock(f"{name} od", required=False)
            self.fields[f"to_{day}"] = _clock(f"{name} do", required=False)
        if counter:
            del self.fields["number"]

    def clean(self) -> None:
        super().clean()
        for day in range(len(WEEKDAYS)):
            opens, closes = self.cleaned_data.get(f"from_{day}"), self.cleaned_data.get(f"to_{day}")
            if (opens is None) != (closes is None) or (opens and closes and closes <= opens):
                self.add_error(
                    f"to_{day}", "Podaj godzinę zamknięcia późniejszą niż otwarcia albo zostaw obie puste."
                )

    @property
    def week(self) -> list[WeekHours]:
        """The days on which the counter is open."""
        typed = [(day, self.cleaned_data[f"from_{day}"], self.cleaned_data[f"to_{day}"]) for day in range(5)]
        return [WeekHours(day, opens, closes) for day, opens, closes in typed if opens and closes]

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each day, side by side."""
        return [(self[f"from_{day}"], self[f"to_{day}"]) for day in range(len(WEEKDAYS))]


def _known(counter: Counter | None, hours: dict[int, tuple[time, time]], today: date) -> dict[str, object]:
    known: dict[str, object] = {"valid_from": today, "takes_bookings": True, "takes_walk_ins": True}
    for day, (opens, closes) in hours.items():
        known[f"from_{day}"], known[f"to_{day}"] = opens, closes
    if counter:
        known |= {
            "matters": list(counter.matters.all()),
            "takes_bookings": counter.takes_bookings,
            "takes_walk_ins": counter.takes_walk_ins,
        }
    return known
