"""One-time codes of an authenticator app: RFC 6238 over RFC 4226, with SHA-1, six digits and 30 seconds."""

import base64
import hmac
import secrets
import struct
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
STEPS_OF_TOLERANCE = 1


def new_secret() -> bytes:
    """Return 160 random bits, as the RFC recommends."""
    return secrets.token_bytes(SECRET_BYTES)


def written(secret: bytes) -> str:
    """The secret as it is typed into an authenticator app."""
    return base64.b32encode(secret).decode().rstrip("=")


def read(text: str) -> bytes:
    """The secret behind its written form."""
    letters = text.replace(" ", "").upper()
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def step_at(seconds: float) -> int:
    """The number of the step in which a moment lies."""
    return int(seconds // STEP_SECONDS)


def code_of(secret: bytes, step: int) -> str:
    """The code of one step."""
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(code: str, *, secret: bytes, seconds: float, after: int) -> int | None:
    """The step that the code belongs to: near the moment and later than the last one used; else None."""
    typed = code.replace(" ", "")
    if not (typed.isascii() and typed.isdigit()):
        return None
    here = step_at(seconds)
    near = range(here - STEPS_OF_TOLERANCE, here + STEPS_OF_TOLERANCE + 1)
    fitting = [step for step in near if hmac.compare_digest(code_of(secret, step), typed)]
    return next((step for step in fitting if step > after), None)


def address(secret: bytes, *, login: str, issuer: str) -> str:
    """What the QR code says to the authenticator app."""
    query = urlencode({"secret": written(secret), "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(login)}?{query}"
