"""Forms of the books, beside the grid in which vouchers are typed."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from starostwo.ledger.models import Book, FiscalYear
from starostwo.ledger.rules.vouchers import BLACK, RED
from starostwo.screens.api import DayField, ScreenForm

WAYS = (
    (RED, "czerwone: te same strony z minusem, obroty też się cofają"),
    (BLACK, "czarne: strony zamienione, obroty rosną"),
)


class NewBookForm(ScreenForm):
    """A new book."""

    code = forms.SlugField(label="Kod", max_length=20, help_text="Na przykład URZAD. Nie zmienia się.")
    name = forms.CharField(label="Nazwa jednostki", max_length=200)
    kind = forms.ChoiceField(label="Rodzaj", choices=Book.Kind.choices, widget=forms.RadioSelect)
    unit_symbol = forms.CharField(
        label="Symbol komórki, która ją prowadzi", max_length=20, help_text="Na przykład FN."
    )
    regon = forms.RegexField(
        label="REGON", regex=r"^(\d{9}|\d{14})?$", required=False,
        error_messages={"invalid": "REGON ma 9 albo 14 cyfr."},
    )  # fmt: skip


class NewYearForm(ScreenForm):
    """A new year of a book."""

    book = forms.ModelChoiceField(label="Księga", queryset=Book.objects.none())
    year = forms.IntegerField(label="Rok", min_value=2000, max_value=2100)
    detail = forms.ChoiceField(
        label="Szczegółowość planu wydatków", choices=FiscalYear.Detail.choices, widget=forms.RadioSelect,
        initial=FiscalYear.Detail.PARAGRAPH,
    )  # fmt: skip

    def __init__(self, *args: Any, books: QuerySet[Book], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book"].queryset = books  # type: ignore[attr-defined]


class ApprovalForm(ScreenForm):
    """The day on which the report of a year was approved."""

    approved_on = DayField(label="Sprawozdanie zatwierdzono dnia")


class StornoForm(ScreenForm):
    """How a posted voucher is taken back."""

    way = forms.ChoiceField(label="Storno", choices=WAYS, widget=forms.RadioSelect, initial=RED)
    text = forms.CharField(
        label="Treść", max_length=300, help_text="Co było źle, na przykład: błędny paragraf."
    )
    operation_on = DayField(label="Data storna")
