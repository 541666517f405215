"""A real Kamailio for the tests of the agent: a registrar and proxy without a database."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starostwo.telephony.agent.digest import ha1
from tests.ports import free_port
from tests.telephony.agents import DOMAIN

CONFIGURATION = Path(__file__).with_name("registrar.cfg")
PROGRAM = shutil.which("kamailio", path=os.environ.get("PATH", "") + ":/usr/sbin") or "/usr/sbin/kamailio"
PASSWORDS = {number: f"only-for-{number}" for number in ("101", "102", "103")}
ORDINARY = "nobody"  # the server does not run as root
QUESTION = (
    "OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{number}\r\n"
    "From: <sip:t@t>;tag=1\r\nTo: <sip:t@t>\r\nCall-ID: {number}\r\nCSeq: 1 OPTIONS\r\n\r\n"
)


@contextmanager
def registrar() -> Iterator[tuple[str, int]]:
    """Start it in a folder of its own, wait until it answers, and stop it; yields its address."""
    folder = Path(tempfile.mkdtemp(prefix="kamailio-"))
    port = free_port()
    text = CONFIGURATION.read_text(encoding="utf-8").replace("@PORT@", str(port)).replace("@DOMAIN@", DOMAIN)
    for number, password in PASSWORDS.items():
        text = text.replace(f"@HA1_{number}@", ha1(number, DOMAIN, password))
    (folder / "kamailio.cfg").write_text(text, encoding="utf-8")
    is_root = os.geteuid() == 0
    if is_root:
        shutil.chown(folder, ORDINARY)
        shutil.chown(folder / "kamailio.cfg", ORDINARY)
    places = ["-f", folder / "kamailio.cfg", "-P", folder / "pid", "-Y", folder]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [PROGRAM, *places, "-DD", "-E", "-m", "32"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            user=ORDINARY if is_root else None,
        )  # fmt: skip
    try:
        wait_until_it_answers(process, port, folder / "log")
        yield "127.0.0.1", port
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder)


def wait_until_it_answers(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Ask with OPTIONS until somebody answers at the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        asker.bind(("127.0.0.1", 0))
        asker.settimeout(0.1)
        end = time.monotonic() + 40
        while time.monotonic() < end and process.poll() is None:
            number = str(time.monotonic_ns())
            question = QUESTION.format(port=asker.getsockname()[1], number=number)
            asker.sendto(question.encode(), ("127.0.0.1", port))
            try:
                asker.recv(2000)
            except OSError:
                continue
            return
    raise AssertionError(log.read_text(errors="replace")[-3000:])
