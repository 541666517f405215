"""Time stamps by RFC 3161 from the configured authority. Without one configured nothing is called."""

import secrets
import urllib.request
from datetime import datetime
from typing import Any

from asn1crypto import tsp
from cryptography.x509 import Certificate
from django.conf import settings
from pyhanko.sign.timestamps import TimeStamper
from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

from starostwo.signatures import tokens
from starostwo.signatures.tokens import NotATimestamp
from starostwo.signatures.verification import current_trust

SECONDS = 10
MAX_ANSWER = 100_000


class TimestampUnavailable(Exception):
    """No authority is configured, it does not answer, or its answer does not hold."""


def timestamp(sha256: bytes) -> bytes:
    """Return a token over the digest, checked before it is handed on."""
    nonce = secrets.randbits(63)
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": sha256}
    request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True})
    answer = _post(request.dump())
    try:
        response = decode_timestamp_response(answer)
        _verifier(nonce).verify(response, sha256)
        token = bytes(response.time_stamp_token())
        verify_timestamp(token, sha256)
    except (VerificationError, ValueError, NotATimestamp) as error:
        raise TimestampUnavailable(f"Odpowiedź serwera znacznika czasu jest niepoprawna: {error}") from error
    return token


def verify_timestamp(token: bytes, sha256: bytes) -> datetime:
    """Return the moment that the token proves for the digest; NotATimestamp when it proves none."""
    return tokens.stamped_digest_at(token, sha256=sha256, trust=current_trust())


def _verifier(nonce: int) -> Any:
    builder = VerifierBuilder(nonce=nonce)
    for anchor in _anchors():
        builder = builder.add_root_certificate(anchor)
    return builder.build()


def _anchors() -> tuple[Certificate, ...]:
    return current_trust().anchors.get("tsa", ())


def _post(request: bytes) -> bytes:
    if not settings.TSA_URL.startswith(("http://", "https://")):
        raise TimestampUnavailable("Nie skonfigurowano serwera znacznika czasu.")
    headers = {"Content-Type": "application/timestamp-query"}
    asked = urllib.request.Request(settings.TSA_URL, data=request, headers=headers)  # noqa: S310 -- checked above
    try:
        with urllib.request.urlopen(asked, timeout=SECONDS) as response:  # noqa: S310 -- as above
            return bytes(response.read(MAX_ANSWER))
    except OSError as error:
        raise TimestampUnavailable("Serwer znacznika czasu nie odpowiada.") from error


class ConfiguredTimeStamper(TimeStamper):
    """The same authority for pyHanko, which puts the token into a PDF's signature."""

    def __init__(self) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return tsp.TimeStampResp.load(_post(req.dump()))
