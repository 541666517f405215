"""Questions to a running exchange in its run folder: JSON-RPC in one datagram each way, lists through a pipe.

Source: JSON-RPC 2.0; Kamailio 5.6, module jsonrpcs. A datagram of Kamailio holds 64 KB, which the list of a
hundred phones is longer than, and it then answers nothing; its pipes (FIFO) have no such limit. An answer is
read up to a size and for a while; what is longer or later did not come. The exchange writes to our socket and
our pipe, also as another user of the system.
"""

import json
import os
import secrets
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

SOCKET, PIPE = "rpc.sock", "rpc.fifo"
WITHIN_SECONDS = 1.0
LONGEST, LONGEST_LIST = 65_536, 8_000_000  # bytes; a phone takes about 900, a call about 1,500
AT_ONCE = 65_536


class NotRunning(Exception):
    """No exchange listens in this folder, or it may not be asked from here."""


class NoAnswer(Exception):
    """The exchange did not answer in time, answered too much, or what nobody understands."""


class Denied(NoAnswer):
    """The exchange answered that it will not do this, or knows no such thing."""


def ask(folder: Path, method: str, *params: str | float, within: float = WITHIN_SECONDS) -> Any:
    """The result of one command."""
    mark, question = _question(method, params)
    with _own_socket(folder) as own:
        own.settimeout(within)
        try:
            own.sendto(json.dumps(question).encode(), str(folder / SOCKET))
        except OSError as fault:
            raise NotRunning(folder.name) from fault
        try:
            text = own.recv(LONGEST + 1)
        except OSError as fault:
            raise NoAnswer("nie odpowiada") from fault
    return _result(text, mark, LONGEST)


def ask_list(folder: Path, method: str, *params: str | float, within: float = WITHIN_SECONDS) -> Any:
    """The result of a command that lists: phones, calls; however many there are."""
    mark, question = _question(method, params)
    with _own_pipe(folder) as (name, own):
        try:
            asked = os.open(folder / PIPE, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as fault:
            raise NotRunning(folder.name) from fault
        try:
            os.write(asked, json.dumps(question | {"reply_name": name}).encode())
        finally:
            os.close(asked)
        return _result(_read_all(own, within), mark, LONGEST_LIST)


def _question(method: str, params: tuple[str | float, ...]) -> tuple[int, dict[str, Any]]:
    mark = secrets.randbelow(1 << 30)
    return mark, {"jsonrpc": "2.0", "method": method, "params": list(params), "id": mark}


def _read_all(own: int, within: float) -> bytes:
    """What comes through the pipe until its writer closes it."""
    found, end = bytearray(), time.monotonic() + within
    while (left := end - time.monotonic()) > 0 and select.select([own], [], [], left)[0]:
        part = os.read(own, AT_ONCE)
        found += part
        if found and (not part or len(found) > LONGEST_LIST):
            return bytes(found)
        if not part:
            time.sleep(0.001)  # nobody writes yet
    raise NoAnswer("nie odpowiada")


def _result(text: bytes, mark: int, longest: int) -> Any:
    if len(text) > longest:
        raise NoAnswer("odpowiedź jest za długa")
    try:
        told = json.loads(text)
    except ValueError as fault:
        raise NoAnswer("odpowiedź jest nieczytelna") from fault
    if not isinstance(told, dict) or told.get("id") != mark:
        raise NoAnswer("odpowiedź jest na co innego")
    if "error" in told:
        raise Denied("centrala odmówiła odpowiedzi")
    return told.get("result")


@contextmanager
def _own_socket(folder: Path) -> Iterator[socket.socket]:
    """A socket beside that of the exchange, gone afterwards."""
    place = folder / f"ask-{os.getpid()}-{secrets.token_hex(4)}.sock"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
        try:
            own.bind(str(place))
            place.chmod(0o666)  # the folder lets in the exchange's user alone
        except OSError as fault:
            raise NotRunning(folder.name) from fault
        try:
            yield own
        finally:
            with suppress(OSError):
                place.unlink()


@contextmanager
def _own_pipe(folder: Path) -> Iterator[tuple[str, int]]:
    """A pipe beside that of the exchange, open for reading, gone afterwards; its name and descriptor."""
    name = f"ask-{os.getpid()}-{secrets.token_hex(4)}"  # Kamailio takes no dot in it
    place = folder / name
    try:
        os.mkfifo(place)
    except OSError as fault:
        raise NotRunning(folder.name) from fault
    try:
        place.chmod(0o666)  # the folder lets in the exchange's user alone
        own = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
        try:
            yield name, own
        finally:
            os.close(own)
    finally:
        with suppress(OSError):
            place.unlink()
