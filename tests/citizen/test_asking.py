"""Asking for public information without an account: what is taken, what is refused, who gets the receipt."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records.models import Letter, LetterSender
from starostwo.records.queries.proposals import proposed_course
from starostwo.records.rules.courses import Course
from starostwo.signatures import api as signatures
from starostwo.signatures.testing import build_keys

pytestmark = pytest.mark.django_db
ADDRESS = "/uslugi/informacja-publiczna/bez-logowania/"
NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
ASKED = {
    "temat": "Umowy z 2025 roku",
    "tresc": "Proszę o rejestr umów.",
    "email": "pytam@example.pl",
    "klucz": "6b2f0b43-5f0b-4a3e-9a55-0a7c2f8f9b11",
}


@pytest.fixture
def client(db: None) -> Client:
    office.make_office()
    office.make_unit("ST", name="Starosta")
    office.make_unit("OR", name="Wydział Organizacyjny", parent="ST")
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)
    piotr = office.piotr()
    build_keys([signatures.demo_pki.DemoPerson(piotr.pk, "Piotr", "Wrona", pesel=piotr.pesel or "")])
    return Client()


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 2 ust. 2")
def test_who_gives_nothing_but_an_email_gets_a_number_a_receipt_and_a_request(client: Client) -> None:
    assert ADDRESS in client.get("/uslugi/informacja-publiczna/").content.decode()
    assert client.get(ADDRESS).status_code == 200
    page = client.post(ADDRESS, ASKED)
    letter = Letter.objects.get()
    shown = page.content.decode()
    assert letter.shown_number in shown
    assert (letter.unit, letter.service_code) == ("OR", "informacja-publiczna")
    assert proposed_course(letter) is Course.INFORMATION
    assert LetterSender.objects.get().email == "pytam@example.pl"
    fields = {name: shown.split(f'name="{name}" value="')[1].split('"')[0] for name in ("zlozenie", "kod")}
    receipt = client.post(f"{ADDRESS}upo/", fields)
    assert receipt.content.startswith(b"%PDF-")
    assert client.post(f"{ADDRESS}upo/", {**fields, "kod": "inny"}).status_code == 404
    assert client.post(f"{ADDRESS}upo/", {"zlozenie": "x"}).status_code == 404


def test_a_second_press_is_the_same_request(client: Client) -> None:
    first, second = (client.post(ADDRESS, ASKED).content.decode() for _ in range(2))
    assert Letter.objects.count() == 1
    assert all(Letter.objects.get().shown_number in page for page in (first, second))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"email": ""}, "Podaj adres e-mail albo pełny adres pocztowy"),
        ({"email": "", "ulica": "Leśna 12", "miejscowosc": "Zgierz"}, "Podaj adres e-mail albo pełny"),
        ({"email": "pytam"}, "adres"),
        ({"tresc": ""}, "Czego chcesz się dowiedzieć?"),
        ({"kod_pocztowy": "95100"}, "na przykład 95-100"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    client: Client, changed: dict[str, str], said: str
) -> None:
    answer = client.post(ADDRESS, {**ASKED, **changed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Umowy z 2025 roku" in answer.content.decode()
    assert not Letter.objects.exists()


def test_an_address_is_enough(client: Client) -> None:
    by_post = {"email": "", "ulica": "Leśna 12", "kod_pocztowy": "95-100", "miejscowosc": "Zgierz"}
    assert client.post(ADDRESS, {**ASKED, **by_post, "nazwisko": "Jan Pyta"}).status_code == 200
    assert LetterSender.objects.get().town == "Zgierz"
