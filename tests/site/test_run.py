"""`starostwo run`: starts on nothing, stops whole, and gets up again whatever was killed."""

import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress

import psycopg
import pytest

from starostwo.site import cluster
from tests.harness import CLUSTER, WORKER
from tests.site.machine import Machine, users

NEXT_START_WITHIN = 10.0
pytestmark = pytest.mark.journey
Make = Callable[..., Machine]


def _wait_for_none(machine: Machine, *, within: float) -> dict[int, str]:
    ends = time.monotonic() + within
    while machine.processes() and time.monotonic() < ends:
        time.sleep(0.2)
    return machine.processes()


PARTS = {
    "the database": ("-D", min),
    "the web server": ("-m starostwo.site.web", min),
    "a process of the web server": ("-m starostwo.site.web", max),
    "the worker": ("site worker", min),
}


def _pid(machine: Machine, part: str) -> int:
    word, first_or_last = PARTS[part]
    return first_or_last((pid for pid, command in machine.processes().items() if word in command), default=0)


@pytest.mark.parametrize("user", users())
def test_an_empty_folder_becomes_an_installation_that_stops_whole(machine: Make, user: str) -> None:
    installed = machine(user=user)

    installed.start()
    assert installed.health() == (200, {"status": "ok", "problems": []})
    assert installed.prints(f"http://localhost:{installed.port}")
    assert installed.stop(signal.SIGTERM) == 0
    assert installed.processes() == {}

    assert installed.start() < NEXT_START_WITHIN
    assert installed.stop(signal.SIGINT) == 0
    assert installed.processes() == {}


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_is_started_again(machine: Make, part: str) -> None:
    installed = machine(used=True)
    installed.start()
    killed = _pid(installed, part)

    os.kill(killed, signal.SIGKILL)
    ends = time.monotonic() + 30
    while _pid(installed, part) in {0, killed} and time.monotonic() < ends:
        time.sleep(0.1)

    installed.wait_until_healthy(within=60)
    assert _pid(installed, part) not in {0, killed}
    assert installed.stop() == 0
    assert installed.processes() == {}


def test_nothing_outlives_a_killed_supervisor(machine: Make) -> None:
    installed = machine(used=True)
    installed.start()

    installed.stop(signal.SIGKILL)

    assert _wait_for_none(installed, within=30) == {}
    installed.start()
    assert installed.stop() == 0


def test_everything_killed_at_once_is_survived(machine: Make) -> None:
    installed = machine(used=True)
    installed.start()

    assert installed.process is not None
    for pid in [installed.process.pid, *installed.processes()]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    installed.process.wait(10)

    installed.start()
    assert installed.stop() == 0
    assert installed.processes() == {}


def test_a_killed_first_start_is_survived(machine: Make) -> None:
    installed = machine()
    for after in (0.4, 1.5, 3.0):
        with pytest.raises(AssertionError, match="not healthy"):
            installed.start(within=after)
        installed.stop(signal.SIGKILL)

    installed.start()
    assert installed.stop() == 0


def test_an_interrupted_demonstration_is_begun_anew(machine: Make) -> None:
    installed = machine()
    assert installed.command("migrate").returncode == 0
    assert (
        installed.command(
            "user", "create", "polowa", "--given-name", "Iga", "--family-name", "Żak"
        ).returncode
        == 0
    )
    (installed.folder / "run" / "demo.unfinished").touch()

    installed.start()
    assert installed.stop() == 0

    assert installed.prints("zaczynam od nowa")
    assert "Nie ma konta pracownika polowa" in installed.command("user", "lock", "polowa").stderr


def test_a_taken_port_is_named_and_nothing_is_started(machine: Make) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        installed = machine(port=other.getsockname()[1])

        refused = installed.command("run", timeout=20)

    assert refused.returncode == 1
    assert f"Port {installed.port} jest zajęty" in refused.stderr
    assert installed.processes() == {}
    assert not (installed.folder / "postgres").exists()


def test_a_folder_is_run_once(machine: Make) -> None:
    installed = machine(used=True)
    installed.start()

    refused = installed.command("run", timeout=20)

    assert refused.returncode == 1
    assert "pracuje już inny proces" in refused.stderr
    assert installed.health()[0] == 200
    assert installed.stop() == 0


def test_tls_is_trusted_by_the_authority_of_the_demonstration(machine: Make) -> None:
    installed = machine(used=True, settings={"TLS": "1"})

    installed.start()

    assert installed.health()[0] == 200
    assert installed.prints(f"https://localhost:{installed.port}")
    assert installed.prints("urzad-certyfikacji-TEST.pem")
    assert installed.stop() == 0


def test_a_hidden_folder_has_its_cluster_elsewhere_and_says_where(machine: Make) -> None:
    installed = machine()
    installed.home.chmod(0o700)

    installed.start()
    assert installed.stop() == 0

    pointer = installed.folder / "postgres.place"
    assert pointer.exists() == (os.geteuid() == 0)
    assert cluster.at(installed.folder / "postgres").data.exists()
    assert installed.start() < NEXT_START_WITHIN
    assert installed.stop() == 0


def test_an_existing_server_is_used_instead(machine: Make) -> None:
    name = f"outside_{WORKER}"
    cluster.create_database(CLUSTER, name)
    urls = {"DATABASE_URL": CLUSTER.url(name), "DATABASE_OWNER_URL": CLUSTER.url(name, cluster.OWNER_ROLE)}
    try:
        installed = machine(settings=urls)
        installed.start()
        assert installed.stop() == 0
        assert not (installed.folder / "postgres").exists()
    finally:
        with psycopg.connect(CLUSTER.url("postgres", "postgres"), autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
