"""A conversation with one device over SNMP within limits of time and size; all that knows the library.

What a device says is not believed: texts are cut, tables and the whole talk have an end.
"""

import asyncio
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gufo.snmp import (
    Aes128Key,
    Aes256Key,
    BaseAuthKey,
    BasePrivKey,
    NoSuchInstance,
    Sha1Key,
    Sha256Key,
    Sha512Key,
    SnmpError,
    User,
)
from gufo.snmp.aio import SnmpSession

Value = int | float | str | bytes | None
Table = dict[tuple[int, ...], Value]
AUTH: Mapping[str, type[BaseAuthKey]] = {"SHA1": Sha1Key, "SHA256": Sha256Key, "SHA512": Sha512Key}
PRIV: Mapping[str, type[BasePrivKey]] = {"AES128": Aes128Key, "AES256": Aes256Key}
ROWS_AT_ONCE = 25
OIDS_AT_ONCE = 24
LONGEST_TEXT = 255
UPTIME = "1.3.6.1.2.1.1.3.0"


class NoAnswer(Exception):
    """The device did not answer over SNMP in time, or refused."""


@dataclass(frozen=True)
class Access:
    """By which words a device is asked: a community of v2c, or a user of v3. Never shown, never logged."""

    community: str = field(default="", repr=False)
    user: str = ""
    auth: str = ""
    auth_secret: str = field(default="", repr=False)
    priv: str = ""
    priv_secret: str = field(default="", repr=False)
    port: int = 161


@dataclass(frozen=True)
class Limits:
    """How long one answer and the whole conversation may take, and how many rows a table may have."""

    answer_seconds: float = 1.0
    whole_seconds: float = 20.0
    rows: int = 2000


class Conversation:
    """Questions to one device; entered with `async with`, which begins the conversation."""

    def __init__(self, address: str, access: Access, limits: Limits) -> None:
        self._address, self._access, self._limits = address, access, limits
        self._ends_at = 0.0
        self._session: SnmpSession

    async def __aenter__(self) -> "Conversation":
        self._ends_at = time.monotonic() + self._limits.whole_seconds
        with _faults():
            self._session = SnmpSession(
                self._address, timeout=self._limits.answer_seconds, max_repetitions=ROWS_AT_ONCE,
                **_words(self._access),
            )  # fmt: skip
            await self._session.refresh()
        return self

    async def __aexit__(self, *raised: object) -> None:
        return None

    async def values(self, oids: Iterable[str]) -> dict[str, Value]:
        """The values that the device has of those asked for."""
        asked, found = list(oids), dict[str, Value]()
        for first in range(0, len(asked), OIDS_AT_ONCE):
            with _faults():
                async with asyncio.timeout(self._left()):
                    answer = await self._session.get_many(asked[first : first + OIDS_AT_ONCE])
            found |= {oid: _held(value) for oid, value in answer.items() if value is not None}
        return found

    async def column(self, oid: str) -> Table:
        """One column of a table by what stands behind the column's own number; cut at the limit of rows."""
        found: Table = {}
        begins = len(oid) + 1
        with _faults():
            async with asyncio.timeout(self._left()):
                async for name, value in self._session.fetch(oid):
                    found[tuple(int(part) for part in name[begins:].split("."))] = _held(value)
                    if len(found) >= self._limits.rows:
                        break
        return found

    def _left(self) -> float:
        return max(0.0, self._ends_at - time.monotonic())


async def answers(address: str, access: Access, limits: Limits) -> bool:
    """Whether the device answers over SNMP at all."""
    try:
        async with Conversation(address, access, limits) as talk:
            return bool(await talk.values([UPTIME]))
    except NoAnswer:
        return False


class _faults:  # noqa: N801 - reads as a word of the language
    """Every fault of the library and of the network is one: no answer. Its text holds no secret."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, NoSuchInstance | SnmpError | OSError | TimeoutError | ValueError | RuntimeError):
            raise NoAnswer(type(error).__name__) from None


def _words(access: Access) -> dict[str, Any]:
    if not access.user:
        return {"community": access.community, "port": access.port}
    auth = AUTH[access.auth](access.auth_secret.encode()) if access.auth else None
    priv = PRIV[access.priv](access.priv_secret.encode()) if access.priv else None
    return {"user": User(access.user, auth_key=auth, priv_key=priv), "port": access.port}


def _held(value: Any) -> Value:
    """Texts no longer than the protocol's own limit; what is neither number nor text is its words."""
    if isinstance(value, bytes | str):
        return value[:LONGEST_TEXT]
    return value if isinstance(value, int | float) or value is None else str(value)[:LONGEST_TEXT]
