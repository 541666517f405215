"""Forms of types, devices, racks and ports."""

from collections.abc import Callable
from typing import Any

from django import forms

from starostwo.assets import api as assets
from starostwo.infrastructure.models import Device
from starostwo.infrastructure.rules.kinds import CATEGORIES, PORTS
from starostwo.infrastructure.rules.ports import (
    NewPort,
    WrongPorts,
    names,
    of_interfaces,
    of_panel,
    of_power,
    vlan_numbers,
)
from starostwo.infrastructure.services.hardware import Spot
from starostwo.screens.api import ScreenForm

Choices = list[tuple[Any, str]]
SHORT = {"class": "govuk-input--width-5"}
STATES = [pair for pair in Device.State.choices if pair[0] != Device.State.WITHDRAWN]


def whole(label: str, *, most: int = 100_000, **said: Any) -> forms.IntegerField:
    """A short field for a whole number."""
    told = {"min_value": 0, "max_value": most, "required": False, "initial": 0} | said
    return forms.IntegerField(label=label, widget=forms.TextInput(attrs=SHORT), **told)


class TypeForm(ScreenForm):
    """A type and its ports in short."""

    category = forms.ChoiceField(label="Rodzaj", choices=list(CATEGORIES.items()))
    maker = forms.CharField(label="Producent", max_length=100)
    model = forms.CharField(label="Model", max_length=100)
    units = whole("Wysokość w U (0: nie do szafy)", most=60)
    is_deep = forms.BooleanField(label="Zajmuje przód i tył szafy", required=False)
    draw = whole("Pobór mocy, W")
    capacity = whole("Moc oddawana, W", help_text="UPS i listwa: ile mogą zasilić.")
    interfaces = forms.CharField(
        label="Interfejsy", max_length=300, required=False, help_text="W skrócie: ge1-24, sfp1-4."
    )
    speed = whole("Prędkość interfejsów, Mbit/s", most=400_000, initial=1000)
    fronts = forms.CharField(
        label="Porty przednie panelu albo gniazda",
        max_length=300,
        required=False,
        help_text="Na przykład 1-24.",
    )
    per_trunk = whole("Ile przednich na jeden tylny", most=48, initial=1)
    inlets = forms.CharField(
        label="Wejścia zasilania", max_length=100, required=False, help_text="Na przykład PSU1-2."
    )
    outlets = forms.CharField(
        label="Wyjścia zasilania", max_length=300, required=False, help_text="Na przykład C13-1-8."
    )

    def clean(self) -> dict[str, Any]:
        """Read the ports."""
        told = super().clean() or {}
        speed, per_trunk = told.get("speed") or 0, told.get("per_trunk") or 1
        readers: dict[str, Callable[[str], list[NewPort]]] = {
            "interfaces": lambda text: of_interfaces(text, speed),
            "fronts": lambda text: of_panel(text, per_trunk=per_trunk),
            "inlets": lambda text: of_power(inlets=text),
            "outlets": lambda text: of_power(outlets=text),
        }
        ports: list[NewPort] = []
        for name, read in readers.items():
            try:
                ports += read(told.get(name) or "")
            except WrongPorts as error:
                self.add_error(name, str(error))
        return told | {"ports": ports}


class SpotForm(ScreenForm):
    """A place, or units of a rack."""

    place = forms.TypedChoiceField(label="Miejsce", coerce=int, empty_value=None, required=False)
    rack = forms.TypedChoiceField(
        label="albo szafa", coerce=int, empty_value=None, required=False,
        help_text="W szafie miejscem jest sama szafa.",
    )  # fmt: skip
    unit = whole("Najniższe U w szafie", most=60, initial=None)
    face = forms.ChoiceField(
        label="Strona szafy",
        required=False,
        choices=[("FRONT", "przód"), ("REAR", "tył"), ("BOTH", "przód i tył")],
    )

    def __init__(self, *args: Any, places: Choices, racks: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "wybierz"), *places]  # type: ignore[attr-defined]
        self.fields["rack"].choices = [("", "poza szafą"), *racks]  # type: ignore[attr-defined]

    def spot(self) -> Spot:
        """Where it stands."""
        told = self.cleaned_data
        if told["rack"] is None:
            return Spot(told["place"])
        return Spot(rack=told["rack"], unit=told["unit"], face=told["face"] or "FRONT")


class DescribeForm(ScreenForm):
    """What a device is called and what it is for."""

    name = forms.CharField(label="Nazwa", max_length=60)
    role = forms.CharField(label="Do czego służy", max_length=100, required=False)
    state = forms.ChoiceField(label="Stan", choices=STATES, initial=Device.State.IN_USE)
    serial_number = forms.CharField(label="Numer seryjny", max_length=100, required=False)
    asset = forms.CharField(
        label="Numer inwentarzowy", max_length=20, required=False, help_text="Na przykład ST/2026/0007."
    )
    draw = whole("Zmierzony pobór mocy, W", initial=None, help_text="Puste: według typu.")
    note = forms.CharField(label="Uwagi", max_length=500, required=False)

    def clean_name(self) -> str:
        """A name may hold no colon: that stands between device and port."""
        name: str = self.cleaned_data["name"].strip()
        if ":" in name:
            raise forms.ValidationError("Nazwa nie może zawierać dwukropka.")
        return name

    def clean_asset(self) -> int | None:
        """The asset with this number."""
        number = self.cleaned_data["asset"]
        found = assets.typed(number)
        if number and found is None:
            raise forms.ValidationError("Nie ma takiego składnika majątku w używaniu.")
        return found.id if found else None

    def described(self) -> dict[str, Any]:
        """The fields as the device has them."""
        told = {
            name: self.cleaned_data[name]
            for name in ("name", "role", "state", "serial_number", "draw", "note")
        }
        return told | {"asset_id": self.cleaned_data["asset"]}


class DeviceForm(DescribeForm, SpotForm):
    """A new device."""

    device_type = forms.TypedChoiceField(label="Typ", coerce=int)
    field_order = [
        "device_type", "name", "role", "state", "place", "rack", "unit", "face", "serial_number", "asset",
        "draw", "note",
    ]  # fmt: skip

    def __init__(self, *args: Any, types: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["device_type"].choices = [("", "wybierz"), *types]  # type: ignore[attr-defined]


class RackForm(ScreenForm):
    """A rack in its place."""

    place = forms.TypedChoiceField(
        label="Miejsce na szafę", coerce=int, help_text="Miejsca dopisuje administrator systemu."
    )
    units = whole("Wysokość w U", most=60, initial=42, required=True, min_value=1)
    width = whole("Szerokość, mm", most=2000, initial=600, required=True)
    depth = whole("Głębokość, mm", most=2000, initial=1000, required=True)

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", "wybierz"), *places]  # type: ignore[attr-defined]


class PortsForm(ScreenForm):
    """Ports beyond the type."""

    kind = forms.ChoiceField(
        label="Rodzaj", choices=[pair for pair in PORTS.items() if pair[0] not in ("FRONT", "REAR")]
    )
    names = forms.CharField(label="Nazwy", max_length=300, help_text="W skrócie: ge1-24, sfp1-4.")
    speed = whole("Prędkość, Mbit/s", most=400_000)

    def ports(self) -> list[NewPort]:
        """The ports that are meant."""
        told = self.cleaned_data
        return [NewPort(told["kind"], name, told["speed"] or 0) for name in told["names"]]

    def clean_names(self) -> list[str]:
        """The list as names."""
        try:
            return names(self.cleaned_data["names"])
        except WrongPorts as error:
            raise forms.ValidationError(str(error)) from error


class PortForm(ScreenForm):
    """What a port is."""

    mac = forms.CharField(label="Adres MAC", max_length=20, required=False)
    speed = whole("Prędkość, Mbit/s", most=400_000)
    vlan_id = forms.TypedChoiceField(label="VLAN bez znacznika", coerce=int, empty_value=None, required=False)
    tagged = forms.CharField(
        label="VLAN-y ze znacznikiem", max_length=300, required=False, help_text="Numery: 10, 20, 30-32."
    )
    note = forms.CharField(label="Opis", max_length=200, required=False)

    def clean_tagged(self) -> list[int]:
        """The numbers that are meant."""
        try:
            return vlan_numbers(self.cleaned_data["tagged"])
        except WrongPorts as error:
            raise forms.ValidationError(str(error)) from error

    def __init__(self, *args: Any, vlans: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vlan_id"].choices = [("", "żaden"), *vlans]  # type: ignore[attr-defined]

    def clean_speed(self) -> int:
        """Empty is not known."""
        return self.cleaned_data["speed"] or 0
