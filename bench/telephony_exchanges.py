"""Kamailio and rtpengine as they run under load: started for one measurement, gone after it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.sipp import HERE
from tests.telephony.registrar import PROGRAM, free_port, wait_until_it_answers

SHARED_MIB = "256"
ANSWERS_WITHIN, PING = 15.0, "d7:command4:pinge"
RELAY = shutil.which("rtpengine") or "/usr/bin/rtpengine"
FIRST_PORT, LAST_PORT = 20_000, 29_999  # four a call
COMES, CALLS, WITHIN = "request_route {\n", "\trecord_route();\n", "\tif (has_totag()) {\n"
MODULE = """\
loadmodule "rtpengine.so"
modparam("rtpengine", "rtpengine_sock", "udp:{orders}")

onreply_route {{
	if (is_method("INVITE") && has_body("application/sdp")) rtpengine_answer();
}}

"""


class DoesNotAnswer(Exception):
    """rtpengine did not start; the text is where it was asked."""


class NotTheseWords(Exception):
    """The configuration has no place of this kind any more; the text is what was looked for."""


def anchored(text: str, orders: str) -> str:
    """The same configuration, with the sound of every call led through rtpengine."""
    before, comes, rest = text.partition(COMES)
    for place in (CALLS, WITHIN):
        if place not in rest:
            raise NotTheseWords(place)
    rest = rest.replace(WITHIN, f'\tif (is_method("BYE")) rtpengine_delete();\n{WITHIN}', 1)
    rest = rest.replace(CALLS, f"{CALLS}\trtpengine_offer();\n", 1)
    return before + MODULE.format(orders=orders) + comes + rest


@contextmanager
def relay() -> Iterator[str]:
    """A running rtpengine; yields where it takes orders."""
    orders = f"{HERE}:{free_port()}"
    command = [
        RELAY, "--foreground", "--log-stderr", "--log-level=3", "--table=-1", "--delete-delay=0",
        f"--interface={HERE}", f"--listen-ng={orders}", f"--port-min={FIRST_PORT}", f"--port-max={LAST_PORT}",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(orders, process)
        yield orders
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def _wait_for(orders: str, process: "subprocess.Popen[bytes]") -> None:
    """Kamailio looks for rtpengine once at its start, and then not for a minute."""
    host, _, port = orders.partition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        asker.settimeout(0.1)
        end = time.monotonic() + ANSWERS_WITHIN
        while time.monotonic() < end and process.poll() is None:
            asker.sendto(f"{time.monotonic_ns()} {PING}".encode(), (host, int(port)))
            try:
                asker.recv(1000)
            except OSError:
                continue
            return
    raise DoesNotAnswer(orders)


@contextmanager
def kamailio(written: Callable[[Path], str], port: int, socket_folder: Path) -> Iterator[None]:
    """Run it until the block ends, as the user who may reach the socket of the database."""
    folder = Path(tempfile.mkdtemp(prefix="bench-exchange-"))
    file, log = folder / "kamailio.cfg", folder / "log"
    file.write_text(written(folder), encoding="utf-8")
    owner = socket_folder.stat().st_uid if os.geteuid() == 0 else None
    if owner is not None:
        for its in (folder, *folder.rglob("*")):
            shutil.chown(its, owner)
    with log.open("wb") as printed:
        process = subprocess.Popen(
            [PROGRAM, "-f", file, "-P", folder / "pid", "-Y", folder, "-DD", "-E", "-m", SHARED_MIB],
            stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True,
            user=owner, env={"PGHOST": str(socket_folder), "TZ": "UTC", "PATH": os.environ["PATH"]},
        )  # fmt: skip
    try:
        wait_until_it_answers(process, port, log)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder)
