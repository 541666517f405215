"""Calls that an exchange wrote down: taken once, whole ones only, none lost while the database is away."""

import asyncio
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from starostwo.site import cluster as postgres
from starostwo.telephony import testing
from starostwo.telephony.agent.incoming import answering
from starostwo.telephony.exchange import rows
from starostwo.telephony.models import Call, CallLeg
from starostwo.telephony.services import calls
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import run
from tests.telephony.buildings import Buildings, refused, talks, two_buildings
from tests.telephony.house import House, house, wait_until

BEGUN = f"{testing.NOW.timestamp():.6f}"
SAID = {
    "callid": "a b=c@101 ł", "node": "A", "source": "phone", "caller": "101", "dialled": "102",
    "kind": "user", "target": "102", "begun": BEGUN, "answered": f"{testing.NOW.timestamp() + 3:.6f}",
    "ended": f"{testing.NOW.timestamp() + 63:.6f}", "code": "200",
}  # fmt: skip


def _write(folder: Path, name: str = f"{BEGUN}-12-34", end: str = "end\n", **more: str) -> Path:
    """A file as Kamailio writes it."""
    place = folder / rows.FOLDER
    place.mkdir(exist_ok=True)
    said = SAID | more
    text = " ".join(f"{name}={said.get(name, '').encode().hex()}" for name in rows.FIELDS)
    file = place / name
    file.write_text(f"{text} {end}", encoding="ascii")
    return file


@pytest.fixture
def office(db: None) -> None:
    node = testing.make_node("A")
    testing.make_phone("101", node)
    testing.make_phone("102", node)


def _take(folder: Path) -> int:
    return calls.take_written(folder, now=testing.NOW)


@pytest.mark.usefixtures("office")
def test_a_written_call_becomes_a_record(tmp_path: Path) -> None:
    file = _write(tmp_path)
    assert _take(tmp_path) == 1
    calls.collect(now=testing.NOW)
    call = Call.objects.get()
    assert (call.sip_id, call.result, call.waited_seconds, call.talked_seconds) == (
        SAID["callid"], "ANSWERED", 3, 60
    )  # fmt: skip
    assert not file.exists()


@pytest.mark.usefixtures("office")
def test_a_file_that_is_taken_twice_leaves_one_record(tmp_path: Path) -> None:
    """The run was killed between the row and the end of the file, before or after the call was made of it."""
    _write(tmp_path)
    _take(tmp_path)
    _write(tmp_path)
    _take(tmp_path)
    calls.collect(now=testing.NOW)
    _write(tmp_path)
    _take(tmp_path)
    calls.collect(now=testing.NOW)
    assert (CallLeg.objects.count(), Call.objects.count()) == (1, 1)
    assert rows.waiting(tmp_path, 10) == []


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("end", ["", "en", "end", "end\nend\n"])
def test_a_half_written_file_waits_and_is_put_away(tmp_path: Path, end: str) -> None:
    file = _write(tmp_path, end=end)
    whole = _write(tmp_path, f"{BEGUN}-1-1", callid="other")
    written = testing.NOW.timestamp() - rows.HALF_FOR
    os.utime(file, (written + 5, written + 5))
    assert _take(tmp_path) == 1
    assert (file.exists(), whole.exists(), CallLeg.objects.get().callid) == (True, False, "other")
    os.utime(file, (written - 5, written - 5))
    assert _take(tmp_path) == 0
    assert [one.name for one in (tmp_path / rows.FOLDER / rows.BROKEN).iterdir()] == [file.name]


@pytest.mark.usefixtures("office")
def test_an_empty_file_and_strange_bytes_hold_nothing_up(tmp_path: Path) -> None:
    (_write(tmp_path, f"{BEGUN}-1-1")).write_bytes(b"")
    (_write(tmp_path, f"{BEGUN}-1-2")).write_bytes(b"callid=zz end\n")
    (_write(tmp_path, f"{BEGUN}-1-3")).write_bytes(bytes(range(256)) * 200)
    _write(tmp_path, f"{BEGUN}-1-4", caller="\0\x1f' OR 1=1")
    assert _take(tmp_path) == 1
    calls.collect(now=testing.NOW)
    assert Call.objects.count() == 1


@pytest.fixture(scope="module")
def here(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[House]:
    folder = Path(tempfile.mkdtemp(prefix="house-"))
    try:
        with house(folder, django_db_blocker) as made:
            yield made
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def buildings(here: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Buildings]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    made, _ = two_buildings()
    yield made
    postgres.start(here.server)
    connection.close()


def test_calls_that_end_while_the_database_is_away_are_recorded_once(
    here: House, buildings: Buildings
) -> None:
    """Meanwhile the run and the exchange are killed -9, and start without the database."""
    ports = tuple(buildings.ports.values())
    here.start(*ports)

    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102", answering(hz=700)):
            running = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            await asyncio.to_thread(postgres.stop, here.server)
            assert await running.hears(700, within=15)
            await running.hang_up()
            await talks(first, "102", 700)
            await refused(first, "105")
        await asyncio.to_thread(_kill_and_start, here, ports)
        async with buildings.phone("101") as first, buildings.phone("201", answering(hz=900)):
            await talks(first, "201", 900)

    run(work())
    folder = here.data / "postgres" / "voip"
    wait_until(lambda: _waiting(folder) == (4, 2), 15, lambda: _waiting(folder))  # B was asked for 105 too
    postgres.start(here.server)
    connection.close()
    wait_until(lambda: CallLeg.objects.count() == 6, 30, here.printed)
    calls.collect(now=testing.NOW)
    made = Call.objects.order_by("begun_at")
    assert [(one.caller, one.dialled, one.result) for one in made] == [
        ("101", "102", "ANSWERED"), ("101", "102", "ANSWERED"), ("101", "105", "MISSED"),
        ("101", "201", "ANSWERED"),
    ]  # fmt: skip
    assert _waiting(folder) == (0, 0)


def _waiting(folder: Path) -> tuple[int, int]:
    return len(rows.waiting(folder / "A", 9)), len(rows.waiting(folder / "B", 9))


def _kill_and_start(here: House, ports: tuple[int, ...]) -> None:
    """All programs of the house die at once; the next run begins from what is on the disk."""
    assert here.process is not None
    here.process.send_signal(signal.SIGKILL)
    here.process.wait()
    for pid in here.pids("kamailio.cfg"):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    wait_until(lambda: not here.pids("kamailio.cfg"), 15)
    time.sleep(0.5)
    here.start(*ports)
