"""Forms of sales: the announcement, offers, the choice, the end."""

from typing import Any

from django import forms

from starostwo.assets.models import Bid
from starostwo.assets.rules.selling import AUDIENCES, WAYS
from starostwo.platform.money import zloty
from starostwo.screens.api import MoneyField, ScreenForm

WHEN = {"type": "datetime-local", "class": "govuk-input--width-20"}
MOMENT = "%Y-%m-%dT%H:%M"


class SaleForm(ScreenForm):
    """What is announced."""

    mark_optional = False

    title = forms.CharField(label="Co się sprzedaje", max_length=200)
    text = forms.CharField(
        label="Stan, oględziny, odbiór", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Na przykład „sprawny, bez dysku; do obejrzenia w pok. 4 we wtorki od 9 do 12”.",
    )  # fmt: skip
    audience = forms.ChoiceField(label="Dla kogo", choices=list(AUDIENCES.items()))
    way = forms.ChoiceField(label="Kto kupuje", choices=list(WAYS.items()))
    price = MoneyField(label="Cena, zł")
    opens_at = forms.DateTimeField(label="Oferty od", widget=forms.DateTimeInput(WHEN, format=MOMENT))
    closes_at = forms.DateTimeField(label="Oferty do", widget=forms.DateTimeInput(WHEN, format=MOMENT))


class BidForm(ScreenForm):
    """An own offer."""

    mark_optional = False

    amount = MoneyField(label="Kwota, zł")


class OutsideForm(BidForm):
    """An offer on paper from outside the office."""

    name = forms.CharField(label="Kto", max_length=200)
    address = forms.CharField(label="Adres, kontakt", max_length=300)
    field_order = ["name", "address", "amount"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="z_%s", **kwargs)


class ChoiceForm(ScreenForm):
    """Which offer is chosen."""

    bid = forms.TypedChoiceField(label="Oferta", coerce=int)
    reason = forms.CharField(
        label="Uzasadnienie", max_length=500, required=False,
        help_text="Potrzebne, gdy wybierasz inną ofertę niż pierwsza na liście.",
    )  # fmt: skip

    def __init__(self, *args: Any, bids: list[Bid], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="w_%s", **kwargs)
        self.fields["bid"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.name}, {zloty(one.amount)}") for one in bids
        ]


class CallOffForm(ScreenForm):
    """Why the sale is called off."""

    mark_optional = False

    reason = forms.CharField(label="Powód odwołania", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="o_%s", **kwargs)


class InvoiceForm(ScreenForm):
    """By which invoice the things were sold."""

    mark_optional = False

    invoice = forms.CharField(label="Numer faktury albo rachunku", max_length=100)
