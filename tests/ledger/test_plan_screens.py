"""Screens of the plan: an act typed wrong and mended, approved, read from a file; who sees what."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Limit, PlanDraft, PlanVersion
from starostwo.office import testing as office
from starostwo.office.models import Account
from tests.ledger.planning import adopted, approved, typed

pytestmark = pytest.mark.django_db
HERE = "/urzad/plan/URZAD/2026/"
WRONG = typed(W="750.75020.4300 1 000,00\n750.75020 tysiąc", said_W="2 000,00")
RIGHT = typed(W="750.75020.4300 1 000,00", said_W="1 000,00")


@pytest.fixture
def year() -> FiscalYear:
    return ledger.make_year()


def client(actor: Any) -> Client:
    return office.client_of(Account.objects.get(pk=actor.account_id))


def test_a_wrong_act_is_kept_explained_mended_and_approved(year: FiscalYear) -> None:
    browser = client(ledger.treasurer())
    answer = browser.post(f"{HERE}akty/nowy/", WRONG)
    draft = PlanDraft.objects.get()
    assert answer["Location"] == f"{HERE}akty/robocze/{draft.pk}/"

    page = browser.get(answer["Location"]).content.decode()
    assert "750.75020 tysiąc" in page
    assert "Wydatki, wiersz 2" in page
    assert "a akt mówi 2" in page
    assert "Zatwierdź akt" not in page

    browser.post(answer["Location"], RIGHT)
    page = browser.get(answer["Location"]).content.decode()
    assert "Sumy zgadzają się z aktem" in page
    done = browser.post(f"{answer['Location']}zatwierdzenie/")

    assert done["Location"] == f"{HERE}akty/1/"
    page = browser.get(done["Location"]).content.decode()
    assert "PL/1/2026" in page
    assert "750.75020.4300" in browser.get(HERE).content.decode()
    assert Limit.objects.get().plan == 1000_00


def test_a_refusal_of_the_books_says_which_position(year: FiscalYear) -> None:
    adopted(year)
    browser = client(ledger.treasurer())
    there = browser.post(f"{HERE}akty/nowy/", typed("2/2026", W="750.75020.4300 -1 001,00", said_W="-1001"))
    answer = browser.post(f"{there['Location']}zatwierdzenie/")

    assert answer.status_code == 422
    assert "W.750.75020.4300" in answer.content.decode()
    assert "-1 001,00" in answer.content.decode()
    assert PlanVersion.objects.count() == 1


def test_a_draft_is_thrown_away(year: FiscalYear) -> None:
    browser = client(ledger.accountant())
    there = browser.post(f"{HERE}akty/nowy/", WRONG)["Location"]
    browser.post(f"{there}usuniecie/")

    assert browser.get(there).status_code == 404


def sheet() -> bytes:
    book = Workbook()
    for row in (
        ["Rodzaj", "Dział", "Rozdział", "Paragraf", "Plan"],
        ["dochody", 756, 75618, "0420", 120000],
        ["wydatki", 750, 75020, 4300, 1000.5],
        ["nic", 750, 75020, 4300, 5],
    ):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


CSV = "rodzaj;pozycja;kwota\ndochody;756.75618.0420;120000\nwydatki;750.75020.4300;1000,50\nnic;1;5\n"


@pytest.mark.parametrize("content", [sheet(), CSV.encode(), CSV.encode("cp1250")], ids=["xlsx", "csv", "cp"])
def test_a_file_is_reported_first_and_then_becomes_a_draft(year: FiscalYear, content: bytes) -> None:
    browser = client(ledger.accountant())
    answer = browser.post(f"{HERE}akty/plik/", {"file": SimpleUploadedFile("plan", content)})

    page = answer.content.decode().replace("\xa0", " ")
    assert "120 000,00 zł" in page
    assert "1 000,50 zł" in page
    assert "nieznany rodzaj „nic”" in page
    assert not PlanDraft.objects.exists()
    browser.post(f"{HERE}akty/nowy/", answer.context["content"])
    assert "1000,5" in PlanDraft.objects.get().content["lines_W"]


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"\x00\x01", b"PKxx"])
def test_a_file_that_is_no_plan_is_refused_in_words(year: FiscalYear, content: bytes) -> None:
    answer = client(ledger.accountant()).post(
        f"{HERE}akty/plik/", {"file": SimpleUploadedFile("plan", content)}
    )

    assert answer.status_code == 422
    assert "Pli" in answer.content.decode()


def test_the_plan_of_a_day_and_its_acts(year: FiscalYear) -> None:
    adopted(year)
    approved(year, typed("2/2026", day="20.11.2026", W="750.75020.4300 5", said_W="5"))
    browser = client(ledger.chief())

    earlier = browser.get(f"{HERE}?dzien=19.11.2026").content.decode()
    assert "2/2026" not in earlier
    assert "2/2026" in browser.get(f"{HERE}?dzien=20.11.2026").content.decode()
    assert browser.get(f"{HERE}?dzien=wczoraj").status_code == 404
    assert "Na ten dzień nie ma planu" in browser.get(f"{HERE}?dzien=01.01.2026").content.decode()


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/urzad/plan/", 6), (HERE, 10), (f"{HERE}akty/", 8), (f"{HERE}akty/1/", 9)],
)
def test_lists_ask_a_fixed_number_of_questions(
    year: FiscalYear, address: str, queries: int, django_assert_num_queries: Any
) -> None:
    adopted(year, "750.75020.4300 1\n750.75020.4270 2", "3")
    approved(year, typed("2/2026", W="750.75020.4210 5", said_W="5"))
    browser = client(ledger.treasurer())
    browser.get(address)

    with django_assert_num_queries(queries):
        assert browser.get(address).status_code == 200


def test_who_does_not_see_the_book_finds_nothing(year: FiscalYear) -> None:
    adopted(year)
    stranger = office.client_of(
        office.make_staff("j.inny", "Jan Inny", unit="AB", rights=[office.Right.KEEP_BOOKS])
    )
    for address in (HERE, f"{HERE}akty/", f"{HERE}akty/1/", f"{HERE}akty/nowy/", f"{HERE}akty/plik/"):
        assert stranger.get(address).status_code == 404
    assert "Nie ma księgi" in stranger.get("/urzad/plan/").content.decode()
    assert office.client_of(office.anna()).get("/urzad/plan/").status_code == 404
