"""Forms of those who apply together: a person to be named, the reason of a refusal."""

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.pl import pesel as pesel_number

from starostwo.screens.api import ScreenForm


class PersonForm(ScreenForm):
    """One person who applies together with the resident."""

    given_name = forms.CharField(label=_("Imię"), max_length=80)
    family_name = forms.CharField(label=_("Nazwisko"), max_length=120)
    email = forms.EmailField(
        label=_("Adres e-mail"),
        max_length=254,
        help_text=_("Wyślemy na niego odnośnik do podpisu, bez treści wniosku."),
        error_messages={"invalid": _("Wpisz adres e-mail, na przykład jan@example.pl.")},
    )
    pesel = forms.CharField(
        label=_("PESEL"),
        max_length=11,
        required=False,
        help_text=_("Gdy go podasz, podpisać może tylko ta osoba. Bez niego potwierdzisz, kto podpisał."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "inputmode": "numeric"}),
    )

    def clean_pesel(self) -> str:
        """Check digits."""
        number: str = self.cleaned_data["pesel"].strip()
        if number and not pesel_number.is_valid(number):
            raise forms.ValidationError(_("To nie jest poprawny numer PESEL. Sprawdź cyfry."))
        return number


class RefusalForm(ScreenForm):
    """Why somebody does not sign."""

    reason = forms.CharField(
        label=_("Dlaczego nie podpisujesz?"),
        help_text=_("Przeczyta to osoba, która Cię zaprosiła."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": _("Napisz, dlaczego nie podpisujesz.")},
    )
