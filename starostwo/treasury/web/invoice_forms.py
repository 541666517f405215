"""Forms of purchase invoices: to which unit, to whom, a remark, an invoice by hand, how it is posted."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from starostwo.office.api import PersonRef
from starostwo.platform.money import NotMoney, grosze
from starostwo.screens.api import DayField, MoneyField, ScreenForm
from starostwo.treasury.models import Invoice, InvoiceUnit
from starostwo.treasury.rules.invoice_posting import Row

KINDS = (
    ("VAT", "faktura"),
    ("KOR", "korekta"),
    ("ZAL", "zaliczkowa"),
    ("ROZ", "rozliczeniowa"),
    ("", "rachunek, nota"),
)
RATES = ("23", "8", "5", "0", "zw")
FEWEST_ROWS, SPARE_ROWS = 3, 2


class RouteForm(ScreenForm):
    """To which unit the invoice belongs."""

    prefix = "jednostka"
    unit = forms.ChoiceField(label="Jednostka")

    def __init__(self, *args: Any, units: Iterable[InvoiceUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]


class SendForm(ScreenForm):
    """Who can say that it was delivered."""

    prefix = "kontrola"
    checker = forms.ChoiceField(label="Kto sprawdzi fakturę merytorycznie")
    remark = forms.CharField(label="Uwagi", max_length=300, required=False)

    def __init__(self, *args: Any, people: Iterable[PersonRef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(one.id, f"{one.name}, {one.unit}") for one in people]
        self.fields["checker"].choices = [("", "Wybierz osobę"), *listed]  # type: ignore[attr-defined]


class RemarkForm(ScreenForm):
    """A remark to a decision; sending back and refusing need one."""

    prefix = "decyzja"
    remark = forms.CharField(
        label="Uwagi", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Przy zwrocie i odrzuceniu napisz powód.",
    )  # fmt: skip


class RejectForm(RemarkForm):
    """Why the invoice is not ours."""

    prefix = "odrzucenie"


class ByHandForm(ScreenForm):
    """An invoice on paper or from an e-mail."""

    source = forms.ChoiceField(
        label="Skąd", choices=[(s.value, s.label) for s in (Invoice.Source.PAPER, Invoice.Source.EMAIL)]
    )
    unit = forms.ChoiceField(label="Jednostka")
    kind = forms.ChoiceField(label="Rodzaj", choices=KINDS, required=False)
    number = forms.CharField(label="Numer faktury", max_length=256)
    seller_nip = forms.CharField(label="NIP sprzedawcy", max_length=13, required=False)
    seller_name = forms.CharField(label="Sprzedawca", max_length=512)
    seller_account = forms.CharField(label="Rachunek sprzedawcy", max_length=40, required=False)
    issued_on = DayField(label="Wystawiona")
    due_on = DayField(label="Termin zapłaty")
    text = forms.CharField(label="Za co", max_length=300, required=False)
    rate = forms.ChoiceField(label="Stawka VAT", choices=[(r, r if r == "zw" else f"{r} %") for r in RATES])
    net = MoneyField(label="Netto")
    vat = MoneyField(label="Podatek")
    scan = forms.FileField(label="Skan albo plik PDF", required=False)

    def __init__(self, *args: Any, units: Iterable[InvoiceUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]

    def clean_seller_nip(self) -> str:
        """Ten digits, however they were grouped."""
        typed = self.cleaned_data["seller_nip"].replace("-", "").replace(" ", "")
        if typed and not (typed.isdecimal() and len(typed) == 10):
            raise ValidationError("NIP ma dziesięć cyfr.")
        return str(typed)

    def clean_seller_account(self) -> str:
        """Without the spaces of print."""
        return "".join(self.cleaned_data["seller_account"].split()).upper().removeprefix("PL")


class PostingForm(ScreenForm):
    """How an invoice is posted: rows of an account, a position and an amount, and what goes with them."""

    mark_optional = False

    text = forms.CharField(label="Treść zapisu", max_length=300)
    operation_on = DayField(label="Data operacji")
    due_on = DayField(label="Termin zapłaty")
    contract = forms.ChoiceField(label="Umowa", required=False)

    def __init__(self, *args: Any, contracts: Iterable[Any], count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(each.pk, f"{each.document_number}, {each.subject}") for each in contracts]
        self.fields["contract"].choices = [("", "bez umowy"), *listed]  # type: ignore[attr-defined]
        self.count = max(count, FEWEST_ROWS)
        for number in range(1, self.count + 1):
            self.fields[f"account_{number}"] = forms.CharField(
                label=f"Konto Wn, wiersz {number}", max_length=30, required=False
            )
            self.fields[f"position_{number}"] = forms.CharField(
                label=f"Klasyfikacja, wiersz {number}", max_length=30, required=False
            )
            self.fields[f"amount_{number}"] = forms.CharField(
                label=f"Kwota, wiersz {number}", max_length=20, required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip

    def lines(self) -> list[tuple[Any, Any, Any]]:
        """The bound fields row by row, for the table on the screen."""
        names = ("account", "position", "amount")
        return [tuple(self[f"{name}_{n}"] for name in names) for n in range(1, self.count + 1)]  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        """Each row that has an account has an amount, and the other way round."""
        said = super().clean() or self.cleaned_data
        rows: list[Row] = []
        for number in range(1, self.count + 1):
            account, typed = said.get(f"account_{number}", ""), said.get(f"amount_{number}", "")
            if not account and not typed:
                continue
            if not account:
                self.add_error(f"account_{number}", f"Wiersz {number}: podaj konto.")
                continue
            try:
                rows.append(Row(account, said.get(f"position_{number}", ""), signed(typed)))
            except NotMoney:
                self.add_error(f"amount_{number}", f"Wiersz {number}: podaj kwotę, na przykład 54,00.")
        if not rows and not self.errors:
            self.add_error("account_1", "Wpisz przynajmniej jeden wiersz.")
        said["rows"] = rows
        return said


def signed(typed: str) -> int:
    """An amount that may be negative, as on a correction."""
    text = typed.strip().replace("−", "-")
    return -grosze(text[1:]) if text.startswith("-") else grosze(text)


def written(amount: int) -> str:
    """Grosze as they are typed, also negative ones."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100},{abs(amount) % 100:02d}"


def first_typed(
    rows: Sequence[Row], *, text: str, due_on: date, operation_on: date, contract: int | None
) -> dict[str, Any]:
    """What the posting form shows before anybody typed."""
    said: dict[str, Any] = {
        "text": text,
        "due_on": due_on,
        "operation_on": operation_on,
        "contract": contract or "",
    }
    for number, row in enumerate(rows, start=1):
        said |= {
            f"account_{number}": row.account,
            f"position_{number}": row.position,
            f"amount_{number}": written(row.amount),
        }
    return said
