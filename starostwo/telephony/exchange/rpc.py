"""Questions to a running exchange over the socket in its run folder: JSON-RPC in one datagram each way.

Source: JSON-RPC 2.0; Kamailio 5.6, module jsonrpcs. An answer is read up to a size and for a while; what is
longer or later did not come. The exchange writes to our socket, also as another user of the system.
"""

import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

SOCKET = "rpc.sock"
WITHIN_SECONDS = 1.0
LONGEST = 200_000


class NotRunning(Exception):
    """No exchange listens in this folder, or it may not be asked from here."""


class NoAnswer(Exception):
    """The exchange did not answer in time, answered too much, or what nobody understands."""


class Denied(NoAnswer):
    """The exchange answered that it will not do this, or knows no such thing."""


def ask(folder: Path, method: str, *params: str | float, within: float = WITHIN_SECONDS) -> Any:
    """The result of one command."""
    mark = secrets.randbelow(1 << 30)
    question = {"jsonrpc": "2.0", "method": method, "params": list(params), "id": mark}
    with _own_socket(folder) as own:
        own.settimeout(within)
        try:
            own.sendto(json.dumps(question).encode(), str(folder / SOCKET))
        except OSError as fault:
            raise NotRunning(folder.name) from fault
        return _answer(own, mark)


def _answer(own: socket.socket, mark: int) -> Any:
    try:
        text = own.recv(LONGEST + 1)
    except OSError as fault:
        raise NoAnswer("nie odpowiada") from fault
    if len(text) > LONGEST:
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
