"""Digest authentication, MD5 with qop=auth or without qop (RFC 2617 section 3.2, RFC 8760 section 2.1).

HA1 = MD5(user:realm:password) stands for the password in its realm: an agent may be given only that.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from .addresses import BrokenMessage, quoted, split_outside, unquoted

MOST_FIELDS = 32


@dataclass(frozen=True)
class Credentials:
    """A user name with what proves it; the realm is named when HA1 holds in that one alone."""

    username: str
    ha1: str
    realm: str = ""

    @classmethod
    def from_password(cls, username: str, realm: str, password: str) -> "Credentials":
        """Keep HA1 instead of the password."""
        return cls(username, ha1(username, realm, password), realm)

    def __repr__(self) -> str:
        return f"Credentials({self.username!r})"  # HA1 is a secret and gets into no log


@dataclass(frozen=True)
class Challenge:
    """What WWW-Authenticate or Proxy-Authenticate asks."""

    realm: str
    nonce: str
    qop: str = ""
    opaque: str = ""
    is_stale: bool = False

    @classmethod
    def parse(cls, header: str) -> "Challenge":
        """Read the header; other algorithms than MD5 are refused."""
        found = fields(header)
        if found.get("algorithm", "MD5").upper() != "MD5":
            raise BrokenMessage("an unknown algorithm of digest")
        if not found.get("nonce"):
            raise BrokenMessage("a challenge without nonce")
        offered = [part.strip() for part in found.get("qop", "").split(",")]
        stale = found.get("stale", "").lower() == "true"
        qop = "auth" if "auth" in offered else ""
        if not qop and any(offered):
            raise BrokenMessage("an unknown qop")
        return cls(found.get("realm", ""), found["nonce"], qop, found.get("opaque", ""), stale)

    def __str__(self) -> str:
        parts = [f"realm={quoted(self.realm)}", f"nonce={quoted(self.nonce)}", "algorithm=MD5"]
        parts += [f'qop="{self.qop}"'] if self.qop else []
        parts += [f"opaque={quoted(self.opaque)}"] if self.opaque else []
        return "Digest " + ", ".join([*parts, *(["stale=true"] if self.is_stale else [])])


def ha1(username: str, realm: str, password: str) -> str:
    """MD5(user:realm:password)."""
    return _md5(f"{username}:{realm}:{password}")


def answer(
    challenge: Challenge, credentials: Credentials, method: str, uri: str, count: int = 1, cnonce: str = ""
) -> str:
    """Write the value of Authorization or Proxy-Authorization; the count rises with each use of a nonce."""
    if credentials.realm and credentials.realm != challenge.realm:
        raise BrokenMessage("a challenge of another realm")
    cnonce = cnonce or secrets.token_hex(8)
    nc = f"{count:08x}"
    response = _response(credentials.ha1, challenge.nonce, method, uri, challenge.qop, nc, cnonce)
    parts = [
        f"username={quoted(credentials.username)}",
        f"realm={quoted(challenge.realm)}",
        f"nonce={quoted(challenge.nonce)}",
        f"uri={quoted(uri)}",
        f'response="{response}"',
        "algorithm=MD5",
    ]
    if challenge.qop:
        parts += [f"qop={challenge.qop}", f"nc={nc}", f'cnonce="{cnonce}"']
    if challenge.opaque:
        parts.append(f"opaque={quoted(challenge.opaque)}")
    return "Digest " + ", ".join(parts)


def is_right(header: str, method: str, challenge: Challenge, secret: Callable[[str], str | None]) -> bool:
    """Whether the answer fits the challenge; `secret` gives a user's HA1, or nothing for who is unknown."""
    try:
        found = fields(header)
    except BrokenMessage:
        return False
    known = secret(found.get("username", ""))
    if found.get("nonce") != challenge.nonce or found.get("realm") != challenge.realm:
        return False
    if found.get("qop", "") != challenge.qop:
        return False
    expected = _response(
        known or "", challenge.nonce, method, found.get("uri", ""), challenge.qop,
        found.get("nc", ""), found.get("cnonce", ""),
    )  # fmt: skip
    return hmac.compare_digest(expected.encode(), found.get("response", "").encode()) and known is not None


def fields(header: str) -> dict[str, str]:
    """Read Digest name="value", ... into a dictionary; the first of a name holds."""
    scheme, _, rest = header.strip().partition(" ")
    parts = split_outside(rest, ",")
    if scheme.lower() != "digest" or len(parts) > MOST_FIELDS:
        raise BrokenMessage("no digest")
    found: dict[str, str] = {}
    for part in parts:
        name, _, value = part.partition("=")
        found.setdefault(name.strip().lower(), unquoted(value))
    return found


def _response(secret: str, nonce: str, method: str, uri: str, qop: str, nc: str, cnonce: str) -> str:
    middle = f"{nonce}:{nc}:{cnonce}:{qop}" if qop else nonce
    return _md5(f"{secret}:{middle}:{_md5(f'{method}:{uri}')}")


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
