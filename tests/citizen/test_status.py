"""Where a submission stands, by number and code: six steps, nothing personal, few tries."""

import pytest
from django.conf import LazySettings
from django.test import Client

from starostwo.intake.models import Submission
from tests.citizen.test_asking import ADDRESS, ASKED
from tests.citizen.test_asking import client as client

pytestmark = pytest.mark.django_db
HERE = "/sprawdz-wniosek/"


@pytest.fixture
def given(client: Client) -> dict[str, str]:
    """The number and the code of a request that was sent."""
    shown = client.post(ADDRESS, ASKED).content.decode()
    found = {name: shown.split(f'name="{name}" value="')[1].split('"')[0] for name in ("zlozenie", "kod")}
    assert HERE in shown
    return {"numer": found["zlozenie"], "kod": found["kod"]}


def test_the_steps_are_shown_and_nothing_personal(client: Client, given: dict[str, str]) -> None:
    assert client.get(HERE).status_code == 200
    answer = client.post(HERE, given)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert shown.count("<li") >= 6
    assert 'aria-current="step"' in shown
    for personal in ("pytam@example.pl", "Umowy", "rejestr umów", given["kod"], given["numer"]):
        assert personal not in shown.split("<main", 1)[1].split("</main>")[0]
    assert "no-store" in answer["Cache-Control"]


def test_a_wrong_number_and_a_wrong_code_look_the_same(client: Client, given: dict[str, str]) -> None:
    tries = ({"kod": "inny"}, {"numer": "6b2f0b43-5f0b-4a3e-9a55-0a7c2f8f9b11"}, {"numer": "44051401359"})
    said = set()
    for wrong in tries:
        answer = client.post(HERE, {**given, **wrong})
        assert answer.status_code == 422
        assert answer.content.decode().count("Nie ma złożenia o takim numerze") == 1
        said.add(answer.content.decode().split("govuk-error-summary", 1)[1].split("</div>")[0])
    assert len(said) == 1
    assert "Nie ma złożenia o takim numerze i kodzie" in said.pop()


def test_the_tries_are_limited_even_for_the_right_code(
    client: Client, given: dict[str, str], settings: LazySettings
) -> None:
    settings.ESP_QUESTIONS_PER_MINUTE = 2
    for _ in range(2):
        client.post(HERE, {**given, "kod": "inny"})
    answer = client.post(HERE, given)
    assert answer.status_code == 429
    assert "Za dużo prób" in answer.content.decode()
    assert 'aria-current="step"' not in answer.content.decode()


def test_a_file_that_waits_for_a_look_says_so(client: Client, given: dict[str, str]) -> None:
    Submission.objects.filter(pk=given["numer"]).update(letter=None, state="QUARANTINED")
    assert "Plik czeka na sprawdzenie" in client.post(HERE, given).content.decode()
