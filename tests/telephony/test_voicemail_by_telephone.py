"""One's own voicemail by telephone over started exchanges; its greetings also without the database."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from starostwo.office import testing as office
from starostwo.site import cluster as postgres
from starostwo.telephony.agent.outgoing import OutgoingCall
from starostwo.telephony.agent.tones import seconds_of, tone
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.agent.voicemail import Message
from starostwo.telephony.agent.wav import Recording, read
from starostwo.telephony.models import Greeting, VoiceMessage
from starostwo.telephony.services import voicemail
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import phone, run, until
from tests.telephony.buildings import Buildings, change, two_buildings
from tests.telephony.house import House, house, wait_until

pytestmark = pytest.mark.journey
FIRST, SECOND, VOICE = 2300, 2700, 3100  # hertz that spoken words have little of


@pytest.fixture(scope="module")
def here(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="house-"))
    try:
        with house(folder, django_db_blocker) as made:
            yield made
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def buildings(here: House) -> Buildings:
    made, _ = two_buildings()
    return made


def _leave(folder: Path, name: str, hz: float, ago: timedelta) -> None:
    recording = Recording(folder / f"{name}.wav")
    recording.write(tone(hz, 1.5))
    now = datetime.now(UTC)
    seconds = recording.finish()
    message = Message(name, "101", "102", "", name, now - ago, folder / f"{name}.wav", seconds)
    voicemail.take(message, now=now)


async def _called(agent: UserAgent) -> OutgoingCall:
    return await (await agent.call(f"sip:101@{DOMAIN}")).wait_until_up()


async def _hear_delete_and_greet(first: UserAgent, acts: Path) -> None:
    call = await _called(first)
    assert await call.hears(FIRST, 0.5, within=15.0)
    call.media.send_digits("2")
    assert await call.hears(SECOND, 0.5, within=10.0)
    call.media.send_digits("3")
    await asyncio.sleep(0.5)
    call.media.send_digits("0")
    await until(lambda: any(acts.glob("*.part")), within=20.0)
    call.media.play_tone(VOICE)
    await asyncio.sleep(2.0)
    call.media.send_digits("#")
    await asyncio.sleep(0.5)
    call.media.send_digits("#")
    await asyncio.wait_for(call.over.wait(), 10)


def test_messages_are_heard_and_a_greeting_is_recorded(
    here: House, buildings: Buildings, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.FILES_DIR = here.data / "files"
    change("101", has_voicemail=True, account=office.anna())
    _leave(tmp_path, "m1", FIRST, timedelta(hours=2))
    _leave(tmp_path, "m2", SECOND, timedelta(hours=1))
    here.start(*buildings.ports.values())
    box = here.data / "postgres" / "voip" / "A" / "box"
    wait_until(lambda: len(list(box.glob("own/101/*.wav"))) == 2, 20, here.printed)

    async def by_telephone() -> None:
        async with buildings.phone("101") as first:
            await _hear_delete_and_greet(first, box / "acts")

    run(by_telephone())
    wait_until(lambda: Greeting.objects.filter(pk="101", origin="PHONE").exists(), 10, here.printed)
    rows = {one.name: one for one in VoiceMessage.objects.all()}
    assert rows["m1"].heard_at is not None
    assert rows["m1"].deleted_at is None
    assert rows["m2"].deleted_at is not None
    said = box / "greetings" / "101.wav"
    wait_until(lambda: said.exists() and seconds_of(read(said), VOICE) > 1.0, 15, here.printed)
    wait_until(lambda: list(box.glob("own/101/*.wav")) == [], 15)
    assert list(box.glob("acts/*")) == []

    _without_the_database(here, box)


def _without_the_database(here: House, box: Path) -> None:
    """The database goes; who reaches the box hears the greeting, and its person is met as before."""
    [program] = {pid for pid in here.pids("telephony.agent.program") if str(box).encode() in _command(pid)}
    port = int(_command(program).split(b"\0")[5])
    postgres.stop(here.server)

    async def work() -> None:
        async with phone("102") as caller:
            target = f"sip:101@127.0.0.1:{port}"
            call = await (await caller.call(target, ("X-Mailbox", "101"))).wait_until_up()
            assert await call.hears(VOICE, 1.0, within=10.0)
            await call.hang_up()

    try:
        run(work())
    finally:
        postgres.start(here.server)
        connection.close()


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()
