"""Screens of contracts: typed wrong and mended, above the plan, an annex, a new year; who sees what."""

from typing import Any

import pytest
from django.test import Client

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Contract, ContractDraft, FiscalYear, Overcommitment
from starostwo.office import testing as office
from starostwo.office.models import Account
from tests.ledger.contracting import WHERE, committed, paid, registered, typed

pytestmark = pytest.mark.django_db
LIST, YEAR = "/urzad/umowy/", "/urzad/plan/URZAD/2026/"


@pytest.fixture
def year() -> FiscalYear:
    made = ledger.make_year()
    ledger.plan(made, amount=150_00)
    return made


def client(actor: Any) -> Client:
    return office.client_of(Account.objects.get(pk=actor.account_id))


def text(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def test_a_wrong_contract_is_kept_explained_mended_and_registered(year: FiscalYear) -> None:
    browser = client(ledger.accountant())
    there = browser.post(f"{LIST}nowa/", typed(amount="tysiąc", nip="1"))["Location"]
    page = text(browser.get(there))
    assert "tysiąc" in page
    assert "NIP jest błędny" in page
    assert "Zarejestruj i zaangażuj" not in page
    assert "FK.273.4.2026" in text(browser.get(LIST))

    browser.post(there, typed())
    assert "Zarejestruj i zaangażuj" in text(browser.get(there))
    done = browser.post(f"{there}rejestracja/")

    page = text(browser.get(done["Location"]))
    assert "1/2026" in page
    assert "PL/1/2026" in page
    assert not ContractDraft.objects.exists()


def test_a_refusal_leads_to_the_treasurer_whose_leave_lets_it_through(year: FiscalYear) -> None:
    browser = client(ledger.accountant())
    there = browser.post(f"{LIST}nowa/", typed(amount="151,00", parts=f"2026 {WHERE} 151,00"))["Location"]
    refused = browser.post(f"{there}rejestracja/")
    assert refused.status_code == 422
    assert f"W.{WHERE}" in text(refused)
    assert "151,00" in text(refused)
    assert browser.post(f"{YEAR}zgody/", {"position": WHERE}).status_code == 404

    treasurer = client(ledger.treasurer())
    wrong = treasurer.post(f"{YEAR}zgody/", {"position": "gdzieś", "amount": "0", "reason": ""})
    assert wrong.status_code == 422
    unknown = treasurer.post(f"{YEAR}zgody/", {"position": "750.75020.9999", "amount": "1", "reason": "x"})
    assert "słownikach" in text(unknown)
    assert not Overcommitment.objects.exists()
    treasurer.post(f"{YEAR}zgody/", {"position": WHERE, "amount": "1,00", "reason": "Awaria dachu"})
    assert "Awaria dachu" in text(browser.get(f"{YEAR}zgody/"))

    browser.post(f"{there}rejestracja/")
    assert committed(year) == 151_00


def test_an_annex_keeps_what_was_typed_when_it_is_wrong(year: FiscalYear) -> None:
    made = registered(year)
    browser = client(ledger.accountant())
    here = f"{LIST}{made.pk}/aneks/"
    annex = {"document_number": "A1", "subject": "Mniej", "signed_on": "20.11.2026"}
    wrong = browser.post(here, annex | {"parts": f"2026 {WHERE} -101,00"})
    assert wrong.status_code == 422
    assert "poniżej zera" in text(wrong)
    assert "-101,00" in text(wrong)

    assert browser.post(here, annex | {"parts": f"2026 {WHERE} -10,00"})["Location"] == f"{LIST}{made.pk}/"
    assert "A1 z 20.11.2026" in text(browser.get(f"{LIST}{made.pk}/"))
    assert committed(year) == 90_00


def test_payments_and_the_new_year_are_entered_by_one_button_each(year: FiscalYear) -> None:
    made = registered(year)
    paid(year, made, 60_00)
    following = ledger.make_year(year=2027)
    browser = client(ledger.accountant())
    next_year = "/urzad/plan/URZAD/2027/umowy/"
    assert "60,00 zł" in text(browser.get(f"{YEAR}umowy/"))
    browser.post(f"{YEAR}umowy/", {"co": "wykonanie"})
    assert "zapisane na 998" in text(browser.get(f"{YEAR}umowy/"))

    refused = browser.post(next_year, {"co": "przeniesienie"})
    assert refused.status_code == 422
    assert "nie mieści" in text(refused)
    ledger.plan(following, amount=500_00)
    browser.post(next_year, {"co": "przeniesienie"})
    assert committed(following) == 200_00
    assert "są już na 998" in text(browser.get(next_year))


def test_search_and_drafts(year: FiscalYear) -> None:
    registered(year)
    browser = client(ledger.accountant())
    for words, is_found in (("blankiet", True), ("bzura", True), ("5260250274", True), ("most", False)):
        assert ("FK.273.4.2026" in text(browser.get(LIST, {"q": words}))) is is_found
    there = browser.post(f"{LIST}nowa/", typed(document_number="X"))["Location"]
    browser.post(f"{there}usuniecie/")
    assert browser.get(there).status_code == 404


@pytest.mark.parametrize(
    ("address", "queries"),
    [(LIST, 8), (f"{LIST}nr/", 10), (f"{YEAR}umowy/", 12), (f"{YEAR}zgody/", 7)],
)
def test_lists_ask_a_fixed_number_of_questions(
    year: FiscalYear, address: str, queries: int, django_assert_num_queries: Any
) -> None:
    for number in ("1", "2", "3"):
        made = registered(year, typed(document_number=number, amount="5,00", parts=f"2026 {WHERE} 5,00"))
    paid(year, made, 5_00)
    browser = client(ledger.treasurer())
    address = address.replace("nr", str(made.pk))
    browser.get(address)

    with django_assert_num_queries(queries):
        assert browser.get(address).status_code == 200


def test_who_does_not_see_the_book_finds_nothing(year: FiscalYear) -> None:
    made = registered(year)
    stranger = office.client_of(
        office.make_staff("j.inny", "Jan Inny", unit="AB", rights=[office.Right.KEEP_BOOKS])
    )
    inspector = office.client_of(office.make_staff("i.kon", "Iga Kontrola", rights=[office.Right.INSPECT]))
    draft = client(ledger.accountant()).post(f"{LIST}nowa/", typed())["Location"]
    for address in (f"{LIST}{made.pk}/", f"{LIST}{made.pk}/aneks/", f"{LIST}nowa/", draft, f"{YEAR}umowy/"):
        assert stranger.get(address).status_code == 404
    assert inspector.get(f"{LIST}{made.pk}/").status_code == 200
    assert inspector.post(f"{YEAR}umowy/", {"co": "wykonanie"}).status_code == 404
    assert Contract.objects.count() == 1
    assert "Nie ma takich umów" in text(stranger.get(LIST))
