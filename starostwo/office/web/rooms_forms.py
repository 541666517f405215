"""Forms of the tree of places."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from starostwo.office.models import Place
from starostwo.office.services.rooms import NewPlace
from starostwo.screens.api import ScreenForm

CODE_HINT = "Litery A–Z, cyfry, kropki i łączniki, na przykład SADOWA albo 105. Kod stoi na etykietach."
INSIDE = {
    Place.Level.BUILDING: "Nowe piętra",
    Place.Level.FLOOR: "Nowe pomieszczenia",
    Place.Level.ROOM: "Nowe szafy",
}


class PlaceForm(ScreenForm):
    """The code and the name of a place."""

    code = forms.CharField(label="Kod", max_length=20, help_text=CODE_HINT)
    name = forms.CharField(label="Nazwa", max_length=100)


class BuildingForm(PlaceForm):
    """A building of a seat."""

    seat_id = forms.TypedChoiceField(label="Siedziba", coerce=int)
    field_order = ["seat_id", "code", "name"]

    def __init__(self, *args: Any, seats: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat_id"].choices = seats  # type: ignore[attr-defined]


class PlacesForm(ScreenForm):
    """Several places at once, a line each."""

    lines = forms.CharField(
        label="Nowe miejsca",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=20_000,
        help_text="Każde w osobnym wierszu: kod, odstęp, nazwa. Na przykład „105 pokój 105, kancelaria”.",
    )

    def __init__(self, *args: Any, level: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].label = INSIDE.get(Place.Level(level), "Nowe miejsca")

    def clean_lines(self) -> list[NewPlace]:
        """Each line read; one that has no name says so."""
        found = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            code, _, name = line.strip().partition(" ")
            if not code:
                continue
            if not name.strip() or len(name) > 100 or len(code) > 20:
                raise ValidationError(f"Wiersz {number}: proszę podać kod, odstęp i nazwę.")
            found.append(NewPlace(code, name))
        return found
