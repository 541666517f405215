"""`starostwo run` and the exchanges of its nodes."""

import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from starostwo.site import cluster, exchange_services, installation
from tests.site.machine import Machine

Make = Callable[..., Machine]
ITS_PROGRAMS = 4  # Kamailio with some processes of its own, the voicemail box
SEAT = """
INSERT INTO office_seat (code, name, street, building, postcode, town, opening_hours)
VALUES ('S', 'Siedziba', 'Sadowa', '6', '95-100', 'Zgierz', '') RETURNING id
"""
NODE = """
INSERT INTO telephony_node (code, name, seat_id, host, port, mode)
VALUES (%s, 'Budynek', %s, '127.0.0.1', %s, 'BY_HOURS')
"""


def _udp_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.journey
def test_exchanges_start_with_their_nodes_and_stop_whole(machine: Make) -> None:
    """A node entered on the screen runs without a restart; a taken port is named and the rest works on."""
    installed = machine(used=True, settings={"TELEPHONY": "1"})
    installed.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        taken, free = other.getsockname()[1], _udp_port()
        url = cluster.at(installed.folder / "postgres").url()
        with psycopg.connect(url) as database:
            seat = database.execute(SEAT).fetchone()
            assert seat is not None
            database.execute(NODE, ["A", seat[0], free])
            database.execute(NODE, ["B", seat[0], taken])
        assert installed.prints(f"Telefonia: centrala A słucha na 127.0.0.1:{free}", within=30)
        assert installed.prints(f"port 127.0.0.1:{taken} (UDP) centrali B zajmuje inny program")
        assert installed.health()[0] == 200

        installed.stop(signal.SIGKILL)
        ends = time.monotonic() + 30
        while _exchanges(installed) and time.monotonic() < ends:
            time.sleep(0.2)
        assert _exchanges(installed) == []

        installed.start()
        ends = time.monotonic() + 30
        while len(_exchanges(installed)) < ITS_PROGRAMS and time.monotonic() < ends:
            time.sleep(0.2)
        assert len(_exchanges(installed)) >= ITS_PROGRAMS
        assert installed.stop() == 0
    assert installed.processes() == {}
    assert _exchanges(installed) == []


def _exchanges(installed: Machine) -> list[str]:
    """Programs of the exchanges, whoever started them."""
    mark = f"STAROSTWO_GUARDED_BY={installed.folder}#".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            is_ours = mark in (folder / "environ").read_bytes()
            is_alive = (folder / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
            if is_ours and is_alive:
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def test_without_kamailio_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "voip" in [service.name for service in installation.services()]
    monkeypatch.setattr(exchange_services, "SIGN", Path("/nowhere/db_postgres.so"))

    assert "voip" not in [service.name for service in installation.services()]
    [line] = [line for line in installation.welcome() if "Telefonia" in line]
    assert line.endswith("apt-get install --no-install-recommends kamailio kamailio-postgres-modules")
