"""Asks the office's directory (LDAP) whether a password is right: one bind, nothing else (RFC 4511, 4513).

The password goes over TLS alone, or stays on this machine. Who the person is and what he may do is ours.
"""

import re
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from asn1crypto import core

TIMEOUT_SECONDS = 5
LARGEST_ANSWER = 64 * 1024
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
PLAIN_LOGIN = re.compile(r"[a-z0-9][a-z0-9.-]{0,59}")  # means nothing in a name
SUCCESS, INVALID_CREDENTIALS = 0, 49
MESSAGE_ID = 1


class DirectoryDown(Exception):
    """The directory was not asked or gave no answer to the question; the text is for the log."""


@dataclass(frozen=True)
class Directory:
    """Where it answers, and under what name it knows the person of a login."""

    url: str
    names: str
    authority: str = ""


class _Bind(core.Sequence):  # type: ignore[misc]
    class_, tag = 1, 0
    _fields = [
        ("version", core.Integer),
        ("name", core.OctetString),
        ("simple", core.OctetString, {"implicit": 0}),
    ]


class _Bound(core.Sequence):  # type: ignore[misc]
    class_, tag = 1, 1
    _fields = [
        ("result", core.Enumerated),
        ("matched", core.OctetString),
        ("said", core.OctetString),
        ("referral", core.Any, {"optional": True}),
        ("credentials", core.Any, {"optional": True}),
    ]


class _Question(core.Sequence):  # type: ignore[misc]
    _fields = [("id", core.Integer), ("bind", _Bind)]


class _Answer(core.Sequence):  # type: ignore[misc]
    _fields = [("id", core.Integer), ("bound", _Bound), ("controls", core.Any, {"optional": True})]


def opens(directory: Directory, *, login: str, password: str) -> bool:
    """Whether the directory takes this password of this person; an empty one would be taken from anybody."""
    if not password or not PLAIN_LOGIN.fullmatch(login):
        return False
    name = directory.names.replace("{login}", login)
    bind = {"version": 3, "name": name.encode(), "simple": password.encode()}
    question = _Question({"id": MESSAGE_ID, "bind": bind}).dump()
    try:
        with _connection(directory) as connection:
            connection.sendall(question)
            code = _code(_read(connection))
    except (OSError, ValueError) as fault:
        raise DirectoryDown(f"{type(fault).__name__}: {fault}") from None
    if code not in (SUCCESS, INVALID_CREDENTIALS):
        raise DirectoryDown(f"the directory answers with code {code}")
    return code == SUCCESS


def _connection(directory: Directory) -> socket.socket:
    parts = urlsplit(directory.url)
    if parts.scheme == "ldaps":
        trusted = ssl.create_default_context(cafile=directory.authority or None)
        raw = socket.create_connection((parts.hostname or "", parts.port or 636), TIMEOUT_SECONDS)
        return trusted.wrap_socket(raw, server_hostname=parts.hostname)
    if parts.scheme != "ldap" or parts.hostname not in LOOPBACK:
        raise ValueError("not a safe address")
    return socket.create_connection((parts.hostname, parts.port or 389), TIMEOUT_SECONDS)


def _read(connection: socket.socket) -> bytes:
    """One whole message: its head says how long it is."""
    got = b""
    while len(got) < 2 or len(got) < _length(got):
        part = connection.recv(4096)
        if not part or len(got) > LARGEST_ANSWER:
            raise ValueError("an answer without an end")
        got += part
    return got[: _length(got)]


def _length(head: bytes) -> int:
    """The length of a message with its head; of a head that is not all here yet, at least one more."""
    short = head[1]
    if short < 0x80:
        return 2 + short
    count = short & 0x7F
    return 2 + count + int.from_bytes(head[2 : 2 + count]) if len(head) >= 2 + count else len(head) + 1


def _code(message: bytes) -> int:
    answer = _Answer.load(message)
    if answer["id"].native != MESSAGE_ID:
        raise ValueError("the answer to another question")
    return int.from_bytes(answer["bound"]["result"].contents)
