"""Forms of desk phones."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from starostwo.assets import api as assets
from starostwo.office.api import places
from starostwo.screens.api import ContentField, ScreenForm
from starostwo.telephony.rules.devices import MODELS, VENDORS, NotAMac, plain_mac
from starostwo.telephony.services.devices import Said

NARROW = {"class": "govuk-input--width-20"}
MODEL_CHOICES: list[Any] = [("", "wybierz")]
MODEL_CHOICES += [
    (name, [(f"{vendor}/{model}", f"{name} {model}") for model in MODELS[vendor]])
    for vendor, name in VENDORS.items()
]


class DeviceForm(ScreenForm):
    """What is said of a phone."""

    kind = forms.ChoiceField(
        label="Producent i model", choices=MODEL_CHOICES,
        help_text="Ustawienia zależą od producenta; model służy ewidencji.",
    )  # fmt: skip
    number = forms.ChoiceField(label="Numer wewnętrzny", required=False)
    place = forms.CharField(
        label="Miejsce", required=False, max_length=100,
        help_text="Kod z wykazu pomieszczeń, na przykład SADOWA/1/105.",
        widget=forms.TextInput(attrs=NARROW),
    )  # fmt: skip
    asset = forms.CharField(
        label="Numer inwentarzowy", required=False, max_length=40, widget=forms.TextInput(attrs=NARROW)
    )
    note = forms.CharField(label="Uwagi", required=False, max_length=200)
    field_order = ["mac", "kind", "number", "place", "asset", "note"]

    def __init__(self, *args: Any, numbers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = [("", "bez numeru, w zapasie"), *numbers]  # type: ignore[attr-defined]

    def clean_place(self) -> int | None:
        """The open place with this code."""
        path = self.cleaned_data["place"].strip().upper()
        if not path:
            return None
        found = places.by_paths([path]).get(path)
        if found is None:
            raise ValidationError("Nie ma takiego miejsca. Podaj kod z wykazu pomieszczeń.")
        return found.pk

    def clean_asset(self) -> int | None:
        """The asset in use with this number."""
        number = self.cleaned_data["asset"]
        found = assets.typed(number)
        if number and found is None:
            raise ValidationError("Nie ma takiego składnika majątku w używaniu.")
        return found.id if found else None

    @property
    def said(self) -> Said:
        """What was said, as the service takes it."""
        data = self.cleaned_data
        vendor, _, model = data["kind"].partition("/")
        return Said(vendor, model, data["number"] or None, data["place"], data["asset"], data["note"])


class NewDeviceForm(DeviceForm):
    """A new phone has its MAC typed."""

    mac = forms.CharField(
        label="Adres MAC", max_length=30, widget=forms.TextInput(attrs=NARROW),
        help_text="Z naklejki pod telefonem, na przykład 00:15:65:AB:CD:EF albo 001565abcdef.",
    )  # fmt: skip

    def clean_mac(self) -> str:
        """The address as it is kept."""
        try:
            return plain_mac(self.cleaned_data["mac"])
        except NotAMac as error:
            raise ValidationError(
                "Adres MAC ma 12 cyfr szesnastkowych, na przykład 00:15:65:AB:CD:EF."
            ) from error


class ListForm(ScreenForm):
    """A file with many phones."""

    file = ContentField(label="Plik CSV albo XLSX", megabytes=2)
