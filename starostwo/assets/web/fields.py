"""Fields that are typed with hints: a place by its code, a person by name, an asset by its number."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from starostwo.assets.models import Asset
from starostwo.office import api as office
from starostwo.office.api import PersonRef, places
from starostwo.screens.api import LookupInput

BETWEEN = " · "
HINTS = "/urzad/majatek/podpowiedzi/"


def hundredths(number: int) -> str:
    """Hundredths as they are read: 1250 is 12,5."""
    return f"{number / 100:g}".replace(".", ",")


def label_of_place(place: Any) -> str:
    """The code and the name of a place."""
    return f"{place.path}{BETWEEN}{place.name}"


def label_of_person(person: PersonRef) -> str:
    """The name and the unit of a person."""
    return f"{person.name}, {person.unit}" if person.unit else person.name


class PlaceField(forms.CharField):
    """A place: its code, or the label that was offered; cleans to its key."""

    def __init__(self, **said: Any) -> None:
        said.setdefault("help_text", "Kod albo nazwa, na przykład SADOWA/1/105.")
        super().__init__(max_length=300, widget=LookupInput(url=f"{HINTS}miejsca/"), **said)

    def prepare_value(self, value: Any) -> Any:
        """The label of a key."""
        found = places.one(value) if isinstance(value, int) else None
        return label_of_place(found) if found else value

    def clean(self, value: Any) -> int | None:
        """The key of an open place."""
        typed = super().clean(value)
        if not typed:
            return None
        code = typed.partition(BETWEEN)[0].strip().upper()
        found = places.by_paths([code]).get(code) or _only(list(places.found(typed)[:2]))
        if found is None:
            raise forms.ValidationError(
                "Nie ma takiego otwartego miejsca. Wybierz je z podpowiedzi albo wpisz jego kod."
            )
        return int(found.pk)


class PersonField(forms.CharField):
    """A person of the staff: the label that was offered, or a name that only one has; cleans to the key."""

    def __init__(self, **said: Any) -> None:
        super().__init__(max_length=200, widget=LookupInput(url=f"{HINTS}osoby/"), **said)

    def prepare_value(self, value: Any) -> Any:
        """The label of a key."""
        found = office.person(value, on=localdate()) if isinstance(value, int) else None
        return label_of_person(found) if found else value

    def clean(self, value: Any) -> int | None:
        """The key of the account."""
        typed = super().clean(value)
        if not typed:
            return None
        found = office.colleagues.find_people(typed.partition(",")[0], on=localdate())
        exact = [one for one in found if label_of_person(one).casefold() == typed.casefold()]
        person = _only(exact or found)
        if person is None:
            raise forms.ValidationError("Nie ma jednej takiej osoby. Wybierz ją z podpowiedzi.")
        return int(person.id)


class AssetField(forms.CharField):
    """An asset in use by its inventory number; cleans to its key."""

    def __init__(self, **said: Any) -> None:
        super().__init__(max_length=20, widget=LookupInput(url=f"{HINTS}skladniki/"), **said)

    def clean(self, value: Any) -> int | None:
        """The key of the asset."""
        typed = super().clean(value).upper()
        if not typed:
            return None
        found = Asset.objects.filter(number=typed, state=Asset.State.IN_USE).first()
        if found is None:
            raise forms.ValidationError("Nie ma w używaniu składnika o tym numerze.")
        return found.pk


def _only(found: list[Any]) -> Any:
    return found[0] if len(found) == 1 else None
