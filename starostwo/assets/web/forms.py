"""Forms of documents that change assets."""

from datetime import date
from typing import Any

from django import forms

from starostwo.assets.rules import kinds
from starostwo.assets.rules.methods import Choice
from starostwo.assets.services.writing import Header
from starostwo.assets.web.fields import PersonField, PlaceField
from starostwo.screens.api import ContentField, DayField, MoneyField, ScreenForm

Choices = list[tuple[Any, str]]
SHORT = {"class": "govuk-input--width-10"}
FACTORS = [(100, "1"), (120, "1,2"), (140, "1,4"), (150, "1,5"), (200, "2")]


class DocumentForm(ScreenForm):
    """What every document says above its lines."""

    mark_optional = False

    happened_on = DayField(label="Dzień operacji")
    text = forms.CharField(
        label="Na podstawie", max_length=500,
        help_text="Na przykład „faktura FV 12/2026”, „protokół komisji 3/2026”.",
    )  # fmt: skip

    def header(self, other_side: str = "") -> Header:
        """The head of the document as it was typed."""
        return Header(self.cleaned_data["happened_on"], self.cleaned_data["text"], other_side)


class HolderForm(DocumentForm):
    """Where things go and to whom."""

    place = PlaceField(label="Miejsce")
    keeper = PersonField(label="Osoba odpowiedzialna", required=False)
    user = PersonField(label="Użytkownik", required=False)


class TakeForm(HolderForm):
    """A new asset, or several equal ones, each with its number."""

    kind = forms.ChoiceField(label="Rodzaj", choices=list(kinds.KINDS.items()))
    name = forms.CharField(label="Nazwa", max_length=200)
    value = MoneyField(label="Wartość początkowa jednego, zł")
    kst_code = forms.ChoiceField(label="KŚT", required=False)
    origin = forms.ChoiceField(label="Pochodzenie", choices=list(kinds.ORIGINS.items()))
    count = forms.IntegerField(
        label="Ile takich samych", min_value=1, max_value=200, initial=1,
        help_text="Każdy dostanie własny numer.", widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    quantity = forms.IntegerField(
        label="Sztuk pod jednym numerem", min_value=1, max_value=100_000, initial=1,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    method = forms.ChoiceField(
        label="Metoda umorzenia", required=False,
        choices=[(one, kinds.METHODS[one]) for one in (kinds.LINEAR, kinds.DECLINING, kinds.BY_USE)],
    )  # fmt: skip
    factor = forms.TypedChoiceField(
        label="Współczynnik metody degresywnej",
        choices=FACTORS,
        coerce=int,
        empty_value="100",
        required=False,
    )
    start = forms.ChoiceField(
        label="Umorzenie zaczyna się", required=False, choices=list(kinds.STARTS.items())
    )
    capacity = forms.IntegerField(
        label="Ile jednostek pracy wykona", min_value=0, max_value=10**12, required=False,
        help_text="Tylko według użycia, na przykład 300000.", widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    unit = forms.CharField(
        label="Jednostka pracy", max_length=30, required=False, help_text="Na przykład „km” albo „godz.”."
    )
    ground = forms.CharField(
        label="Podstawa wyboru", max_length=300, required=False,
        help_text="Na przykład „polityka rachunkowości § 12; u.o.r. art. 32 ust. 3”.",
    )  # fmt: skip
    rare = ("method", "factor", "start", "capacity", "unit", "ground")
    rare_title = "Inna metoda umorzenia niż liniowa od miesiąca po przyjęciu"
    rare_text = (
        "Metodę wybiera się przy przyjęciu (u.o.r. art. 32 ust. 3), degresywną ogranicza u.p.d.o.p. "
        "art. 16k. Z pamięci, niesprawdzone z tekstem prawa."
    )
    field_order = [
        "kind", "name", "value", "kst_code", "origin", "happened_on", "text", "place", "keeper", "user",
        "count", "quantity", *rare,
    ]  # fmt: skip

    @property
    def opens_rare(self) -> bool:
        """What was typed there, or is wrong there, is seen at once."""
        typed = any(self.data.get(name) for name in ("capacity", "unit", "ground"))
        return typed or any(name in self.errors for name in self.rare)

    def choice(self) -> Choice:
        """How the thing is written off."""
        told = self.cleaned_data
        return Choice(
            told["method"] or kinds.LINEAR, told["start"] or kinds.NEXT_MONTH, int(told["factor"] or 100),
            told["capacity"] or 0, told["unit"], told["ground"],
        )  # fmt: skip

    def __init__(self, *args: Any, classes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kst_code"].choices = [("", "bez symbolu"), *classes]  # type: ignore[attr-defined]


class DescribeForm(ScreenForm):
    """What an asset is by itself."""

    maker = forms.CharField(label="Producent i model", max_length=200, required=False)
    serial_number = forms.CharField(label="Numer seryjny", max_length=100, required=False)
    supplier = forms.CharField(label="Dostawca", max_length=200, required=False)
    bought_by = forms.CharField(label="Dokument zakupu", max_length=100, required=False)
    funding = forms.CharField(label="Źródło finansowania", max_length=200, required=False)
    contract = forms.CharField(label="Umowa", max_length=100, required=False)
    warranty_until = DayField(label="Gwarancja do dnia", required=False)
    note = forms.CharField(label="Uwagi", max_length=500, required=False)


class OpeningForm(TakeForm):
    """What was in use before the register began."""

    taken_on = DayField(label="Przyjęto do używania")
    written_off = MoneyField(label="Dotychczasowe umorzenie, zł")
    field_order = [
        "kind", "name", "value", "written_off", "kst_code", "taken_on", "happened_on", "text", "place",
        "keeper", "user", "quantity", *TakeForm.rare,
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["origin"], self.fields["count"]
        self.fields["happened_on"].help_text = "Pierwszy dzień miesiąca, na przykład 01.01.2026."


class ValueForm(DocumentForm):
    """An improvement, or a lowered value."""

    direction = forms.ChoiceField(label="Zmiana", choices=[("1", "zwiększenie"), ("-1", "zmniejszenie")])
    by = MoneyField(label="O kwotę, zł")
    field_order = ["direction", "by", "happened_on", "text"]


class HandOverForm(DocumentForm):
    """To whom things are handed over."""

    other_side = forms.CharField(label="Komu przekazano", max_length=300)


class LiquidationForm(DocumentForm):
    """How things are liquidated."""

    way = forms.ChoiceField(label="Sposób", choices=list(kinds.WAYS_OUT.items()))


class PartForm(LiquidationForm):
    """Which part of an asset is liquidated."""

    value = MoneyField(label="Wartość części, zł", required=False)
    quantity = forms.IntegerField(
        label="Sztuk", min_value=0, required=False, widget=forms.TextInput(attrs=SHORT)
    )
    field_order = ["value", "quantity", "way", "happened_on", "text"]


class MonthForm(ScreenForm):
    """To the end of which month is written off."""

    month = forms.RegexField(
        label="Do końca miesiąca", regex=r"^\d{4}-(0[1-9]|1[0-2])$", widget=forms.TextInput(attrs=SHORT),
        help_text="Rok i miesiąc, na przykład 2026-12. Raz w roku podaj grudzień.",
        error_messages={"invalid": "Podaj rok i miesiąc, na przykład 2026-12."},
    )  # fmt: skip

    def clean_month(self) -> date:
        """The first day of the month."""
        year, month = self.cleaned_data["month"].split("-")
        return date(max(int(year), 1), int(month), 1)


class ClassesForm(ScreenForm):
    """A file with classes and rates."""

    file = ContentField(
        label="Plik CSV albo XLSX", megabytes=2, help_text="Kolumny: symbol, nazwa, stawka, od dnia. Do 2 MB."
    )


class ThresholdForm(ScreenForm):
    """A limit of low value from a day on."""

    valid_from = DayField(label="Od dnia")
    amount = MoneyField(label="Próg, zł")
    source = forms.CharField(label="Podstawa", max_length=300)
