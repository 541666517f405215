"""The form of an exchange."""

from typing import Any

from django import forms

from starostwo.screens.api import ScreenForm
from starostwo.telephony.models import Node
from starostwo.telephony.web.forms import NUMBER, SHORT, Choices


class NodeForm(ScreenForm):
    """An exchange of a building."""

    mark_optional = False

    code = forms.RegexField(
        r"^[A-Za-z0-9]{1,10}$", label="Kod", max_length=10,
        help_text="Krótki, na przykład A. Tym kodem uruchamia się centralę.",
        error_messages={"invalid": "Kod to od 1 do 10 liter bez polskich znaków i cyfr."},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )  # fmt: skip
    name = forms.CharField(label="Nazwa", max_length=100)
    seat = forms.TypedChoiceField(label="Siedziba", coerce=int)
    host = forms.GenericIPAddressField(
        label="Adres IP centrali", protocol="IPv4",
        help_text="Adres komputera w tym budynku, na którym działa centrala; tu logują się telefony.",
        error_messages={"invalid": "Wpisz adres IPv4, na przykład 10.1.0.5."},
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    port = forms.IntegerField(
        label="Port SIP", min_value=1, max_value=65535, initial=5060, widget=forms.TextInput(attrs=SHORT)
    )
    websocket = forms.RegexField(
        r"^([0-9]{1,3}\.){3}[0-9]{1,3}:[0-9]{1,5}$", label="Adres i port dla przeglądarek", required=False,
        help_text="Na przykład 127.0.0.1:5066; puste, gdy w tym budynku nie dzwoni się z przeglądarki.",
        error_messages={"invalid": "Wpisz adres IPv4 z portem, na przykład 127.0.0.1:5066."},
        widget=forms.TextInput(attrs=NUMBER),
    )  # fmt: skip
    mode = forms.ChoiceField(label="Tryb", choices=Node.Mode.choices, initial=Node.Mode.BY_HOURS)

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """Capitals."""
        return str(self.cleaned_data["code"]).upper()
