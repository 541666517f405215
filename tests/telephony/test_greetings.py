"""Greetings of the voicemail: chosen on the screen, kept beside the box, erased with the phone."""

import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from starostwo.audit.models import Entry
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.site import kept_greetings
from starostwo.telephony import tasks, testing
from starostwo.telephony.agent import wav
from starostwo.telephony.agent.program import GREETINGS, USUAL, greetings
from starostwo.telephony.agent.tones import seconds_of
from starostwo.telephony.exchange import speech
from starostwo.telephony.models import ExchangeState, Extension, Greeting, Node
from starostwo.telephony.queries.greetings import boxes
from tests.telephony.sounds import wav_file

pytestmark = pytest.mark.django_db
PAGE = "/urzad/telefony/poczta/powitanie/101/"
SOUND = f"{PAGE}nagranie/"


@pytest.fixture(autouse=True)
def here() -> None:
    office.make_office()
    node = testing.make_node("A")
    testing.make_phone("101", node, account=office.anna(), has_voicemail=True)
    jan = office.make_staff("j.kos", "Jan Kos", unit="OR")
    testing.make_phone("102", node, account=jan, has_voicemail=True)
    testing.make_phone("103", node, label="Sala sesyjna", has_voicemail=True)
    testing.make_phone("104", node)
    testing.make_group("800", node, Extension.objects.get(pk="101"), name="Kancelaria", has_voicemail=True)


@pytest.fixture
def anna() -> Client:
    return office.client_of(Account.objects.get(login="a.nowak"))


def _upload(client: Client, content: bytes, kind: str = "OWN") -> tuple[int, str]:
    file = SimpleUploadedFile("powitanie.wav", content, content_type="audio/wav")
    answer = client.post(PAGE, {"kind": kind, "file": file})
    return answer.status_code, answer.content.decode()


def _box(folder: Path) -> Path:
    (folder / GREETINGS).mkdir()
    return folder


def _keep(box: Path) -> None:
    for _ in range(3):  # a turn says two
        kept_greetings.keep(box / GREETINGS, boxes(Node.objects.get(code="A").pk), None)


def test_an_uploaded_greeting_is_kept_and_heard_on_the_screen(anna: Client, tmp_path: Path) -> None:
    assert _upload(anna, wav_file(700, 2.0, rate=44_100, channels=2))[0] == 302

    found = Greeting.objects.get()
    assert (found.pk, found.account.login, found.seconds, found.origin) == ("101", "a.nowak", 2, "FILE")
    said = Entry.objects.get(verb="greeting")
    assert said.thing == "telephony.phone:101"
    page = anna.get(PAGE).content.decode()
    assert "Własne nagranie, z pliku, 2 s" in page
    file = tmp_path / "heard.wav"
    file.write_bytes(b"".join(anna.get(SOUND)))
    assert seconds_of(wav.read(file), 700) > 1.8


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"ID3 to jest MP3", "To nie jest plik WAV bez kompresji"),
        (wav_file(700, 61.0), "Nagranie trwa dłużej niż 60 sekund"),
        (wav_file(700, 0.5), "Nagranie trwa krócej niż sekundę"),
        (bytes(12_000_001), "Plik jest większy niż 12 MB"),
    ],
    ids=["no WAV", "too long", "too short", "too large"],
)
def test_a_file_that_does_not_fit_is_refused_and_what_stood_stays(
    anna: Client, content: bytes, words: str
) -> None:
    _upload(anna, wav_file(700, 2.0))
    code, page = _upload(anna, content)
    assert code == 422
    assert words in page
    assert 'value="OWN" checked' in " ".join(page.split())
    assert Greeting.objects.get().seconds == 2


def test_a_file_is_asked_for_where_there_is_none(anna: Client) -> None:
    answer = anna.post(PAGE, {"kind": "OWN"})
    assert answer.status_code == 422
    assert "Wybierz plik WAV" in answer.content.decode()
    assert anna.post(PAGE, {}).status_code == 422
    assert not Greeting.objects.exists()


def test_the_own_greeting_stays_without_another_file_and_goes_with_the_usual_one(anna: Client) -> None:
    _upload(anna, wav_file(700, 2.0))
    assert anna.post(PAGE, {"kind": "OWN"}).status_code == 302
    assert Greeting.objects.count() == 1
    assert anna.post(PAGE, {"kind": "USUAL"}).status_code == 302
    assert not Greeting.objects.exists()
    assert Entry.objects.filter(verb="usual_greeting").count() == 1
    assert "Dzień dobry. Anna Nowak nie może teraz odebrać telefonu." in anna.get(PAGE).content.decode()


def test_another_persons_greeting_is_neither_seen_nor_set(anna: Client) -> None:
    _upload(anna, wav_file(700, 2.0))
    for other in (
        office.client_of(Account.objects.get(login="j.kos")),
        office.client_of(Account.objects.get(pk=testing.admin().account_id)),
    ):
        assert other.get(PAGE).status_code == other.get(SOUND).status_code == 404
        assert _upload(other, wav_file(900, 3.0))[0] == 404
    assert anna.get("/urzad/telefony/poczta/powitanie/103/").status_code == 404
    assert Greeting.objects.get().seconds == 2


def test_the_box_has_the_own_greeting_and_says_the_usual_ones(anna: Client, tmp_path: Path) -> None:
    _upload(anna, wav_file(700, 2.0))
    box = _box(tmp_path)
    _keep(box)

    say = greetings(box / GREETINGS)
    assert seconds_of(say("101"), 700) > 1.8
    for number in ("102", "103", "800"):
        words = say(number)
        assert words != USUAL
        assert 3.0 < len(words) / 8_000 < 12.0
        assert max(words) > 3_000
    assert say("104") == USUAL  # it has no box
    names = {file.name for file in (box / GREETINGS).iterdir()}
    assert names == {"101.wav", "102.wav", "103.wav", "800.wav", "made.json"}


def test_what_did_not_change_is_not_made_anew(anna: Client, tmp_path: Path) -> None:
    _upload(anna, wav_file(700, 2.0))
    box = _box(tmp_path)
    _keep(box)
    before = {file: file.stat().st_ino for file in (box / GREETINGS).iterdir()}
    _keep(box)
    assert {file: file.stat().st_ino for file in (box / GREETINGS).iterdir()} == before


def test_a_greeting_that_is_gone_is_not_played_on(anna: Client, tmp_path: Path) -> None:
    _upload(anna, wav_file(700, 2.0))
    box = _box(tmp_path)
    _keep(box)
    anna.post(PAGE, {"kind": "USUAL"})
    Extension.objects.filter(pk="102").update(has_voicemail=False)
    _keep(box)
    say = greetings(box / GREETINGS)
    assert seconds_of(say("101"), 700) == 0
    assert say("102") == USUAL


def test_without_the_program_tones_are_played_and_the_administrator_is_told(
    anna: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PATH without espeak-ng is a machine without it."""
    _upload(anna, wav_file(700, 2.0))
    box = _box(tmp_path)
    _keep(box)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (speech.program(), speech.say("Dzień dobry")) == (None, None)
    Account.objects.filter(login="j.kos").update(family_name="Nowy")
    anna.post(PAGE, {"kind": "USUAL"})
    _keep(box)
    say = greetings(box / GREETINGS)
    assert say("101") == say("102") == USUAL  # nobody's old name, nobody's old voice
    assert say("103") != USUAL  # said before, and still right
    assert "kilka tonów" in anna.get(PAGE).content.decode()
    assert anna.get(SOUND).status_code == 404

    ExchangeState.objects.create(
        node=Node.objects.get(code="A"), state="RUNS", said_at=testing.NOW, started_at=testing.NOW
    )
    admin = office.client_of(Account.objects.get(pk=testing.admin().account_id))
    assert "Węzeł A: nie ma programu espeak-ng" in admin.get("/urzad/telefony/wezly/").content.decode()
    ExchangeState.objects.update(speaks=True)
    assert "espeak-ng" not in admin.get("/urzad/telefony/wezly/").content.decode()


def test_the_store_away_leaves_the_tones(anna: Client, tmp_path: Path, settings: Settings) -> None:
    _upload(anna, wav_file(700, 2.0))
    box = _box(tmp_path)
    _keep(box)
    shutil.rmtree(box / GREETINGS)
    (box / GREETINGS).mkdir()
    settings.FILES_DIR = tmp_path / "nowhere"
    _keep(box)
    assert greetings(box / GREETINGS)("101") == USUAL


@pytest.mark.law("RODO art. 5 ust. 1 lit. e")
def test_a_new_person_of_a_phone_does_not_get_the_old_voice(anna: Client, tmp_path: Path) -> None:
    _upload(anna, wav_file(700, 2.0))
    box = _box(tmp_path)
    _keep(box)
    jan = Account.objects.get(login="j.kos")
    Extension.objects.filter(pk="101").update(account=jan)
    _keep(box)
    assert seconds_of(greetings(box / GREETINGS)("101"), 700) == 0
    assert "Zwykłe powitanie, mówi je program" in office.client_of(jan).get(PAGE).content.decode()
    tasks.erase_messages(0)
    assert not Greeting.objects.exists()


def test_the_page_of_messages_leads_to_ones_own_greeting(anna: Client) -> None:
    page = anna.get("/urzad/telefony/poczta/").content.decode()
    assert f'href="{PAGE}"' in page
    assert "powitanie/102" not in page
