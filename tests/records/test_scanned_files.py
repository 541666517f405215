"""Files that the mail desk adds are scanned like those that come by themselves: a virus is not kept."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from starostwo.files.testing import EICAR, pdf, scanner
from starostwo.office import testing as office
from starostwo.records.models import Letter, LetterFile
from starostwo.records.testing import make_letter

pytestmark = pytest.mark.django_db
PAPER = {
    "sender": "Kowal Jan",
    "sender_kind": "PERSON",
    "title": "Skarga na hałas",
    "kind": "skarga",
    "channel": "PAPER",
    "received_on": "10.03.2026",
    "key": "a",
}


@pytest.fixture(scope="module")
def running_clamd() -> Iterator[str]:
    with scanner() as address:
        yield address


@pytest.fixture(autouse=True)
def clamd(running_clamd: str, settings: Settings) -> None:
    settings.CLAMD = running_clamd


def test_a_scan_with_a_virus_is_not_attached_and_a_clean_one_is_marked() -> None:
    letter, client = make_letter(), office.client_of(office.clerk())
    address = reverse("records:scans", args=[letter.pk])

    refused = client.post(address, {"scans": SimpleUploadedFile("a.txt", EICAR)}, follow=True)
    assert "wykrył zagrożenie" in refused.content.decode()
    assert not LetterFile.objects.exists()

    shown = client.post(address, {"scans": SimpleUploadedFile("skan.pdf", pdf())}, follow=True)
    assert "sprawdzony" in shown.content.decode()
    assert LetterFile.objects.get().blob.scan == "clean"


def test_a_letter_is_not_registered_with_a_virus() -> None:
    office.starosta()
    client = office.client_of(office.clerk())

    answer = client.post(reverse("records:register"), PAPER | {"scans": SimpleUploadedFile("a.txt", EICAR)})

    assert answer.status_code == 422
    assert "wykrył zagrożenie" in answer.content.decode()
    assert not Letter.objects.exists()
