"""The fields of the small things that editors keep; each form knows its table and how its list looks."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.timezone import localdate

from starostwo.office import api as office
from starostwo.portal.models import Alert, Event, Shortcut, UnitContact
from starostwo.portal.rules.inline import link_fault
from starostwo.screens.api import ScreenForm

MOMENTS = ["%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"]
NOT_A_MOMENT = "Podaj dzień i godzinę, na przykład 23.11.2026 17:00."


class MomentField(forms.DateTimeField):
    """A day with its hour in one field."""

    widget = forms.DateTimeInput(format=MOMENTS[0], attrs={"class": "govuk-input--width-10"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Na przykład 23.11.2026 17:00")
        super().__init__(input_formats=MOMENTS, error_messages={"invalid": NOT_A_MOMENT}, **kwargs)


def long_text(label: str, most: int, *, rows: int = 6, **kwargs: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **kwargs)


class ThingForm(ScreenForm):
    """A form of one kind of thing."""

    model: ClassVar[type[Model]]
    one: ClassVar[str]
    columns: ClassVar[Sequence[tuple[str, str]]]
    order: ClassVar[Sequence[str]]

    def demand_order(self, told: dict[str, Any]) -> None:
        """The end lies behind the beginning."""
        start, end = told.get("starts_at"), told.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", "Koniec musi być później niż początek.")


class EventForm(ThingForm):
    """Wydarzenie."""

    model, one = Event, "wydarzenie"
    columns = (("Tytuł", "title"), ("Początek", "starts_at"), ("Miejsce", "place"), ("Widoczne", "is_shown"))
    order = ("-starts_at", "-id")
    title = forms.CharField(label="Tytuł", max_length=150)
    summary = long_text("Zajawka", 400, rows=2)
    starts_at = MomentField(label="Początek")
    ends_at = MomentField(label="Koniec", required=False)
    place = forms.CharField(label="Miejsce i adres", max_length=200)
    access = forms.CharField(
        label="Dostępność miejsca", max_length=300, required=False,
        help_text="Na przykład: wejście bez progu, pętla indukcyjna, tłumacz języka migowego",
    )  # fmt: skip
    text = long_text(
        "Opis", 5000, required=False, help_text="Pusty wiersz dzieli akapity. Odnośnik: [nazwa](adres)."
    )
    is_cancelled = forms.BooleanField(label="odwołane", required=False)
    is_shown = forms.BooleanField(label="widoczne dla czytelników", required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.demand_order(told)
        return told


class AlertForm(ThingForm):
    """Komunikat."""

    model, one = Alert, "komunikat"
    columns = (("Treść", "text"), ("Od", "starts_at"), ("Do", "ends_at"), ("Pilny", "is_urgent"))
    order = ("-ends_at", "-id")
    text = forms.CharField(
        label="Treść", max_length=250, help_text="Jedno zdanie, które zobaczy każdy na każdej stronie."
    )
    url = forms.CharField(
        label="Adres szczegółów", max_length=200, required=False, help_text="Na przykład /aktualnosci/..."
    )
    words = forms.CharField(label="Nazwa odnośnika", max_length=80, required=False)
    starts_at = MomentField(label="Od")
    ends_at = MomentField(label="Do", help_text="Po tej chwili komunikat znika sam.")
    is_urgent = forms.BooleanField(label="pilny (zagrożenie, awaria)", required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        self.demand_order(told)
        if told.get("url") or told.get("words"):
            fault = link_fault(told.get("words", ""), told.get("url", ""))
            if fault:
                self.add_error("words" if not told.get("words") else "url", fault)
        return told


class ShortcutForm(ThingForm):
    """Skrót na stronie głównej."""

    model, one = Shortcut, "skrót"
    columns = (("Nazwa", "label"), ("Adres", "url"), ("Kolejność", "position"), ("Widoczny", "is_shown"))
    order = ("position", "label", "id")
    label = forms.CharField(label="Nazwa", max_length=70)
    url = forms.CharField(
        label="Adres", max_length=200, help_text="Na przykład /uslugi/pozwolenie-na-budowe/"
    )
    position = forms.IntegerField(label="Kolejność", min_value=1, max_value=999, initial=10)
    is_shown = forms.BooleanField(label="widoczny", required=False, initial=True)

    def clean_url(self) -> str:
        """An address that leads somewhere."""
        url = str(self.cleaned_data["url"])
        if fault := link_fault(str(self.cleaned_data.get("label") or "skrót do usługi"), url):
            raise forms.ValidationError(fault)
        return url


class ContactForm(ThingForm):
    """Kontakt komórki."""

    model, one = UnitContact, "kontakt"
    columns = (("Komórka", "unit"), ("Telefon", "phone"), ("E-mail", "email"), ("Pokój", "room"))
    order = ("unit", "id")
    unit = forms.ChoiceField(label="Komórka")
    phone = forms.CharField(label="Telefon", max_length=60, required=False)
    email = forms.EmailField(label="Adres e-mail", required=False, help_text="Skrzynka komórki, nie osoby.")
    room = forms.CharField(label="Pokój", max_length=60, required=False)
    hours = forms.CharField(label="Godziny, jeśli inne niż siedziby", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(unit.symbol, f"{unit.symbol} {unit.name}") for unit in office.units(localdate())]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]
