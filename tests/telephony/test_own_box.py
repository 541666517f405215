"""What a person did by telephone is carried out once; a card of nonsense harms and holds up nothing."""

import json
from pathlib import Path

import pytest
from django.utils.timezone import now

from starostwo.office import testing as office
from starostwo.telephony import testing
from starostwo.telephony.agent import wav
from starostwo.telephony.models import Greeting
from starostwo.telephony.services.own_box import carry_out
from tests.telephony.sounds import wav_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def here() -> None:
    office.make_office()
    testing.make_phone("101", testing.make_node("A"), account=office.anna(), has_voicemail=True)


def card(folder: Path, text: str, name: str = "1") -> Path:
    file = folder / f"{name}.json"
    file.write_text(text, encoding="utf-8")
    return file


def greeting(folder: Path, sound: str, number: str = "101") -> Path:
    return card(folder, json.dumps({"act": "greeting", "number": number, "sound": sound}), "2")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"act": "hear"}',
        '{"act": "hear", "number": "101", "message": "x"}',
        '{"act": "burn", "number": "101"}',
        '{"act": "hear", "number": "999", "message": 1}',
        '{"act": "delete", "number": "101", "message": 1}',
    ],
)
def test_nonsense_goes_and_what_follows_is_done(tmp_path: Path, text: str) -> None:
    card(tmp_path, text)
    (tmp_path / "said.wav").write_bytes(wav_file(600, 2))
    greeting(tmp_path, "said.wav")

    carry_out(tmp_path, now=now())

    assert Greeting.objects.get().extension_id == "101"
    assert list(tmp_path.iterdir()) == []


def test_a_sound_is_taken_from_beside_its_card_alone(tmp_path: Path) -> None:
    acts = tmp_path / "acts"
    acts.mkdir()
    elsewhere = tmp_path / "secret.wav"
    elsewhere.write_bytes(wav_file(600, 2))
    assert wav.read(elsewhere)
    for path in ("../secret.wav", str(elsewhere)):
        greeting(acts, path)
        assert carry_out(acts, now=now()) == 0

    assert not Greeting.objects.exists()
    assert elsewhere.exists()
