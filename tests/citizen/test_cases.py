"""A resident follows his case: six steps, the running date, letters opened, calls answered, messages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from starostwo.files.testing import EICAR, pdf, scanner
from starostwo.office import testing as office
from starostwo.records.models import Case, Delivery, Dispatch, Letter, LetterFile, Message
from starostwo.records.rules.document_kinds import Kind
from tests.records.document_makers import make_online_case, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def piotr() -> Client:
    office.make_office()
    return office.client_of(office.piotr())


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def case_address(case: Case) -> str:
    return f"/eboi/sprawy/{case.mark}/"


def opened(client: Client, row: Dispatch) -> str:
    """Open a letter as the resident does and return its page."""
    answer = client.post(f"/eboi/pisma/{row.pk}/odbior/", follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_case_is_shown_with_its_steps_date_unit_and_clerk(piotr: Client) -> None:
    case = make_online_case()

    home, shown = page_of(piotr, "/eboi/"), page_of(piotr, case_address(case))

    assert f'href="{case_address(case)}"' in home
    assert "odpowiedź do 10 kwietnia 2026" in home
    for part in ("Anna Nowak", "Wydział Gospodarki Nieruchomościami", "10.04.2026", case.mark):
        assert part in shown, part
    for step in ("otrzymane", "przydzielone", "w toku", "czeka na Ciebie", "rozstrzygnięte", "doręczone"):
        assert step in shown, step
    assert '<li aria-current="step"><span>w toku, 10 marca 2026' in shown


@pytest.mark.law("k.p.a. art. 39 par. 1")
def test_a_letter_is_opened_with_its_receipt_and_the_term_of_appeal(piotr: Client) -> None:
    row = make_sent()
    sealed = page_of(piotr, case_address(row.document.case))
    assert "Odbierz i otwórz pismo" in sealed
    assert row.document.mark not in sealed
    assert piotr.get(f"/eboi/pisma/{row.pk}/").status_code == 404

    shown = opened(piotr, row)

    delivery = Delivery.objects.get()
    assert row.document.mark in shown
    assert "odwołanie" in shown
    files = f"/eboi/pisma/{row.pk}/pliki/"
    assert b"".join(piotr.get(f"{files}pismo/")).startswith(b"%PDF-")
    assert b"<pos:UPD>" in b"".join(piotr.get(f"{files}poswiadczenie/"))
    assert (delivery.proof, delivery.remedy) == ("UPD", "APPEAL")


@pytest.mark.law("k.p.a. art. 64 par. 2")
def test_a_call_is_answered_inside_of_it_with_a_file(piotr: Client) -> None:
    row = make_sent(kind=Kind.CALL)
    assert "Odpowiedz na wezwanie" in opened(piotr, row)

    answer = piotr.post(
        f"/eboi/pisma/{row.pk}/",
        {"text": "Dołączam mapę.", "attachments": [SimpleUploadedFile("mapa.pdf", pdf())]},
        follow=True,
    )

    assert "Przyjęliśmy odpowiedź" in answer.content.decode()
    letter = Letter.objects.get(number=2)
    assert letter.case_id == row.document.case_id
    assert "mapa.pdf" in LetterFile.objects.filter(letter=letter).values_list("name", flat=True)
    assert "Odpowiedz na wezwanie" not in page_of(piotr, f"/eboi/pisma/{row.pk}/")


def test_an_answer_with_a_virus_is_refused_and_registers_nothing(piotr: Client, settings: Settings) -> None:
    row = make_sent(kind=Kind.CALL)
    opened(piotr, row)

    with scanner() as address:
        settings.CLAMD = address
        answer = piotr.post(
            f"/eboi/pisma/{row.pk}/", {"text": "x", "attachments": [SimpleUploadedFile("a.txt", EICAR)]}
        )

    assert "wykrył zagrożenie" in answer.content.decode()
    assert Letter.objects.count() == 1


def test_messages_go_both_ways_on_the_screens(piotr: Client) -> None:
    case = make_online_case()
    clerks = f"/urzad/sprawy/{case.mark}/wiadomosci/"

    piotr.post(case_address(case), {"text": "Kiedy dostanę wypis?"})
    anna = office.client_of(office.anna())
    assert "Kiedy dostanę wypis?" in page_of(anna, clerks)
    anna.post(clerks, {"resident": office.piotr().pk, "text": "W tym tygodniu."})

    shown = page_of(piotr, case_address(case))
    assert "W tym tygodniu." in shown
    assert "Anna Nowak" in shown


def test_an_empty_message_is_refused(piotr: Client) -> None:
    case = make_online_case()

    page = piotr.post(case_address(case), {"text": " "}).content.decode()

    assert "Napisz wiadomość." in page
    assert not Message.objects.exists()


@pytest.mark.parametrize("person", ["maria", "anna", None])
def test_strangers_find_neither_case_nor_letter(piotr: Client, person: str | None) -> None:
    row = make_sent()
    opened(piotr, row)
    stranger = office.client_of(getattr(office, person)() if person else None)
    letter, case = f"/eboi/pisma/{row.pk}/", case_address(row.document.case)

    answers = [
        stranger.get(case),
        stranger.post(case, {"text": "x"}),
        stranger.get(letter),
        stranger.post(letter, {"text": "x"}),
        stranger.post(f"{letter}odbior/"),
        stranger.get(f"{letter}pliki/pismo/"),
    ]

    assert {answer.status_code for answer in answers} == {404 if person else 302}
    assert not Message.objects.exists()
    assert Letter.objects.count() == 1
