"""The bank, the cash desk and the claims of the demonstration, built alone on its books."""

import pytest
from django.utils.timezone import localdate, now

from starostwo.ledger.models import FiscalYear
from starostwo.ledger.queries.balances import gaps
from starostwo.site.demo.bank import fill_bank
from starostwo.site.demo.build import load_catalogues
from starostwo.site.demo.finance import fill_books
from starostwo.site.demo.people import give_keys, set_up
from starostwo.site.demo.receivables import fill_receivables
from starostwo.treasury.models import BankStatement, CashReport, Claim, PaymentOrder


@pytest.mark.django_db
def test_the_bank_of_the_demonstration_shows_each_state() -> None:
    at = now()
    cast = set_up(now=at, today=localdate(at))
    give_keys(cast, now=at)
    load_catalogues(now=at)
    fill_books(cast, now=at, seed=7)

    fill_bank(cast, now=at)
    fill_receivables(cast, now=at, seed=7)

    states = set(PaymentOrder.objects.values_list("state", flat=True))
    assert states == {"PROPOSED", "READY", "EXPORTED", "PAID"}
    assert BankStatement.objects.filter(voucher_id=None).count() == 1
    assert CashReport.objects.filter(closed_at=None).count() == 1
    assert Claim.objects.values("kind").distinct().count() >= 4
    assert gaps(FiscalYear.objects.get(book__code="URZAD")) == []
