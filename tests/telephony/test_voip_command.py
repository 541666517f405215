"""`starostwo voip`: the exchange as a program of the office's own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from starostwo.telephony import testing
from starostwo.telephony.agent.call import Refused
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.models import ExchangeState, Node
from starostwo.telephony.services import phones
from starostwo.telephony.services.phones import DOMAIN
from tests.ports import free_port
from tests.telephony.agents import phone, run
from tests.telephony.house import wait_until
from tests.telephony.registrar import wait_until_it_answers

ROOT = Path(__file__).resolve().parents[2]
START = [sys.executable, "-m", "starostwo.site", "voip"]


@pytest.fixture
def node(committed_database: str) -> Node:
    testing.load_numbers()
    node = testing.make_node("A", port=free_port())
    testing.make_phone("101", node)
    return node


@pytest.fixture
def surroundings(committed_database: str, tmp_path: Path) -> dict[str, str]:
    tmp_path.chmod(0o755)
    return os.environ | {
        "DATABASE_URL": committed_database,
        "DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }


def test_it_runs_is_killed_comes_back_and_stops_whole(node: Node, surroundings: dict[str, str]) -> None:
    password = phones.new_password("101", actor=testing.admin(), now=testing.NOW)
    log = Path(surroundings["DATA_DIR"]) / "printed"
    with log.open("wb") as printed:
        process = subprocess.Popen(
            [*START, "run", "A"], env=surroundings, stdout=printed, stderr=subprocess.STDOUT, cwd=ROOT
        )
    try:
        wait_until(lambda: f":{node.port} (UDP)" in log.read_text(), 60, log.read_text)
        wait_until_it_answers(process, node.port, log)
        _registers(node, password)
        _switchboard, _box, kamailio = _children(process.pid)
        os.killpg(kamailio, signal.SIGKILL)
        time.sleep(0.3)
        wait_until_it_answers(process, node.port, log)
        _registers(node, password)
        assert "wznawiam" in log.read_text(encoding="utf-8")
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert "zatrzymana" in log.read_text(encoding="utf-8")
    with pytest.raises(AssertionError):
        _registers(node, password)


def test_the_configuration_is_printed_and_an_unknown_node_named(
    node: Node, surroundings: dict[str, str]
) -> None:
    shown = subprocess.run(
        [*START, "config", "a"], env=surroundings, capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert f"listen=udp:127.0.0.1:{node.port}" in shown.stdout
    assert not re.search(r"@[A-Z_]{2,}@", shown.stdout)
    unknown = subprocess.run(
        [*START, "run", "Z"], env=surroundings, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (unknown.returncode, "są: A" in unknown.stderr) == (1, True)


def test_a_taken_port_and_another_machines_address_are_named(
    node: Node, surroundings: dict[str, str]
) -> None:
    Node.objects.create(code="B", name="B", seat=node.seat, host="192.0.2.7", port=5060)
    log = Path(surroundings["DATA_DIR"]) / "printed"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other, log.open("wb") as printed:
        other.bind(("127.0.0.1", node.port))
        process = subprocess.Popen(
            [*START, "run"], env=surroundings, stdout=printed, stderr=subprocess.STDOUT, cwd=ROOT
        )
        try:
            wait_until(lambda: "192.0.2.7, którego ten komputer nie ma" in log.read_text(), 20, log.read_text)
            assert "(UDP) centrali A zajmuje inny program" in log.read_text()
            wait_until(lambda: ExchangeState.objects.filter(node=node, state="TAKEN").exists(), 5)
            assert not ExchangeState.objects.filter(node__code="B").exists()
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
    elsewhere = subprocess.run(
        [*START, "run", "B"], env=surroundings, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (elsewhere.returncode, "tamtym budynku" in elsewhere.stderr) == (1, True)


def _registers(node: Node, password: str) -> None:
    async def work() -> None:
        told = {"credentials": Credentials.from_password("101", DOMAIN, password)}
        async with phone("101", proxy=("127.0.0.1", node.port), **told) as agent:
            try:
                assert await agent.register(60) == 60
            except Refused as refused:
                raise AssertionError(refused) from refused
            await agent.unregister()

    run(work())


def _children(parent: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(parent)], capture_output=True, text=True, check=True)
    return [int(line) for line in found.stdout.split()]
