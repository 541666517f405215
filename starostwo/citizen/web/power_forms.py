"""The form of a power of attorney: for whom, by what right, for what, and why free of duty."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.pl import nip as nip_number
from stdnum.pl import pesel as pesel_number

from starostwo.citizen.models import Power
from starostwo.procedures.api import applicants
from starostwo.screens.api import ScreenForm

SPACES = str.maketrans("", "", " -")
KRS_DIGITS = 10
FEE_FREE = _("nie, opłata się należy")


class PowerForm(ScreenForm):
    """For a person or for an organisation, as the answers of the application say."""

    mark_optional = False

    given_name = forms.CharField(label=_("Imię"), max_length=80)
    family_name = forms.CharField(label=_("Nazwisko"), max_length=120)
    organisation = forms.CharField(label=_("Pełna nazwa firmy albo organizacji"), max_length=250)
    number = forms.CharField(label=_("PESEL, jeśli go znasz"), max_length=16, required=False)
    street = forms.CharField(label=_("Ulica, numer domu i mieszkania"), max_length=100)
    postcode = forms.RegexField(
        label=_("Kod pocztowy"),
        regex=r"^\d{2}-\d{3}$",
        help_text=_("Na przykład 95-100"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
        error_messages={"invalid": _("Wpisz kod pocztowy, na przykład 95-100.")},
    )
    town = forms.CharField(label=_("Miejscowość"), max_length=100)
    basis = forms.ChoiceField(label=_("Na jakiej podstawie działasz?"), widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("Do czego upoważnia Cię ten dokument?"),
        choices=Power.Scope.choices,
        initial=Power.Scope.CASE,
        widget=forms.RadioSelect,
    )
    exemption = forms.ChoiceField(
        label=_("Czy jest powód, dla którego nie należy się opłata skarbowa?"),
        required=False,
        widget=forms.RadioSelect,
    )
    document = forms.FileField(
        label=_("Dokument pełnomocnictwa"),
        help_text=_(
            "Podpisany elektronicznie przez mocodawcę albo skan. Możesz pominąć, gdy mocodawca jest Twoją "
            "najbliższą rodziną."
        ),
        required=False,
    )

    def __init__(self, *args: Any, acts: applicants.ActsFor, has_document: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acts, self.has_document = acts, has_document
        is_organisation = acts is applicants.ActsFor.ORGANISATION
        for name in ("given_name", "family_name") if is_organisation else ("organisation",):
            del self.fields[name]
        if is_organisation:
            self.fields["number"].label = _("NIP albo KRS, jeśli go znasz")
        self.fields["basis"].choices = [  # type: ignore[attr-defined]
            (each.value, applicants.BASES[each]) for each in applicants.bases_for(acts)
        ]
        self.fields["exemption"].choices = [  # type: ignore[attr-defined]
            ("", FEE_FREE),
            *((each.value, applicants.GROUNDS[each].text) for each in applicants.exemptions_for(acts)),
        ]

    def clean_number(self) -> str:
        """Check digits where a number is given."""
        number: str = self.cleaned_data["number"].translate(SPACES)
        if not number:
            return ""
        if self.acts is applicants.ActsFor.PERSON and not pesel_number.is_valid(number):
            raise forms.ValidationError(_("To nie jest poprawny numer PESEL. Sprawdź cyfry."))
        is_krs = len(number) == KRS_DIGITS and number.isdecimal() and number.startswith("0")
        if self.acts is applicants.ActsFor.ORGANISATION and not (is_krs or nip_number.is_valid(number)):
            raise forms.ValidationError(_("Wpisz 10 cyfr NIP albo KRS."))
        return number

    def clean(self) -> dict[str, Any]:
        """The document is there unless the law lets it lack."""
        data = super().clean() or {}
        basis = data.get("basis")
        if basis and not data.get("document") and not self.has_document:
            exemption = applicants.Exemption(data.get("exemption") or "")
            if applicants.needs_document(applicants.Basis(basis), exemption):
                self.add_error("document", _("Dołącz dokument, z którego wynika, że możesz działać."))
        return data

    def lines(self) -> Mapping[str, str]:
        """What the service keeps."""
        return {name: str(value or "") for name, value in self.cleaned_data.items() if name != "document"}
