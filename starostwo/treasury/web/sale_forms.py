"""Forms of sales: whom, what, how it is paid; and a correction of the lines."""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from starostwo.platform.money import NotMoney, grosze
from starostwo.screens.api import DayField, ScreenForm
from starostwo.treasury.models import InterestKind, InvoiceUnit
from starostwo.treasury.rules.fa3_writing import PERCENT, Line

ROWS = 4
RATES = [(rate, rate if not rate.isdecimal() else f"{rate} %") for rate in PERCENT]
MOST = Decimal(1_000_000)


class LinesForm(ScreenForm):
    """Rows of what is sold; an empty row counts for nothing."""

    mark_optional = False
    rows_shown = ROWS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, self.rows_shown + 1):
            self.fields[f"name_{n}"] = forms.CharField(
                label=f"Nazwa, wiersz {n}", max_length=500, required=False
            )
            self.fields[f"quantity_{n}"] = forms.CharField(
                label=f"Ilość, wiersz {n}", max_length=20, required=False
            )
            self.fields[f"unit_{n}"] = forms.CharField(
                label=f"Miara, wiersz {n}", max_length=20, required=False, initial="szt."
            )
            self.fields[f"price_{n}"] = forms.CharField(
                label=f"Cena netto, wiersz {n}", max_length=20, required=False
            )
            self.fields[f"rate_{n}"] = forms.ChoiceField(
                label=f"Stawka, wiersz {n}", choices=RATES, required=False
            )

    def table(self) -> list[tuple[Any, ...]]:
        """The bound fields row by row."""
        names = ("name", "quantity", "unit", "price", "rate")
        return [tuple(self[f"{name}_{n}"] for name in names) for n in range(1, self.rows_shown + 1)]

    def clean(self) -> dict[str, Any]:
        """The rows that were filled."""
        said = super().clean() or self.cleaned_data
        filled = [n for n in range(1, self.rows_shown + 1) if said.get(f"name_{n}") or said.get(f"price_{n}")]
        lines = [line for n in filled if (line := self._line(n, said)) is not None]
        if not filled:
            self.add_error("name_1", "Wpisz przynajmniej jedną pozycję.")
        said["lines"] = lines
        return said

    def _line(self, n: int, said: dict[str, Any]) -> Line | None:
        if not said.get(f"name_{n}"):
            self.add_error(f"name_{n}", f"Wiersz {n}: podaj nazwę.")
            return None
        try:
            quantity = Decimal((said.get(f"quantity_{n}") or "1").replace(",", ".").replace(" ", ""))
            if not 0 <= quantity <= MOST:
                raise InvalidOperation
        except InvalidOperation:
            self.add_error(f"quantity_{n}", f"Wiersz {n}: podaj ilość, na przykład 2,5.")
            return None
        try:
            price = grosze(said.get(f"price_{n}") or "")
        except NotMoney:
            self.add_error(f"price_{n}", f"Wiersz {n}: podaj cenę, na przykład 54,00.")
            return None
        return Line(
            said[f"name_{n}"], quantity, said.get(f"unit_{n}") or "szt.", price, said[f"rate_{n}"] or "23"
        )


class SaleForm(LinesForm):
    """A new invoice."""

    unit = forms.ChoiceField(label="Jednostka")
    buyer_nip = forms.CharField(
        label="NIP nabywcy", max_length=13, required=False, help_text="Puste, gdy kupuje osoba prywatna."
    )
    buyer_name = forms.CharField(label="Nabywca", max_length=500)
    buyer_address = forms.CharField(label="Adres nabywcy", max_length=500)
    sold_on = DayField(label="Data sprzedaży", required=False)
    due_on = DayField(label="Termin zapłaty", required=False)
    account = forms.CharField(label="Rachunek do zapłaty", max_length=34, required=False)
    exempt_by = forms.CharField(
        label="Podstawa zwolnienia", max_length=250, required=False, help_text="Gdy stawka to „zw”."
    )
    offline = forms.BooleanField(
        label="Tryb offline24: nabywca dostaje fakturę teraz, do KSeF trafia do następnego dnia roboczego",
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, units: Iterable[InvoiceUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]

    def clean_buyer_nip(self) -> str:
        """Ten digits, however they were grouped."""
        typed = self.cleaned_data["buyer_nip"].replace("-", "").replace(" ", "")
        if typed and not (typed.isdecimal() and len(typed) == 10):
            raise forms.ValidationError("NIP ma dziesięć cyfr.")
        return str(typed)

    def clean(self) -> dict[str, Any]:
        """An exemption says by which provision."""
        said = super().clean()
        if any(line.rate == "zw" for line in said["lines"]) and not said.get("exempt_by"):
            self.add_error(
                "exempt_by", "Podaj podstawę zwolnienia, na przykład „art. 43 ust. 1 pkt 36 ustawy”."
            )
        return said


class CorrectionForm(LinesForm):
    """The lines as they should have been, and why."""

    reason = forms.CharField(label="Przyczyna korekty", max_length=250)
    offline = forms.BooleanField(label="Tryb offline24", required=False)

    def __init__(self, *args: Any, count: int = ROWS, **kwargs: Any) -> None:
        self.rows_shown = max(ROWS, count)
        super().__init__(*args, **kwargs)


def typed(lines: Sequence[Line]) -> dict[str, str]:
    """Lines as they are typed, to be corrected."""
    said: dict[str, str] = {}
    for n, line in enumerate(lines, start=1):
        said |= {
            f"name_{n}": line.name,
            f"quantity_{n}": f"{line.quantity.normalize():f}".replace(".", ","),
            f"unit_{n}": line.unit,
            f"price_{n}": f"{line.price // 100},{line.price % 100:02d}",
            f"rate_{n}": line.rate,
        }
    return said


class PostingForm(ScreenForm):
    """How an issued invoice enters the books."""

    mark_optional = False

    position = forms.CharField(
        label="Klasyfikacja dochodu", max_length=20, help_text="Na przykład 700.70005.0750."
    )
    operation_on = DayField(label="Dzień operacji")
    interest = forms.ChoiceField(label="Odsetki, gdy zapłata się spóźni", choices=InterestKind.choices)
