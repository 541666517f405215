"""A small RFC 3161 time-stamp authority for demonstrations and tests, on the loopback address only."""

import secrets
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from asn1crypto import cms, core, tsp

from starostwo.signatures import demo_pki
from starostwo.signatures.cms_signing import sign_cms
from starostwo.signatures.keys import KeyRef, SigningKey, open_key
from starostwo.signatures.marking import DEMONSTRATION_POLICY

USUAL_PORT = 8318
MAX_REQUEST = 10_000
LENGTHS = {"sha256": 32, "sha384": 48, "sha512": 64}


def answer(request: bytes, *, key: SigningKey, now: datetime) -> bytes:
    """Return the answer to one request: a token, or a rejection with its cause."""
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        imprint = asked["message_imprint"]
        length = LENGTHS.get(imprint["hash_algorithm"]["algorithm"].native)
        if length != len(imprint["hashed_message"].native):
            return _rejection("bad_alg")
    except (ValueError, TypeError):
        return _rejection("bad_data_format")
    token = _token(asked, key, now)
    return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())


def _token(asked: tsp.TimeStampReq, key: SigningKey, now: datetime) -> cms.ContentInfo:
    info = {
        "version": "v1",
        "policy": DEMONSTRATION_POLICY.dotted_string,
        "message_imprint": asked["message_imprint"],
        "serial_number": secrets.randbits(64),
        "gen_time": now,
    }
    if asked["nonce"].native is not None:
        info["nonce"] = asked["nonce"]
    content = cms.EncapsulatedContentInfo(
        {"content_type": "tst_info", "content": core.ParsableOctetString(tsp.TSTInfo(info).dump())}
    )
    return sign_cms(content, key=key, detached=False)


def _rejection(cause: str) -> bytes:
    status = {"status": "rejection", "fail_info": {cause}}
    return bytes(_Rejection({"status": status}).dump())


class _Rejection(core.Sequence):  # type: ignore[misc]
    """An answer without a token, which RFC 3161 allows and asn1crypto's own class does not."""

    _fields = [("status", tsp.PKIStatusInfo)]


class _Handler(BaseHTTPRequestHandler):
    key: SigningKey

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        body = answer(self.rfile.read(min(length, MAX_REQUEST)), key=self.key, now=datetime.now(UTC))
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: there is one for each receipt."""


def serve(keys: Path, port: int) -> HTTPServer:
    """Return a server that listens; the caller runs it."""
    key = open_key(KeyRef("pkcs12", str(keys / "demo/tsa.p12"), demo_pki.TSA_NAME), accepts_demo=True)
    handler = type("Handler", (_Handler,), {"key": key})
    return HTTPServer(("127.0.0.1", port), handler)
