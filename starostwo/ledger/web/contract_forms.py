"""Forms of contracts, annexes and leave to commit above the plan."""

from collections.abc import Sequence

from django import forms

from starostwo.ledger.rules.classification import NotAPosition, Position, position
from starostwo.screens.api import MoneyField, ScreenForm

SHORT = {"class": "govuk-input--width-10"}
PARTS = "Rok, pozycja i kwota, na przykład 2026 750.75020.4300 12 000,00; każda część w osobnym wierszu"


def _text(label: str, *, hint: str = "", short: bool = False) -> forms.CharField:
    widget = forms.TextInput(attrs=SHORT if short else {})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget)


def _parts(label: str, hint: str) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 5, "spellcheck": "false"})
    return forms.CharField(label=label, help_text=hint, required=False, widget=widget, strip=False)


class ContractForm(ScreenForm):
    """A contract; nothing is required, for what is missing is said beside it and the draft is kept."""

    mark_optional = False

    book = forms.ChoiceField(label="Księga", required=False)
    document_number = _text("Numer umowy")
    name = _text("Kontrahent")
    nip = _text("NIP kontrahenta", hint="Puste, gdy to osoba bez NIP", short=True)
    subject = _text("Przedmiot")
    signed_on = _text("Zawarta dnia", short=True)
    place = _text("Miejsce zawarcia")
    starts_on = _text("Obowiązuje od", short=True)
    ends_on = _text("Obowiązuje do", hint="Puste, gdy na czas nieokreślony", short=True)
    amount = _text("Wartość, zł", short=True)
    parts = _parts("Części na lata", PARTS)
    funding = _text("Źródła współfinansowania", hint="Na przykład Fundusz Dróg, 60 000,00")
    case_mark = _text("Znak sprawy")

    def __init__(self, *args: object, books: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book"].choices = books  # type: ignore[attr-defined]

    @property
    def content(self) -> dict[str, str]:
        """Everything as it was typed."""
        return {name: str(self.data.get(name, "")) for name in self.fields}


class AnnexForm(ScreenForm):
    """An annex: what changes."""

    mark_optional = False

    document_number = _text("Numer aneksu")
    subject = _text("Czego dotyczy")
    signed_on = _text("Zawarty dnia", short=True)
    ends_on = _text("Umowa obowiązuje teraz do", hint="Puste, gdy bez zmian", short=True)
    parts = _parts("Zmiany części", "Jak w umowie; zmniejszenie z minusem: 2027 750.75020.4300 −500,00")

    @property
    def content(self) -> dict[str, str]:
        """Everything as it was typed."""
        return {name: str(self.data.get(name, "")) for name in self.fields}


class LeaveForm(ScreenForm):
    """How much more than the plan may be committed under a position, and why."""

    mark_optional = False

    position = forms.CharField(label="Pozycja", help_text="Na przykład 750.75020.4300", max_length=40)
    amount = MoneyField(label="O ile ponad plan, zł")
    reason = forms.CharField(label="Powód", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_position(self) -> Position:
        """The position as rules know it."""
        try:
            found = position(self.cleaned_data["position"])
        except NotAPosition as error:
            raise forms.ValidationError("Podaj pozycję wydatków, na przykład 750.75020.4300.") from error
        if not found.chapter:
            raise forms.ValidationError("Podaj pozycję wydatków z działem i rozdziałem.")
        return found

    def clean_amount(self) -> int:
        """More than nothing."""
        amount: int = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError("Kwota musi być większa od zera.")
        return amount
