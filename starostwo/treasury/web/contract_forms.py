"""Forms of contracts that bring claims."""

from django import forms

from starostwo.screens.api import DayField, MoneyField, ScreenForm
from starostwo.treasury.models import Basis, ClaimKind, IncomeContract, InterestKind
from starostwo.treasury.web.claims_forms import DebtorForm

OF_CONTRACTS = ("USUFRUCT", "LEASE", "MANAGEMENT", "CONVERSION", "FEE", "OTHER")
CONTRACT_KINDS = [(kind.value, kind.label) for kind in map(ClaimKind, OF_CONTRACTS)]
MONTHS = [
    ("", "cały rok"), ("1", "styczeń"), ("2", "luty"), ("3", "marzec"), ("4", "kwiecień"), ("5", "maj"),
    ("6", "czerwiec"), ("7", "lipiec"), ("8", "sierpień"), ("9", "wrzesień"), ("10", "październik"),
    ("11", "listopad"), ("12", "grudzień"),
]  # fmt: skip


class ContractForm(DebtorForm):
    """A new contract."""

    kind = forms.ChoiceField(label="Rodzaj", choices=CONTRACT_KINDS)
    basis = forms.ChoiceField(
        label="Podstawa", choices=[(Basis.CONTRACT, "umowa"), (Basis.DECISION, "decyzja")]
    )
    number = forms.CharField(label="Numer umowy albo decyzji", max_length=60)
    signed_on = DayField(label="Z dnia")
    subject = forms.CharField(label="Przedmiot", max_length=200, help_text="Na przykład działka i adres.")
    rhythm = forms.ChoiceField(label="Jak często", choices=IncomeContract.Rhythm.choices)
    amount = MoneyField(label="Kwota za okres")
    due_month = forms.TypedChoiceField(
        label="Miesiąc terminu", choices=[("", "przy opłacie miesięcznej żaden"), *MONTHS[1:]], coerce=int,
        empty_value=None, required=False,
    )  # fmt: skip
    due_day = forms.IntegerField(label="Dzień terminu", min_value=1, max_value=31)
    starts_on = DayField(label="Obowiązuje od dnia")
    ends_on = DayField(label="Do dnia", required=False)
    position = forms.CharField(
        label="Klasyfikacja dochodu", max_length=20, help_text="Na przykład 700.70005.0550."
    )
    of_state = forms.BooleanField(label="Dochód Skarbu Państwa", required=False)
    interest = forms.ChoiceField(label="Odsetki", choices=InterestKind.choices, initial=InterestKind.DELAY)
    case_mark = forms.CharField(label="Znak sprawy", max_length=60, required=False)


class RateForm(ScreenForm):
    """What a period costs from a day on."""

    mark_optional = False

    amount = MoneyField(label="Nowa kwota za okres")
    since = DayField(label="Od dnia")
    why = forms.CharField(
        label="Skąd ta kwota", max_length=200, help_text="Na przykład wypowiedzenie stawki."
    )


class EndForm(ScreenForm):
    """The last day of a contract."""

    mark_optional = False

    ends_on = DayField(label="Ostatni dzień umowy")


class BatchForm(ScreenForm):
    """Which contracts are assessed."""

    mark_optional = False

    rodzaj = forms.ChoiceField(label="Rodzaj umów", choices=CONTRACT_KINDS)
    rok = forms.IntegerField(label="Rok", min_value=2000, max_value=2100)
    miesiac = forms.TypedChoiceField(
        label="Miesiąc", choices=MONTHS, coerce=int, empty_value=None, required=False
    )
