"""Voice messages: from the folder of a box into the store, to whom they are, their screen, their end."""

import io
import wave
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from starostwo.channels.models import Mail
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.telephony import tasks, testing
from starostwo.telephony.agent.tones import tone
from starostwo.telephony.agent.voicemail import Message, write_card
from starostwo.telephony.agent.wav import Recording
from starostwo.telephony.models import Extension, VoiceMessage
from starostwo.telephony.queries import voicemail as queries
from starostwo.telephony.services import voicemail

pytestmark = pytest.mark.django_db
LIST = "/urzad/telefony/poczta/"
Leave = Callable[..., Message]


@pytest.fixture(autouse=True)
def here() -> None:
    office.make_office()
    node = testing.make_node("A")
    anna = office.anna()
    Account.objects.filter(pk=anna.pk).update(email="anna@urzad.test")
    testing.make_phone("101", node, account=anna, label="p. 101")
    jan = office.make_staff("j.kos", "Jan Kos", unit="OR")
    testing.make_phone("102", node, account=jan, label="p. 102")
    testing.make_phone("103", node, label="Sala")
    testing.make_group("800", node, *Extension.objects.filter(pk__in=["101", "102"]), has_voicemail=True)


@pytest.fixture
def anna() -> Client:
    return office.client_of(Account.objects.get(login="a.nowak"))


@pytest.fixture
def leave(tmp_path: Path) -> Leave:
    """Put a message into the folder as the box does."""

    def put(
        number: str, name: str = "m1", caller: str = "+48601234567", at: datetime = testing.NOW
    ) -> Message:
        recording = Recording(tmp_path / f"{name}.wav")
        recording.write(tone(440, 1.4))
        seconds = recording.finish()
        message = Message(name, number, caller, "", f"{name}@box", at, tmp_path / f"{name}.wav", seconds)
        write_card(message)
        return message

    return put


def _collect(folder: Path) -> int:
    return voicemail.collect(folder, now=testing.NOW)


def test_a_message_goes_into_the_store_and_its_person_is_told(leave: Leave, tmp_path: Path) -> None:
    leave("101")
    assert _collect(tmp_path) == 1

    message = VoiceMessage.objects.get()
    assert (message.account and message.account.login, message.group, message.seconds) == ("a.nowak", None, 1)
    with wave.open(io.BytesIO(files.open_blob(message.blob.sha256).read())) as sound:
        assert sound.getnframes() == 1.4 * 8000
    mail = Mail.objects.get()
    assert (mail.to, "Skrzynka 101" in mail.body, "601" in mail.body) == ("anna@urzad.test", True, False)
    assert list(tmp_path.iterdir()) == []


def test_a_message_of_a_group_is_told_to_its_members(leave: Leave, tmp_path: Path) -> None:
    Account.objects.filter(login="j.kos").update(email="jan@urzad.test")
    leave("800")
    _collect(tmp_path)

    assert VoiceMessage.objects.get().group_id == "800"
    assert set(Mail.objects.values_list("to", flat=True)) == {"anna@urzad.test", "jan@urzad.test"}


def test_a_message_that_came_twice_is_kept_once(leave: Leave, tmp_path: Path) -> None:
    leave("101")
    _collect(tmp_path)
    leave("101")
    assert _collect(tmp_path) == 0
    assert (VoiceMessage.objects.count(), Mail.objects.count()) == (1, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_message_for_a_number_that_is_gone_is_kept_too(leave: Leave, tmp_path: Path) -> None:
    leave("199")
    assert _collect(tmp_path) == 1
    message = VoiceMessage.objects.get()
    assert (message.account, message.group) == (None, None)
    assert list(queries.messages(testing.admin(), queries.NEW)) == [message]


def test_without_the_store_everything_waits(leave: Leave, tmp_path: Path, settings: Settings) -> None:
    """The database away is played in test_outage.py; here the folder of the store is."""
    leave("101")
    settings.FILES_DIR = tmp_path / "m1.wav" / "no folder"
    with pytest.raises(OSError, match="m1"):
        _collect(tmp_path)
    assert VoiceMessage.objects.count() == 0
    assert {file.name for file in tmp_path.iterdir()} == {"m1.wav", "m1.json"}


def test_who_hears_what(leave: Leave, tmp_path: Path, anna: Client) -> None:
    for nth, number in enumerate(("101", "102", "103", "800")):
        leave(number, f"m{nth}")
    _collect(tmp_path)
    ids = {row.number: row.pk for row in VoiceMessage.objects.all()}
    stranger = office.client_of(office.make_staff("x.obcy", "Iks Obcy", unit="OR"))
    admin = office.client_of(Account.objects.get(pk=testing.admin().account_id))

    def heard(client: Client) -> set[str]:
        return {
            number for number, pk in ids.items() if client.get(f"{LIST}{pk}/nagranie/").status_code == 200
        }

    assert heard(anna) == {"101", "800"}
    assert heard(stranger) == set()
    assert heard(admin) == {"103"}
    for act in ("odsluchanie", "usuniecie"):
        assert stranger.post(f"{LIST}{ids['101']}/{act}/").status_code == 404
    assert VoiceMessage.objects.filter(heard_at=None, deleted_at=None).count() == 4


def test_a_new_person_of_a_phone_does_not_hear_old_messages(leave: Leave, tmp_path: Path) -> None:
    leave("101")
    _collect(tmp_path)
    jan = Account.objects.get(login="j.kos")
    Extension.objects.filter(pk="101").update(account=jan)
    address = f"{LIST}{VoiceMessage.objects.get().pk}/nagranie/"
    assert office.client_of(jan).get(address).status_code == 404


def test_the_list_plays_marks_and_deletes(
    leave: Leave, tmp_path: Path, anna: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    leave("101", "m1")
    leave("800", "m2", caller="102", at=testing.NOW - timedelta(hours=1))
    _collect(tmp_path)
    anna.get(LIST)
    with django_assert_num_queries(8):
        shown = anna.get(LIST).content.decode()
    assert "601 234 567" in shown
    assert "102</a> Jan Kos" in shown
    assert "Grupa 800" in shown
    assert shown.count("<audio") == 2
    pk = VoiceMessage.objects.get(name="m1").pk

    sound = anna.get(f"{LIST}{pk}/nagranie/")
    assert sound["Content-Type"] == "audio/wav"
    assert b"".join(sound)[:4] == b"RIFF"  # type: ignore[arg-type]
    anna.post(f"{LIST}{pk}/odsluchanie/")
    assert "601 234 567" not in anna.get(LIST).content.decode()
    assert "601 234 567" in anna.get(f"{LIST}?stan=wszystkie").content.decode()
    anna.post(f"{LIST}{pk}/usuniecie/", {"usun": ""})
    assert "601 234 567" not in anna.get(f"{LIST}?stan=wszystkie").content.decode()
    assert "601 234 567" in anna.get(f"{LIST}?stan=usuniete").content.decode()
    anna.post(f"{LIST}{pk}/usuniecie/", {"przywroc": ""})
    assert VoiceMessage.objects.get(pk=pk).deleted_at is None
    assert anna.get(f"{LIST}?stan=inne").status_code == 404


def test_the_book_says_how_many_are_new(leave: Leave, tmp_path: Path, anna: Client) -> None:
    leave("101")
    _collect(tmp_path)
    assert "Nowe wiadomości głosowe: 1" in anna.get("/urzad/telefony/").content.decode()


@pytest.mark.law("RODO art. 5 ust. 1 lit. e")
@pytest.mark.parametrize(
    ("began_days_ago", "deleted_days_ago", "stays"),
    [(0, None, True), (89, None, True), (91, None, False), (10, 6, True), (10, 8, False)],
)
def test_messages_end_in_time(
    leave: Leave, tmp_path: Path, began_days_ago: int, deleted_days_ago: int | None, stays: bool
) -> None:
    now = datetime.now(UTC)
    leave("101", at=now - timedelta(days=began_days_ago))
    voicemail.collect(tmp_path, now=now)
    if deleted_days_ago is not None:
        VoiceMessage.objects.update(deleted_at=now - timedelta(days=deleted_days_ago))

    tasks.erase_messages(0)

    assert VoiceMessage.objects.exists() == stays
