"""Forms of bank accounts and transfers."""

from typing import Any

from django import forms

from starostwo.screens.api import DayField, MoneyField, ScreenForm
from starostwo.treasury.models import BankAccount

SHORT = {"class": "govuk-input--width-10"}


class BankAccountForm(ScreenForm):
    """A bank account of a book."""

    mark_optional = False

    book_id = forms.TypedChoiceField(label="Księga", coerce=int)
    name = forms.CharField(label="Nazwa", max_length=100, help_text="Na przykład „Wydatki starostwa”.")
    number = forms.CharField(label="Numer rachunku", max_length=40, help_text="26 cyfr, mogą być odstępy.")
    owner_name = forms.CharField(label="Posiadacz", max_length=100)
    owner_address = forms.CharField(label="Adres posiadacza", max_length=100)
    account_out = forms.CharField(label="Konto ksiąg dla wypłat", initial="130-2", max_length=30)
    account_in = forms.CharField(label="Konto ksiąg dla wpływów", initial="130-1", max_length=30)
    file_format = forms.ChoiceField(label="Plik przelewów", choices=BankAccount.Format.choices)
    encoding = forms.ChoiceField(
        label="Kodowanie wyciągów", choices=BankAccount.Encoding.choices, required=False
    )
    approvals = forms.ChoiceField(label="Kto zatwierdza przelewy", choices=BankAccount.Approvals.choices)

    def __init__(self, books: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book_id"].choices = books  # type: ignore[attr-defined]


class ProposalForm(ScreenForm):
    """Which day the chosen debts are paid."""

    pay_on = DayField(label="Dzień zapłaty")


class OrderForm(ScreenForm):
    """A transfer before its first approval."""

    mark_optional = False

    payee_name = forms.CharField(label="Odbiorca", max_length=140)
    payee_account = forms.CharField(label="Rachunek odbiorcy", max_length=40)
    amount = MoneyField(label="Kwota")
    pay_on = DayField(label="Dzień zapłaty")
    position = forms.CharField(
        label="Klasyfikacja wydatku", max_length=20, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="Na przykład 750.75020.4300.",
    )  # fmt: skip
    title = forms.CharField(label="Tytuł", max_length=140)
    is_split = forms.BooleanField(label="Podzielona płatność (MPP)", required=False)
    vat = MoneyField(label="VAT z faktury", required=False)
    invoice = forms.CharField(
        label="Numer faktury", max_length=60, required=False,
        help_text="Dla podzielonej płatności; tytuł złoży się z VAT, NIP, numeru i Twoich słów.",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_split") and cleaned.get("vat") is None:
            self.add_error("vat", "Podaj kwotę VAT z faktury.")
        return cleaned


class ReasonForm(ScreenForm):
    """Why a transfer is taken back or was refused."""

    prefix = "wycofanie"

    reason = forms.CharField(label="Powód", max_length=300)


class ApprovalForm(ScreenForm):
    """Why to pay although the account was not found on the white list."""

    prefix = "zgoda"
    mark_optional = False

    despite = forms.CharField(
        label="Powód zapłaty mimo braku rachunku w wykazie", max_length=300, required=False,
        help_text="Tylko gdy wykaz nie odpowiada albo rachunku w nim nie ma. Zostanie w historii.",
    )  # fmt: skip


class VirtualAccountForm(ScreenForm):
    """A number of the bank for one counterparty."""

    mark_optional = False

    number = forms.CharField(label="Numer rachunku wirtualnego", max_length=40)
    name = forms.CharField(label="Kontrahent", max_length=300)
    nip = forms.RegexField(
        r"^\d{10}$", label="NIP", required=False, error_messages={"invalid": "NIP ma 10 cyfr."}
    )
    pesel = forms.RegexField(
        r"^\d{11}$", label="PESEL", required=False, error_messages={"invalid": "PESEL ma 11 cyfr."}
    )
