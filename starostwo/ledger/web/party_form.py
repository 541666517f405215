"""The form of a counterparty."""

from django import forms
from stdnum import iban
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.pl import nip, pesel, regon

from starostwo.ledger.rules.debts import SECTORS
from starostwo.screens.api import ScreenForm


class PartyForm(ScreenForm):
    """Who the county owes or who owes it; check digits are checked."""

    name = forms.CharField(label="Nazwa albo imię i nazwisko", max_length=300)
    nip = forms.CharField(label="NIP", required=False, max_length=13)
    pesel = forms.CharField(label="PESEL", required=False, max_length=11)
    regon = forms.CharField(label="REGON", required=False, max_length=14)
    street = forms.CharField(label="Ulica i numer", required=False, max_length=200)
    postcode = forms.CharField(label="Kod pocztowy", required=False, max_length=10)
    town = forms.CharField(label="Miejscowość", required=False, max_length=100)
    account_number = forms.CharField(label="Rachunek bankowy", required=False, max_length=34)
    sector = forms.ChoiceField(
        label="Grupa w Rb-N i Rb-Z", required=False, choices=[("", "nie podano"), *SECTORS],
        help_text="Osoba z numerem PESEL bez podanej grupy liczy się jako gospodarstwo domowe.",
    )  # fmt: skip

    def clean_nip(self) -> str:
        return self._checked("nip", nip.validate, "NIP ma 10 cyfr. Sprawdź, czy nie ma w nim pomyłki.")

    def clean_pesel(self) -> str:
        return self._checked("pesel", pesel.validate, "PESEL ma 11 cyfr. Sprawdź, czy nie ma w nim pomyłki.")

    def clean_regon(self) -> str:
        return self._checked(
            "regon", regon.validate, "REGON ma 9 albo 14 cyfr. Sprawdź, czy nie ma w nim pomyłki."
        )

    def clean_account_number(self) -> str:
        given = "".join(self.cleaned_data["account_number"].split()).upper()
        if not given:
            return ""
        try:
            checked = iban.validate(given if given[:2].isalpha() else f"PL{given}")
        except WrongNumber as error:
            raise forms.ValidationError(
                "Numer rachunku ma 26 cyfr. Sprawdź, czy nie ma w nim pomyłki."
            ) from error
        return str(checked).removeprefix("PL")

    def _checked(self, name: str, check: object, message: str) -> str:
        given = self.cleaned_data[name].strip()
        if not given:
            return ""
        try:
            return str(check(given))  # type: ignore[operator]
        except WrongNumber as error:
            raise forms.ValidationError(message) from error
