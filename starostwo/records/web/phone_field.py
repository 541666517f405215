"""A field for an outside telephone number: typed as people write it, kept whole."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from starostwo.platform.telephone import e164, shown

LONGEST = 30
NOT_A_NUMBER = "Wpisz numer telefonu z kierunkowym, na przykład 601 234 567 albo 42 288 81 00."


class PhoneField(forms.CharField):
    """Cleans to the form of E.164, or to nothing."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "tel"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A kept number is shown as it is read."""
        return shown(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        """The number as it is kept."""
        typed: str = super().clean(value)
        number = e164(typed) if typed else ""
        if number is None:
            raise ValidationError(NOT_A_NUMBER)
        return number
