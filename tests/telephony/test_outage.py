"""The database goes away during calls and comes back; exchanges start without it; what dies comes back."""

import asyncio
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils.timezone import localdate, now

from starostwo.site import cluster as postgres
from starostwo.telephony.agent.call import Refused, State
from starostwo.telephony.agent.incoming import answering
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.models import BarredCaller, ExchangeState, Extension, PublicNumber, VoiceMessage
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import phone, run, until
from tests.telephony.buildings import Buildings, change, group, refused, talks, two_buildings
from tests.telephony.house import House, house, wait_until

PHONES_KNOWN_WITHIN = 3.0
BACK_WITHIN = 5.0  # seconds in which what was killed is there again


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
    group("800", "102", "103")
    PublicNumber.objects.update(rings="800")
    return made


@pytest.fixture(autouse=True)
def one_after_another(here: House, buildings: Buildings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    postgres.start(here.server)
    yield
    _start_database(here)
    if here.process and here.process.poll() is None:
        assert here.stop() == 0
    Extension.objects.update(has_voicemail=False)


def _start_database(here: House) -> None:
    postgres.start(here.server)
    connection.close()  # this thread's own went with the server


def _stop_database(here: House) -> None:
    postgres.stop(here.server)


async def _calls_without_the_database(buildings: Buildings, first: UserAgent) -> None:
    """What all phones of both buildings can do while nobody can be asked where calls go."""
    async with (
        buildings.phone("102", answering(hz=700)) as second,
        buildings.phone("201", answering(hz=1300)) as other,
        phone("operator", answering(hz=1500), port=buildings.trunk) as operator,
    ):
        await talks(first, "102", 700)
        await talks(first, "201", 1300)
        await talks(other, "102", 700)
        await talks(first, "112", 1500)
        await talks(other, "112", 1500)
        await talks(first, "800", 700)
        operator.client.proxy = ("127.0.0.1", buildings.ports["A"])
        await talks(operator, "+48422888100", 700)
        for dialled in ("102", "+48601234567", "112"):
            assert await refused(operator, dialled) == 404
        operator.client.proxy = None
        assert await refused(second, "105") == 480
        assert await refused(second, "601234567") == 480


def test_calls_go_on_while_the_database_is_away(here: House, buildings: Buildings) -> None:
    """Running calls, phones that sign in, calls inside, emergency calls, a message that waits."""
    after = here.start(*buildings.ports.values())

    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("104") as caller:
            async with buildings.phone("102", answering(hz=700)) as second:
                change("103", has_voicemail=True)
                running = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
                message = await (await caller.call(f"sip:103@{DOMAIN}")).wait_until_up()
                assert await message.hears(1000, within=15.0)
                message.media.play_tone(440)
                await asyncio.to_thread(_stop_database, here)
                await asyncio.sleep(1.5)
                await message.hang_up()
                assert await running.hears(700)
                assert second.calls[0].state is State.UP
                await running.hang_up()
            await asyncio.to_thread(here.says, "baza danych nie odpowiada", after=after)
            await _calls_without_the_database(buildings, first)

    run(work())
    [box] = (here.data / "postgres" / "voip" / "A").glob("box/ready/*.wav")
    _start_database(here)
    here.says("baza danych odpowiada", after=after)
    left = VoiceMessage.objects.filter(number="103", caller="104")
    wait_until(left.exists, 10)
    assert left.count() == 1
    assert not box.exists()
    wait_until(lambda: ExchangeState.objects.filter(state="RUNS").count() == 2, 10)


def test_exchanges_start_without_the_database(here: House, buildings: Buildings) -> None:
    here.start(*buildings.ports.values())
    assert here.stop() == 0
    _stop_database(here)
    after = here.start(*buildings.ports.values())
    here.says("z migawki", after=after)
    folder = here.data / "postgres" / "voip" / "A"
    assert {oct(file.stat().st_mode & 0o777) for file in (folder / "snapshot").iterdir()} == {"0o600"}

    async def work() -> None:
        async with buildings.phone("101") as first:
            await _calls_without_the_database(buildings, first)
            await asyncio.to_thread(postgres.start, here.server)
            await asyncio.to_thread(here.says, "baza danych odpowiada", after=after)
            async with buildings.phone("102", answering(hz=700)), buildings.phone("103", answering(hz=900)):
                change("102", forward_always="103")
                await talks(first, "102", 900)
                change("102", forward_always="")

    run(work())


def test_an_exchange_starts_from_what_an_older_program_wrote(here: House, buildings: Buildings) -> None:
    """It knew fewer tables; the others hold."""
    here.start(*buildings.ports.values())
    assert here.stop() == 0
    for code in buildings.ports:
        folder = here.data / "postgres" / "voip" / code / "snapshot"
        version = (folder / "version").read_text().splitlines(keepends=True)
        (folder / "version").write_text("".join(line for line in version if "barred" not in line))
        (folder / "barred").unlink()
    _stop_database(here)
    after = here.start(*buildings.ports.values())
    here.says("z migawki", after=after)

    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102", answering(hz=700)):
            await talks(first, "102", 700)

    run(work())


def test_barred_callers_stay_barred_without_the_database(here: House, buildings: Buildings) -> None:
    """Up to their last day; however the operator writes the number."""
    today = localdate()
    for number, last in (("+48601000001", today), ("+48601000002", today - timedelta(days=1))):
        BarredCaller.objects.create(number=number, why="groźby", until=last, set_at=now(), set_by="Olaf Bak")
    here.start(*buildings.ports.values())
    _stop_database(here)

    async def calls_in(operator: UserAgent, caller: str) -> int:
        operator.number = caller
        try:
            call = await (await operator.call(f"sip:+48422888100@{DOMAIN}")).wait_until_up()
        except Refused as refusal:
            return refusal.code
        await call.hang_up()
        return call.code

    async def work() -> None:
        exchange_a = ("127.0.0.1", buildings.ports["A"])
        async with (
            buildings.phone("102", answering(hz=700)),
            phone("operator", port=buildings.trunk, proxy=exchange_a) as operator,
        ):
            for caller in ("+48601000001", "48601000001", "0048601000001", "601000001"):
                assert await calls_in(operator, caller) == 403
            for caller in ("+48601000002", "+48601000003", "anonymous"):
                assert await calls_in(operator, caller) == 200

    run(work())


def test_what_is_killed_comes_back(here: House, buildings: Buildings) -> None:
    """A running call outlives its exchange; a message is kept up to the moment when the box died."""
    here.start(*buildings.ports.values())

    async def work() -> None:
        change("103", has_voicemail=True)
        async with buildings.phone("101") as first, buildings.phone("102", answering(hz=700)) as second:
            running = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            file = here.data / "postgres" / "voip" / "A" / "phones.json"
            await until(
                lambda: file.exists() and second.contact in file.read_text(), within=15
            )  # not what an earlier run left
            await asyncio.to_thread(_kill, here, f"{here.data}/postgres/voip/A/kamailio.cfg")
            assert await running.hears(700)
            await running.hang_up()
            await asyncio.sleep(PHONES_KNOWN_WITHIN)
            await talks(first, "102", 700)  # it has not signed in again
            assert second.calls == []
            message = await (await first.call(f"sip:103@{DOMAIN}")).wait_until_up()
            assert await message.hears(1000, within=15.0)
            message.media.play_tone(440)
            await asyncio.sleep(1.5)
            await asyncio.to_thread(_kill, here, "telephony.agent.program")
            message.media.close()

    run(work())
    wait_until(lambda: VoiceMessage.objects.filter(number="103", caller="101").exists(), 10)
    assert VoiceMessage.objects.get(number="103", caller="101").seconds >= 1


def _kill(here: House, word: str) -> None:
    """Kill -9 the first process with the word, and wait until another one works in its place."""
    before = here.pids(word)
    os.kill(before[0], signal.SIGKILL)
    began = time.monotonic()
    wait_until(lambda: set(here.pids(word)) - set(before), BACK_WITHIN)
    time.sleep(1.0)
    assert time.monotonic() - began < BACK_WITHIN
