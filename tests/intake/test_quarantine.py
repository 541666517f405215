"""The quarantine: what goes there gets a receipt and no number, and only the mail desk lets it out."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from starostwo.audit import api as audit
from starostwo.files.testing import EICAR, locked_pdf, locked_zip, scanner, zip_of
from starostwo.intake.models import Submission
from starostwo.intake.queries import by_code
from starostwo.intake.receipt_pdf import receipt_pdf
from starostwo.intake.services.quarantine import CannotSettle, StillDangerous, release
from starostwo.intake.testing import NOW, open_the_box, send
from starostwo.office import testing as office
from starostwo.records.models import Letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("box")]
DOWN = "unix:/nonexistent/clamd.ctl"
LIST_QUERIES = 6
XML = b"<pismo>skan w zalaczniku</pismo>"


@pytest.fixture(scope="module")
def running_clamd() -> Iterator[str]:
    with scanner() as address:
        yield address


@pytest.fixture
def box() -> None:
    open_the_box()


@pytest.fixture
def clamd(running_clamd: str, settings: Settings) -> str:
    settings.CLAMD = running_clamd
    return running_clamd


@pytest.fixture
def desk() -> Client:
    return office.client_of(office.clerk())


@pytest.mark.parametrize(
    ("content", "name", "problems", "why"),
    [
        (EICAR, "a.txt", ["VIRUS"], "a virus"),
        (zip_of({"w.zip": zip_of({"v.txt": EICAR})}), "a.zip", ["VIRUS"], "a virus two archives deep"),
        (locked_zip(), "a.zip", ["ENCRYPTED"], "an encrypted archive"),
        (locked_pdf(), "a.pdf", ["ENCRYPTED"], "an encrypted PDF"),
    ],
)
def test_what_may_not_be_opened_waits_with_a_receipt(
    clamd: str, content: bytes, name: str, problems: list[str], why: str
) -> None:
    for receipt in (send(content, name), send(XML, attachments=[(content, name)])):
        submission = receipt.submission
        assert (submission.state, submission.problems) == (Submission.State.QUARANTINED, problems), why
        assert b"w kwarantannie" in receipt.upo_xml
        assert b"Numer w rejestrze" not in receipt.upo_xml
        assert by_code(submission.pk, receipt.access_code) == submission

    assert Letter.objects.count() == 0


def test_a_scanner_that_is_down_holds_everything_back(settings: Settings) -> None:
    settings.CLAMD = DOWN

    assert send().submission.problems == ["SCANNER_DOWN"]
    assert Letter.objects.count() == 0


def test_without_a_configured_scanner_a_file_is_taken_in_and_marked(settings: Settings) -> None:
    assert settings.CLAMD == ""

    submission = send().submission

    assert submission.state == Submission.State.REGISTERED
    assert submission.files.get().blob.get_scan_display() == "nie sprawdzono"


def test_what_a_scanner_found_clean_is_marked_so(clamd: str) -> None:
    assert send().submission.files.get().blob.scan == "clean"


def test_released_when_the_scanner_is_back(settings: Settings, running_clamd: str, desk: Client) -> None:
    settings.CLAMD = DOWN
    receipt = send()
    settings.CLAMD = running_clamd

    answer = desk.post(f"/urzad/zlozenia/{receipt.submission.pk}/zwolnienie/")

    assert answer.status_code == 302
    submission = Submission.objects.get()
    letter = Letter.objects.get()
    assert (submission.state, submission.letter) == (Submission.State.REGISTERED, letter)
    assert "Zofia" in letter.sender_name
    assert {line.verb for line in audit.history(str(submission))} == {"submit", "release"}
    assert bytes(submission.upo.xml) == receipt.upo_xml


def test_a_virus_is_never_released(clamd: str, desk: Client) -> None:
    receipt = send(EICAR, "a.txt")

    answer = desk.post(f"/urzad/zlozenia/{receipt.submission.pk}/zwolnienie/", {"reason": "mimo to"})

    assert answer.status_code == 422
    assert "wykrył zagrożenie" in answer.content.decode()
    assert Submission.objects.get().state == Submission.State.QUARANTINED
    assert Letter.objects.count() == 0


def test_an_encrypted_file_is_released_only_by_a_person_who_says_why(clamd: str) -> None:
    submission = send(XML, attachments=[(locked_zip(), "a.zip")]).submission
    clerk = office.actor(office.clerk(), today=NOW.date())

    with pytest.raises(StillDangerous):
        release(submission.pk, actor=clerk, reason=" ", now=NOW)
    assert Letter.objects.count() == 0

    release(submission.pk, actor=clerk, reason="hasło nadawca podał w piśmie", now=NOW)
    assert Letter.objects.count() == 1


def test_refused_with_a_reason_that_the_sender_reads(clamd: str, desk: Client) -> None:
    receipt = send(EICAR, "a.txt")
    path = f"/urzad/zlozenia/{receipt.submission.pk}/odrzucenie/"

    assert desk.post(path, {"reason": " "}).status_code == 422
    assert Submission.objects.get().state == Submission.State.QUARANTINED

    assert desk.post(path, {"reason": "plik z wirusem"}).status_code == 302
    found = by_code(receipt.submission.pk, receipt.access_code)
    assert found is not None
    assert (found.state, found.settled_reason) == (Submission.State.REFUSED, "plik z wirusem")
    assert desk.post(path, {"reason": "drugi raz"}).status_code == 404


def test_nobody_else_settles_or_sees(clamd: str) -> None:
    receipt = send(EICAR, "a.txt")
    page = f"/urzad/zlozenia/{receipt.submission.pk}/"

    for account in (office.anna(), office.ewa(), office.piotr()):
        browser = office.client_of(account)
        answers = [
            browser.get("/urzad/kwarantanna/"),
            browser.get(page),
            browser.get(f"{page}upo.xml"),
            browser.post(f"{page}zwolnienie/", {"reason": "x"}),
            browser.post(f"{page}odrzucenie/", {"reason": "x"}),
        ]
        assert {answer.status_code for answer in answers} == {404}, account
    with pytest.raises(CannotSettle):
        release(receipt.submission.pk, actor=office.actor(office.anna()), reason="x", now=NOW)
    assert Submission.objects.get().state == Submission.State.QUARANTINED


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    clamd: str, desk: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        send(EICAR, f"a{number}.txt")

    with django_assert_num_queries(LIST_QUERIES):
        page = desk.get("/urzad/kwarantanna/").content.decode()

    assert page.count("data-row-open") == count
    assert "Program antywirusowy wykrył zagrożenie w pliku." in page


def test_an_empty_quarantine_says_so(desk: Client) -> None:
    page = desk.get("/urzad/kwarantanna/").content.decode()

    assert "W kwarantannie nic nie czeka." in page
    assert "Program antywirusowy nie jest ustawiony" in page


def test_the_page_shows_receipt_files_and_reports_and_is_noted_as_read(desk: Client) -> None:
    submission = send(attachments=[(b"tekst", "notatka.txt")]).submission

    page = desk.get(f"/urzad/zlozenia/{submission.pk}/")

    text = page.content.decode()
    assert page.status_code == 200
    for shown in (
        "RPW/1/2026",
        "Zofia Łęcka",
        "notatka.txt",
        "nie sprawdzono",
        "brak podpisu",
        "czeka na najbliższą",
    ):
        assert shown in text
    assert [entry.actor_name for entry in audit.last_reads(str(submission))] == [office.clerk().name]


def test_the_receipt_is_given_as_sealed_and_as_a_page(desk: Client) -> None:
    receipt = send()
    page = f"/urzad/zlozenia/{receipt.submission.pk}/"

    assert desk.get(f"{page}upo.xml").content == receipt.upo_xml
    pdf = desk.get(f"{page}upo.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert pdf.content == desk.get(f"{page}upo.pdf").content
    assert desk.get(f"{page}upo.exe").status_code == 404


def test_the_page_of_the_receipt_says_what_the_receipt_says(tmp_path: Path) -> None:
    receipt = send(attachments=[(b"tekst", "za\u0142\u0105cznik nr 1.txt")])
    (tmp_path / "upo.pdf").write_bytes(receipt_pdf(receipt.submission.upo))

    shown = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "upo.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout

    for said in ("RPW/1/2026", "Zofia Łęcka", "23.11.2026, 10:30:00", "załącznik nr 1.txt", "testowa"):
        assert said in shown
    assert receipt.submission.upo.sha256 in shown.replace("\n", "")
