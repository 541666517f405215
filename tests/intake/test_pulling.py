"""Transfers of the bank's statements find the fees that they name."""

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.intake.models import Due
from starostwo.intake.rules import reference
from starostwo.intake.testing import make_due, open_the_cash_box
from starostwo.ledger import testing as ledger
from starostwo.office import testing as office
from starostwo.office.api import actor_for
from starostwo.treasury import testing as treasury
from starostwo.treasury.services import statements
from starostwo.treasury.testing import OWN
from tests.intake import paying
from tests.intake.paying import stands

PULL = "/urzad/oplaty/wyciagi/"


@pytest.fixture
def clerk(db: None) -> Client:
    open_the_cash_box()
    return office.client_of(paying.treasury())


def statement_with(title: str, amount: str = "100,00", number: int = 1, opening: str = "0,00") -> None:
    day = f"{localdate():%y%m%d}"
    year = ledger.make_year(year=localdate().year)
    ledger.accountant()
    text = (
        f":20:1\n:25:PL{OWN}\n:28C:{number}\n:60F:C{day}PLN{opening}\n:61:{day}C{amount}NTRF//BR{number}\n"
        f":86:020^00X^20{title}\n:62F:C{day}PLN{amount}\n"
    )
    account = treasury.bank_account(year)
    actor = actor_for(paying_accountant(), today=localdate())
    statements.take(account, text.encode(), "wb.sta", actor=actor, now=now())


def paying_accountant() -> office.Account:
    return office.Account.objects.get(login="k.saldo")


def test_a_transfer_that_names_a_fee_pays_it_once(clerk: Client) -> None:
    due: Due = make_due(office.piotr(), now=now())
    statement_with(f"za odpis {reference.shown(due.reference)}")

    page = clerk.post(PULL, follow=True).content.decode()

    assert "Wpłaty zapisane z wyciągów: 1" in page
    assert stands(due) == ("PAID", 10000, 0)
    assert "Wpłaty zapisane z wyciągów: 0" in clerk.post(PULL, follow=True).content.decode()
    assert stands(due) == ("PAID", 10000, 0)


def test_a_transfer_without_a_right_reference_pays_nothing(clerk: Client) -> None:
    due: Due = make_due(office.piotr(), now=now())
    statement_with("OP 123 456 789 00 za odpis")
    clerk.post(PULL)
    assert stands(due)[1] == 0


def test_who_does_not_settle_fees_cannot_pull(clerk: Client) -> None:
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    assert stranger.post(PULL).status_code == 404
