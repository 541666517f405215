"""Transfers on the screen: prepared, approved, sent; refusals explain and keep what was typed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import BankAccount, PaymentFile, PaymentOrder
from starostwo.treasury.testing import PAYEE

pytestmark = pytest.mark.django_db
LIST = "/urzad/bank/przelewy/"


def client(login: str) -> Client:
    return office.client_of(Account.objects.get(login=login))


@pytest.fixture
def year() -> FiscalYear:
    office.make_office()
    made = ledger.make_year()
    ledger.plan(made)
    for person in (ledger.treasurer, ledger.chief, ledger.accountant):
        person()
    treasury.bank_account(made)
    return made


def typed(**said: Any) -> dict[str, Any]:
    return {
        "payee_name": "Drukarnia", "payee_account": PAYEE, "amount": "1000,00", "pay_on": "30.11.2026",
        "position": "750.75020.4300", "title": "druk map",
    } | said  # fmt: skip


def test_an_invoice_is_paid_from_the_debt_to_the_file(year: FiscalYear) -> None:
    debt = treasury.debt(year)
    account = BankAccount.objects.get()
    clerk, chief, treasurer = client("k.saldo"), client("h.bilans"), client("w.skarb")
    owed = reverse("treasury:owed", args=[account.pk])
    assert "FV 1/2026" in clerk.get(owed).content.decode()
    assert clerk.post(owed, {"debt": [debt.pk], "pay_on": "30.11.2026"})["Location"] == LIST
    order = PaymentOrder.objects.get()

    chosen = reverse("treasury:chosen_payments")
    chief.post(chosen, {"order": [order.pk], "state": "PROPOSED", "approve": "1"})
    treasurer.post(chosen, {"order": [order.pk], "state": "APPROVED", "approve": "1"})
    order.refresh_from_db()
    assert order.state == "READY"
    answer = clerk.post(chosen, {"order": [order.pk], "state": "READY", "export": "1"}, follow=True)
    file = PaymentFile.objects.get()
    assert file.name in answer.content.decode()
    address = reverse("treasury:payment_file", args=[file.pk])
    first, second = clerk.get(address).content, clerk.get(address).content
    assert first == second == bytes(file.content)
    page = clerk.get(f"{LIST}{order.pk}/").content.decode()
    assert "Halina Bilans" in page
    assert "Wanda Skarb" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"payee_account": "123"}, "Ten numer się nie zgadza"),
        ({"amount": "5000"}, "nie większa niż to, co zostało"),
        ({"amount": "sto"}, "Podaj kwotę w złotych"),
        ({"position": "750"}, "dział, rozdział i paragraf"),
        ({"is_split": "on"}, "Podaj kwotę VAT"),
        ({"is_split": "on", "vat": "2000,00", "invoice": "FV 1"}, "VAT musi być mniejsza"),
    ],
)
def test_a_wrong_field_is_explained_and_what_was_typed_stays(
    year: FiscalYear, change: dict[str, str], words: str
) -> None:
    order = treasury.proposed(year)
    answer = client("k.saldo").post(f"{LIST}{order.pk}/", typed(title="tytuł wpisany", **change))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "tytuł wpisany" in page
    assert all(value in page for value in change.values() if value != "on")


def test_a_right_change_is_saved(year: FiscalYear) -> None:
    order = treasury.proposed(year)
    split = typed(is_split="on", vat="187,00", invoice="FV 1/2026")
    assert client("k.saldo").post(f"{LIST}{order.pk}/", split).status_code == 302
    order.refresh_from_db()
    assert order.title == "/VAT/187,00/IDC/5260250274/INV/FV 1/2026/TXT/druk map"
    assert "/VAT/187,00" in client("k.saldo").get(f"{LIST}{order.pk}/").content.decode()


def test_without_the_white_list_a_large_payment_needs_a_reason(year: FiscalYear) -> None:
    order = treasury.proposed(year, 20_000_00)
    chief = client("h.bilans")
    approval = f"{LIST}{order.pk}/zatwierdzenie/"
    refused = chief.post(approval, {"zgoda-despite": ""})
    assert refused.status_code == 422
    assert "Wykaz nie potwierdził" in refused.content.decode()
    many = chief.post(
        reverse("treasury:chosen_payments"),
        {"order": [order.pk], "state": "PROPOSED", "approve": "1"},
        follow=True,
    )
    assert "nie potwierdził dziś wykaz" in many.content.decode()
    assert (
        chief.post(approval, {"zgoda-despite": "kanał wyłączony, potwierdzono telefonicznie"}).status_code
        == 302
    )
    page = chief.get(f"{LIST}{order.pk}/").content.decode()
    assert "kanał wyłączony, potwierdzono telefonicznie" in page
    assert "nie jest włączony" in page


def test_an_accountant_sees_no_button_to_approve_and_a_stranger_sees_nothing(year: FiscalYear) -> None:
    order = treasury.proposed(year)
    assert "Zatwierdź przelew" not in client("k.saldo").get(f"{LIST}{order.pk}/").content.decode()
    assert client("k.saldo").post(f"{LIST}{order.pk}/zatwierdzenie/", {}).status_code == 404
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    for address in (LIST, f"{LIST}{order.pk}/", "/urzad/bank/paczki/", "/urzad/bank/rachunki/"):
        assert stranger.get(address).status_code == 404


def test_a_withdrawn_transfer_says_why(year: FiscalYear) -> None:
    order = treasury.proposed(year)
    clerk = client("k.saldo")
    assert clerk.post(f"{LIST}{order.pk}/wycofanie/", {"wycofanie-reason": ""}).status_code == 422
    clerk.post(f"{LIST}{order.pk}/wycofanie/", {"wycofanie-reason": "zły kontrahent"})
    assert "zły kontrahent" in clerk.get(f"{LIST}{order.pk}/").content.decode()


def test_a_bank_account_is_named_on_the_screen(year: FiscalYear) -> None:
    said = {
        "book_id": str(year.book_id), "name": "Depozyty", "number": "27 1140 2004 0000 3002 0135 5387",
        "owner_name": "Starostwo", "owner_address": "Zgierz", "account_out": "139", "account_in": "139",
        "file_format": "pain.001", "encoding": "", "approvals": "TWO",
    }  # fmt: skip
    wrong = client("w.skarb").post("/urzad/bank/rachunki/", said | {"number": "27 1140"})
    assert wrong.status_code == 422
    assert "27 1140" in wrong.content.decode()
    assert client("w.skarb").post("/urzad/bank/rachunki/", said).status_code == 302
    assert BankAccount.objects.get(name="Depozyty").number == "27114020040000300201355387"


def test_a_virtual_account_is_given_on_the_screen(year: FiscalYear) -> None:
    address = f"/urzad/bank/rachunki/{BankAccount.objects.get().pk}/wirtualne/"
    said = {"number": "49 1020", "name": "Jan Kos", "nip": "", "pesel": "80010112345"}
    wrong = client("k.saldo").post(address, said)
    assert wrong.status_code == 422
    assert 'value="49 1020"' in wrong.content.decode()
    assert client("k.saldo").post(address, said | {"number": PAYEE}).status_code == 302
    assert "Jan Kos" in client("k.saldo").get(address).content.decode()
    assert client("k.saldo").post(address, said | {"number": PAYEE}).status_code == 422
    assert client("w.skarb").get(address).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(
    year: FiscalYear, django_assert_num_queries: Any
) -> None:
    clerk = client("k.saldo")
    treasury.proposed(year, 100_00, "FV 0")
    clerk.get(LIST)
    with django_assert_num_queries(7):
        clerk.get(LIST)
    for number in range(1, 6):
        treasury.proposed(year, 100_00, f"FV {number}")
    with django_assert_num_queries(7):
        clerk.get(LIST)
