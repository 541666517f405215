"""Screens of the mail desk and of a letter."""

import base64
import re
import subprocess
from pathlib import Path

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.records.models import Letter, LetterFile
from starostwo.records.services.letters import NewFile
from starostwo.records.tasks import read_files
from starostwo.records.testing import make_assigned, make_case, make_letter
from starostwo.search import api as search

pytestmark = pytest.mark.django_db
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
PAPER = {
    "sender": "Kowal Jan",
    "sender_kind": "PERSON",
    "title": "Skarga na hałas",
    "kind": "skarga",
    "channel": "PAPER",
    "received_on": "10.03.2026",
    "unit": "GN",
    "key": "abc",
}


def upload(content: bytes = PNG, name: str = "skan.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def desk() -> Client:
    office.starosta()
    office.anna()
    return office.client_of(office.clerk())


def test_an_email_is_registered_with_its_words_as_a_file() -> None:
    client = desk()
    mail = {**PAPER, "channel": "EMAIL", "kind": "wniosek o informację publiczną"}
    assert client.post(reverse("records:register"), mail).status_code == 422
    assert client.post(reverse("records:register"), {**PAPER, "message": "słowa"}).status_code == 422
    assert not Letter.objects.exists()
    client.post(reverse("records:register"), {**mail, "message": "Proszę o rejestr umów."})
    letter, file = Letter.objects.get(), LetterFile.objects.get()
    assert (letter.channel, letter.format, letter.kind) == (
        "EMAIL", "text/plain", "wniosek o informację publiczną",
    )  # fmt: skip
    assert (file.name, file.role) == ("wiadomosc.txt", "main")
    with files.open_blob(file.blob.sha256) as content:
        assert content.read().decode() == "Proszę o rejestr umów."


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue_takes_the_same_queries_for_one_letter_and_three(
    count: int, django_assert_num_queries: object
) -> None:
    for _ in range(count):
        make_letter()
    client = desk()
    client.get(reverse("records:queue"))
    with django_assert_num_queries(QUEUE_QUERIES):  # type: ignore[operator]
        page = client.get(reverse("records:queue"))
    assert page.content.decode().count("<tr data-row>") == count


QUEUE_QUERIES = 7


def test_one_form_registers_and_the_next_empty_one_shows_the_number() -> None:
    client = desk()
    form = client.get(reverse("records:register")).content.decode()
    assert "autofocus" in form
    answer = client.post(reverse("records:register"), PAPER, follow=True)
    letter = Letter.objects.get()
    assert (letter.sender_name, letter.kind, letter.unit, letter.registered_by_id) == (
        "Kowal Jan",
        "skarga",
        "GN",
        office.clerk().pk,
    )
    shown = answer.content.decode()
    assert letter.shown_number in shown
    assert 'value="Skarga na hałas"' not in shown
    assert reverse("records:sticker", args=[letter.pk]) in shown


def test_the_form_sent_twice_registers_once() -> None:
    client = desk()
    for _ in range(2):
        client.post(reverse("records:register"), PAPER)
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Tytuł"),
        ({"sender": ""}, "Nadawca"),
        ({"received_on": "10.03.2199"}, "Data wpływu nie może być późniejsza"),
        ({"letter_date": "marzec"}, "RRRR-MM-DD"),
    ],
)
def test_a_form_with_errors_says_so_and_registers_nothing(changes: dict[str, str], words: str) -> None:
    answer = desk().post(reverse("records:register"), PAPER | changes)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Letter.objects.exists()


@pytest.mark.law("rozp. PRM 18.01.2011 par. 15")
def test_what_is_not_fully_scanned_is_marked_with_a_reason_and_listed() -> None:
    client = desk()
    client.post(
        reverse("records:register"), PAPER | {"not_fully_copied": "on", "not_copied_reason": "format A0"}
    )
    client.post(reverse("records:register"), PAPER | {"key": "b", "title": "Zwykłe pismo"})
    letter = Letter.objects.get(fully_copied=False)
    assert letter.not_copied_reason == "format A0"
    listed = client.get(reverse("records:queue"), {"niepelne": "1"}).content.decode()
    assert listed.count("<tr data-row>") == 1
    assert "Skarga na hałas" in listed


def test_a_sender_is_found_by_three_letters_with_or_without_polish_signs() -> None:
    client = desk()
    client.post(reverse("records:register"), PAPER | {"sender": "Żółtek Łucja", "town": "Głowno"})
    for typed in ("żół", "zol", "ZOL"):
        (hit,) = client.get(reverse("records:lookup_senders"), {"q": typed}).json()["hits"]
        assert (hit["label"], hit["fill"]["id_town"]) == ("Żółtek Łucja", "Głowno")
    assert client.get(reverse("records:lookup_senders"), {"q": "żó"}).json() == {"hits": []}
    client.post(
        reverse("records:register"), PAPER | {"key": "c", "sender": "Żółtek Łucja", "party": hit["value"]}
    )
    assert [one.sender_name for one in Letter.objects.order_by("number")] == ["Żółtek Łucja", "Żółtek Łucja"]


def test_a_scan_is_attached_and_read_by_who_may() -> None:
    letter, client = make_letter(), desk()
    client.post(reverse("records:scans", args=[letter.pk]), {"scans": upload()})
    kept = LetterFile.objects.get()
    address = reverse("records:letter_file", args=[letter.pk, kept.pk])
    assert b"".join(client.get(address)) == PNG
    assert office.client_of(office.jan()).get(address).status_code == 404
    assert [one.payload["why"] for one in audit.last_reads(str(letter))] == ["skan.png"]


def test_a_program_is_no_scan() -> None:
    letter, client = make_letter(), desk()
    program = upload(b"MZ\x90\x00 this is a program", "skan.exe")
    answer = client.post(reverse("records:scans", args=[letter.pk]), {"scans": program}, follow=True)
    assert "nie przyjmujemy" in answer.content.decode()
    assert not LetterFile.objects.exists()


def test_metadata_are_completed_on_the_screen() -> None:
    letter, client = make_letter(), desk()
    address = reverse("records:metadata", args=[letter.pk])
    assert "Wrona Piotr" in client.get(address).content.decode()
    client.post(
        address,
        {
            "sender": "Wrona Piotr",
            "sender_kind": "PERSON",
            "title": "Wniosek o wyrys",
            "kind": "wniosek",
            "access": "CLOSED",
            "attachments": "2",
            "dcmi_type": "Text",
            "remarks": "pilne\n\ndrugi egzemplarz",
            "town": "Zgierz",
        },
    )
    letter.refresh_from_db()
    assert (letter.title, letter.access, letter.attachments, letter.remarks) == (
        "Wniosek o wyrys",
        "CLOSED",
        2,
        ["pilne", "drugi egzemplarz"],
    )


def test_the_sticker_says_the_number_as_text_and_as_code(tmp_path: Path) -> None:
    letter = make_letter()
    answer = desk().get(reverse("records:sticker", args=[letter.pk]))
    (tmp_path / "sticker.pdf").write_bytes(answer.content)

    subprocess.run(["pdftoppm", "-png", "-r", "300", "sticker.pdf", "page"], cwd=tmp_path, check=True)
    text = subprocess.run(["pdftotext", "sticker.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    [code] = zxingcpp.read_barcodes(Image.open(next(tmp_path.glob("page*.png"))))

    assert answer["Content-Type"] == "application/pdf"
    assert "RPW/1/2026" in text.stdout.decode()
    assert (code.format, code.text) == (zxingcpp.BarcodeFormat.DataMatrix, "RPW-1-2026")


@pytest.mark.parametrize("who", ["jan", "adam", "admin"])
def test_strangers_find_no_letter(who: str) -> None:
    blob = files.put(PNG, name="skan.png", limit=1000)
    letter = make_assigned(files=[NewFile(blob.pk, "skan.png")])
    kept = LetterFile.objects.get()
    client = office.client_of(getattr(office, who)())
    for name in ("letter", "metadata", "assign", "new_case_of_letter"):
        assert client.get(reverse(f"records:{name}", args=[letter.pk])).status_code == 404, name
    for name in ("scans", "return", "file_letter", "assign"):
        assert client.post(reverse(f"records:{name}", args=[letter.pk]), {}).status_code == 404, name
    assert client.get(reverse("records:letter_file", args=[letter.pk, kept.pk])).status_code == 404
    assert client.get(reverse("records:queue")).status_code == 404
    assert client.get(reverse("records:letter", args=[letter.pk + 1])).content == (
        client.get(reverse("records:letter", args=[letter.pk])).content
    )


def test_nobody_is_asked_to_sign_in_and_a_resident_finds_nothing() -> None:
    letter = make_letter()
    address = reverse("records:letter", args=[letter.pk])
    assert office.client_of(None).get(address).status_code == 302
    assert office.client_of(office.piotr()).get(address).status_code == 404


def test_the_page_of_a_letter_shows_history_assignment_and_case() -> None:
    case = make_case()
    letter = Letter.objects.get(case=case)
    shown = office.client_of(office.anna()).get(reverse("records:letter", args=[letter.pk])).content.decode()
    for words in ("zarejestrowanie przesyłki", "dekretacja", "Ewa Lis", case.mark, "naczelniczka wydziału"):
        assert words in shown
    assert reverse("records:case", args=[case.mark]) in shown


def test_the_queue_goes_on_page_by_page_without_losing_a_letter() -> None:
    for place in range(85):
        make_letter(f"Pismo {place}")
    client, address, seen = desk(), reverse("records:queue"), []
    while address:
        shown = client.get(address).content.decode()
        seen += re.findall(r"RPW/(\d+)/2026</a>", shown)
        following = re.search(r'href="(\?[^"]*cursor=[^"]+)"[^>]*rel="next"', shown)
        address = reverse("records:queue") + following.group(1).replace("&amp;", "&") if following else ""
    assert [int(one) for one in seen] == list(range(85, 0, -1))
    assert client.get(reverse("records:queue"), {"cursor": ">x"}).status_code == 404


def test_a_letter_like_an_earlier_one_of_the_same_sender_is_pointed_out_and_registered_all_the_same() -> None:
    client = desk()
    first = client.post(reverse("records:register"), PAPER, follow=True).content.decode()
    again = client.post(reverse("records:register"), PAPER | {"key": "b"}, follow=True).content.decode()
    assert "Podobne przesyłki" not in first
    assert "Podobne przesyłki" in again
    assert Letter.objects.count() == 2


def test_the_text_of_a_scan_is_found_after_the_job() -> None:
    letter, client = make_letter(), desk()
    text = upload("Wniosek dotyczy działki z żurawinami".encode(), "tresc.txt")
    client.post(reverse("records:scans", args=[letter.pk]), {"scans": text})
    tokens = office.actor(office.ewa()).tokens
    assert not search.find("żurawina", tokens=tokens).hits
    read_files(letter.pk)
    assert [hit.thing for hit in search.find("żurawina", tokens=tokens).hits] == [str(letter)]
    assert not search.find("żurawina", tokens=office.actor(office.jan()).tokens).hits
