"""Forms of bank statements."""

from typing import Any

from django import forms
from django.urls import reverse

from starostwo.screens.api import LookupInput, ScreenForm

SHORT = {"class": "govuk-input--width-10"}


class UploadForm(ScreenForm):
    """A file of a bank for one account."""

    mark_optional = False

    account = forms.TypedChoiceField(label="Rachunek", coerce=int)
    file = forms.FileField(label="Plik wyciągu", help_text="MT940 albo camt.053, najwyżej 5 MB.")

    def __init__(self, accounts: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = accounts  # type: ignore[attr-defined]


class DecisionForm(ScreenForm):
    """What an operation means."""

    mark_optional = False

    settlement = forms.TypedChoiceField(label="Rozrachunek", coerce=int, empty_value=None, required=False)
    ledger_account = forms.CharField(
        label="albo konto", max_length=30, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="Na przykład 720 albo 409. Puste oba pola: wpływ do wyjaśnienia (245).",
    )  # fmt: skip
    party = forms.CharField(
        label="Kontrahent konta", max_length=300, required=False,
        help_text="Gdy konto go wymaga (234, 240): nazwa albo NIP. Pusty przy rozrachunku.",
    )  # fmt: skip
    position = forms.CharField(
        label="Klasyfikacja", max_length=20, required=False, widget=forms.TextInput(attrs=SHORT),
        help_text="Przy rozrachunku pusta znaczy: z jego zapisów.",
    )  # fmt: skip
    learn_account = forms.BooleanField(label="Tak samo rozpoznawaj następne z tego rachunku", required=False)
    learn_title = forms.CharField(
        label="Tak samo rozpoznawaj, gdy tytuł zawiera", max_length=100, required=False,
        help_text="Reguła powstaje tylko dla konta.",
    )  # fmt: skip

    def __init__(self, debts: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].widget = LookupInput(url=reverse("ledger:offered_parties"))
        self.fields["settlement"].choices = [("", "żaden"), *debts]  # type: ignore[attr-defined]
