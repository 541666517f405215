"""Forms of cables."""

from typing import Any

from django import forms

from starostwo.infrastructure.models import Cable
from starostwo.infrastructure.rules.kinds import CABLES, COLOURS, PORTS
from starostwo.infrastructure.services.cabling import MOST_AT_ONCE, NewCable
from starostwo.infrastructure.web.device_forms import SHORT, whole
from starostwo.screens.api import LookupInput, ScreenForm

STATUSES = [pair for pair in Cable.Status.choices if pair[0] != Cable.Status.REMOVED]
HINTS = "/urzad/siec/podpowiedzi/porty/"


class CableForm(ScreenForm):
    """What a cable is by itself."""

    kind = forms.ChoiceField(label="Rodzaj", choices=list(CABLES.items()), initial="UTP6")
    status = forms.ChoiceField(label="Stan", choices=STATUSES, initial=Cable.Status.CONNECTED)
    label = forms.CharField(label="Oznaczenie", max_length=60, required=False)
    colour = forms.ChoiceField(label="Kolor", choices=list(COLOURS.items()), required=False)
    length = forms.DecimalField(
        label="Długość, m", min_value=0, max_value=100_000, decimal_places=2, required=False, localize=True,
        widget=forms.TextInput(attrs=SHORT),
    )  # fmt: skip
    note = forms.CharField(label="Uwagi", max_length=500, required=False)

    def clean_length(self) -> int | None:
        """In centimetres."""
        told = self.cleaned_data["length"]
        return None if told is None else int(told * 100)

    def cable(self) -> NewCable:
        """The cable as it is told."""
        return NewCable(**{name: self.cleaned_data[name] for name in CableForm.base_fields})


class ConnectForm(CableForm):
    """A new cable between ports."""

    near = forms.CharField(
        label="Jeden koniec", max_length=140, widget=LookupInput(url=HINTS),
        help_text="Urządzenie:port, na przykład SW-1:ge3. Port tylny: PP-1:7 tył.",
    )  # fmt: skip
    far = forms.CharField(
        label="Drugi koniec", max_length=1000, widget=LookupInput(url=HINTS),
        help_text="Kabel rozgałęziony: kilka portów po średniku.",
    )  # fmt: skip
    field_order = ["near", "far", "kind", "status", "label", "colour", "length", "note"]

    def far_ends(self) -> list[str]:
        """The texts of the far ends."""
        return [one.strip() for one in self.cleaned_data["far"].split(";") if one.strip()]


class BundleForm(CableForm):
    """Many cables at once, port by port."""

    near = forms.CharField(label="Pierwsze urządzenie (nazwa)", max_length=60)
    near_kind = forms.ChoiceField(label="Porty pierwszego", choices=list(PORTS.items()), initial="REAR")
    near_first = whole("Od którego portu pierwszego", initial=1, required=True, min_value=1)
    far = forms.CharField(label="Drugie urządzenie (nazwa)", max_length=60)
    far_kind = forms.ChoiceField(label="Porty drugiego", choices=list(PORTS.items()), initial="REAR")
    far_first = whole("Od którego portu drugiego", initial=1, required=True, min_value=1)
    count = whole("Ile kabli", initial=24, required=True, min_value=1, most=MOST_AT_ONCE)
    field_order = [
        "near", "near_kind", "near_first", "far", "far_kind", "far_first", "count", "kind", "status", "label",
        "colour", "length", "note",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["label"].label = "Początek oznaczeń"
        self.fields["label"].help_text = "K-105- da K-105-01, K-105-02 i tak dalej."
