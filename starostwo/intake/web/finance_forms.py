"""Forms of the finance unit and of who counts a fee in a case."""

from typing import Any

from django import forms

from starostwo.intake.models import BankAccount, Payment
from starostwo.screens.api import DayField, MoneyField, ScreenForm

SOMEBODY_ELSE = "ktoś inny (wpisz niżej)"


class PaymentForm(ScreenForm):
    """A transfer as it stands on the statement, or a payment at the cash desk."""

    prefix = "wplata"

    amount = MoneyField(label="Kwota")
    received_on = DayField(label="Dzień wpływu")
    bank_reference = forms.CharField(
        label="Numer operacji", max_length=80, help_text="Z wyciągu albo z potwierdzenia kasy; liczy się raz."
    )
    way = forms.ChoiceField(
        label="Jak", choices=[(way.value, way.label) for way in (Payment.Way.TRANSFER, Payment.Way.DESK)]
    )


class WaiverForm(ScreenForm):
    """Why nothing has to be paid."""

    prefix = "zwolnienie"

    reason = forms.CharField(
        label="Powód zwolnienia",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Z podstawą, na przykład „pełnomocnictwo dla brata”. Płacący to przeczyta.",
    )


class GivingBackForm(ScreenForm):
    """A surplus that went back."""

    prefix = "zwrot"

    amount = MoneyField(label="Zwrócono")
    given_on = DayField(label="Dzień zwrotu")
    reference = forms.CharField(label="Numer operacji zwrotu", max_length=80)
    reason = forms.CharField(label="Powód zwrotu", max_length=500)


class DoubtForm(ScreenForm):
    """What came out about a report that did not fit."""

    prefix = "wyjasnienie"

    reason = forms.CharField(
        label="Co wyjaśniono",
        max_length=500,
        help_text="Jeżeli pieniądze przyszły, zapisz je osobno jako wpłatę.",
    )


class AccountForm(ScreenForm):
    """An account from a day on."""

    mark_optional = False

    kind = forms.ChoiceField(label="Na co", choices=BankAccount.Kind.choices)
    recipient = forms.CharField(
        label="Odbiorca",
        max_length=100,
        help_text="W kodzie QR mieści się 20 znaków, reszta zostanie ucięta.",
    )
    address = forms.CharField(label="Adres odbiorcy", max_length=150)
    number = forms.CharField(label="Numer rachunku", max_length=40, help_text="26 cyfr, mogą być odstępy.")
    takes_gateway = forms.BooleanField(
        label="Można płacić przez operatora płatności", required=False, initial=True
    )
    valid_from = DayField(label="Od dnia")


class ChargeForm(ScreenForm):
    """A fee that a clerk counts in a case."""

    mark_optional = False

    label = forms.CharField(label="Za co", max_length=120)
    amount = MoneyField(label="Kwota")
    source = forms.CharField(label="Podstawa", max_length=300)
    kind = forms.ChoiceField(label="Na rachunek", choices=BankAccount.Kind.choices)
    payer = forms.ChoiceField(label="Kto płaci", required=False)
    payer_name = forms.CharField(
        label="Nazwa płacącego, gdy nie ma go na liście", max_length=300, required=False
    )

    def __init__(self, payers: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].choices = [*payers, ("", SOMEBODY_ELSE)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("payer") and not cleaned.get("payer_name", "").strip():
            self.add_error("payer_name", "Wybierz płacącego z listy albo wpisz jego nazwę.")
        return cleaned
