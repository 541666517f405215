"""The client of clamd, the scanner's server: the file is streamed to it, over a local socket or TCP.

Protocol: clamd(8), command INSTREAM in its NUL-terminated form.
"""

import contextlib
import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 17
CONNECT_SECONDS = 5
ANSWER_SECONDS = 120
LONGEST_ANSWER = 4096
LENGTH = struct.Struct("!L")


class ScannerDown(Exception):
    """The scanner could not be reached or could not scan; the text says what it answered."""


@dataclass(frozen=True)
class Scanned:
    """The scanner's answer: the name of what it found, None when it found nothing."""

    found: str | None
    scanner: str


def scan(file: BinaryIO, *, address: str) -> Scanned:
    """Have the file scanned by the clamd at 'unix:/run/clamd.ctl' or 'host:port'."""
    version = ask_version(address)
    try:
        with _connect(address) as connection:
            answer = _stream(connection, file)
    except OSError as error:
        raise ScannerDown(str(error)) from error
    result = answer.removeprefix("stream: ")
    if result == "OK":
        return Scanned(None, version)
    if result.endswith(" FOUND"):
        return Scanned(result.removesuffix(" FOUND"), version)
    raise ScannerDown(answer or "brak odpowiedzi")


def ask_version(address: str) -> str:
    """Return the version of the scanner and of its signatures."""
    try:
        with _connect(address) as connection:
            connection.sendall(b"zVERSION\0")
            return _answer(connection)
    except OSError as error:
        raise ScannerDown(str(error)) from error


def _connect(address: str) -> socket.socket:
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(address.removeprefix("unix:"))
        except OSError:
            connection.close()
            raise
    else:
        host, _, port = address.rpartition(":")
        if not port.isdigit():
            raise ScannerDown(f"CLAMD={address}: podaj unix:/ścieżka albo serwer:port")
        connection = socket.create_connection((host, int(port)), timeout=CONNECT_SECONDS)
    connection.settimeout(ANSWER_SECONDS)
    return connection


def _stream(connection: socket.socket, file: BinaryIO) -> str:
    # clamd hangs up in the middle of a file that is over its limit, and has said why before
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        connection.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            connection.sendall(LENGTH.pack(len(chunk)) + chunk)
        connection.sendall(LENGTH.pack(0))
    return _answer(connection)


def _answer(connection: socket.socket) -> str:
    parts = b""
    while not parts.endswith(b"\0") and len(parts) < LONGEST_ANSWER:
        part = connection.recv(LONGEST_ANSWER)
        if not part:
            break
        parts += part
    return parts.rstrip(b"\0\n").decode("utf-8", "replace")
