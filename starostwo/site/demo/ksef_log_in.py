"""How the demonstration's KSeF lets a taxpayer in: a challenge, a token or XAdES, then tokens for a time."""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml.exceptions import InvalidInput, InvalidSignature
from signxml.verifier import XMLVerifier

AUTH = "http://ksef.mf.gov.pl/auth/token/2.1"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
CHALLENGE_LIVES = timedelta(minutes=10)
ACCESS_LIVES, REFRESH_LIVES = timedelta(minutes=15), timedelta(days=7)


class Problem(Exception):
    """A refusal as it goes over the wire."""

    def __init__(
        self, status: HTTPStatus, text: str, *, code: int = 0, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(text)
        self.status, self.code, self.headers = status, code, dict(headers or {})


def problem(refusal: Problem) -> bytes:
    """The body of a refusal in the form of KSeF."""
    text = str(refusal)
    if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
        said: dict[str, Any] = {"status": {"code": 429, "description": text, "details": [text]}}
    elif refusal.code:
        listed = [{"exceptionCode": refusal.code, "exceptionDescription": text, "details": [text]}]
        said = {
            "exception": {"exceptionDetailList": listed, "serviceCode": "TEST", "timestamp": _time(_now())}
        }
    else:
        said = {"title": text, "status": int(refusal.status), "detail": text}
    return json.dumps(said, ensure_ascii=False).encode()


@dataclass
class LogIn:
    """Its keys, what it asked, and who may act for whom."""

    token: str
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    challenges: dict[str, datetime] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)  # one-time token: NIP
    access: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    refresh: dict[str, str] = field(default_factory=dict)

    def answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[HTTPStatus, Any]:
        """The calls that need no access token."""
        if (method, path) == ("GET", "/security/public-key-certificates"):
            return HTTPStatus.OK, self._certificates()
        if (method, path) == ("POST", "/auth/challenge"):
            return HTTPStatus.OK, self._challenge()
        if (method, path) == ("POST", "/auth/ksef-token"):
            return HTTPStatus.ACCEPTED, self._by_token(json.loads(body))
        if (method, path) == ("POST", "/auth/xades-signature"):
            return HTTPStatus.ACCEPTED, self._by_signature(body)
        if (method, path) == ("POST", "/auth/token/redeem"):
            return HTTPStatus.OK, self._redeem(bearer(headers))
        if (method, path) == ("POST", "/auth/token/refresh"):
            return HTTPStatus.OK, {"accessToken": self._give(self.refresh.get(bearer(headers)))}
        if method == "GET" and path.startswith("/auth/"):
            return HTTPStatus.OK, self._standing(bearer(headers))
        raise Problem(HTTPStatus.NOT_FOUND, "Nie znaleziono")

    def nip_of(self, headers: Mapping[str, str]) -> str:
        """For whom the access token acts."""
        nip, until = self.access.get(bearer(headers), ("", _now()))
        if until <= _now():
            raise Problem(HTTPStatus.UNAUTHORIZED, "Brak ważnego tokenu")
        return nip

    def unlock(self, sealed: str) -> bytes:
        """Open what was encrypted for our key (RSA-OAEP, SHA-256)."""
        oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
        try:
            return self.key.decrypt(base64.b64decode(sealed), oaep)
        except ValueError as fault:
            raise Problem(HTTPStatus.BAD_REQUEST, "Nie można odszyfrować", code=21405) from fault

    def _challenge(self) -> dict[str, Any]:
        now, name = (
            _now(),
            f"{_now():%Y%m%d}-CR-{secrets.token_hex(5).upper()}-{secrets.token_hex(5).upper()}-00",
        )
        self.challenges[name] = now
        milliseconds = int(now.timestamp() * 1000)
        return {
            "challenge": name,
            "timestamp": _time(now),
            "timestampMs": milliseconds,
            "clientIp": "127.0.0.1",
        }

    def _by_token(self, said: dict[str, Any]) -> dict[str, Any]:
        asked = self._spend(said["challenge"])
        token, _, milliseconds = self.unlock(said["encryptedToken"]).decode().rpartition("|")
        if not secrets.compare_digest(token, self.token) or int(milliseconds) != int(
            asked.timestamp() * 1000
        ):
            raise Problem(HTTPStatus.BAD_REQUEST, "Nieprawidłowy token", code=21304)
        return self._begin(said["contextIdentifier"]["value"])

    def _by_signature(self, body: bytes) -> dict[str, Any]:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
        self._spend(root.findtext(f"{{{AUTH}}}Challenge") or "")
        encoded = root.findtext(f".//{{{DSIG}}}X509Certificate") or ""
        references = root.findall(f".//{{{DSIG}}}SignedInfo/{{{DSIG}}}Reference")
        try:
            certificate = x509.load_der_x509_certificate(base64.b64decode(encoded))
            if not any(one.get("URI") == "" for one in references):
                raise InvalidSignature("the document itself is not signed")
            pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
            XMLVerifier().verify(body, x509_cert=pem, expect_references=len(references))
        except (InvalidSignature, InvalidInput, ValueError) as fault:
            raise Problem(HTTPStatus.BAD_REQUEST, "Nieprawidłowy podpis", code=9105) from fault
        return self._begin(root.findtext(f"{{{AUTH}}}ContextIdentifier/{{{AUTH}}}Nip") or "")

    def _spend(self, challenge: str) -> datetime:
        asked = self.challenges.pop(challenge, None)
        if asked is None or _now() - asked > CHALLENGE_LIVES:
            raise Problem(HTTPStatus.BAD_REQUEST, "Nieprawidłowe wyzwanie", code=21301)
        return asked

    def _begin(self, nip: str) -> dict[str, Any]:
        one_time = secrets.token_urlsafe(30)
        self.begun[one_time] = nip
        until = _time(_now() + CHALLENGE_LIVES)
        return {
            "referenceNumber": f"{_now():%Y%m%d}-AU-{secrets.token_hex(5).upper()}-00",
            "authenticationToken": {"token": one_time, "validUntil": until},
        }

    def _standing(self, one_time: str) -> dict[str, Any]:
        if one_time not in self.begun:
            raise Problem(HTTPStatus.UNAUTHORIZED, "Brak ważnego tokenu")
        return {
            "startDate": _time(_now()),
            "authenticationMethod": "Token",
            "authenticationMethodInfo": {"category": "Token", "code": "token", "displayName": "Token KSeF"},
            "status": {"code": 200, "description": "Uwierzytelnianie zakończone sukcesem"},
        }

    def _redeem(self, one_time: str) -> dict[str, Any]:
        nip = self.begun.pop(one_time, None)
        refresh = secrets.token_urlsafe(40)
        given = {
            "accessToken": self._give(nip),
            "refreshToken": {"token": refresh, "validUntil": _time(_now() + REFRESH_LIVES)},
        }
        self.refresh[refresh] = nip or ""
        return given

    def _give(self, nip: str | None) -> dict[str, str]:
        if not nip:
            raise Problem(HTTPStatus.UNAUTHORIZED, "Brak ważnego tokenu")
        token, until = secrets.token_urlsafe(40), _now() + ACCESS_LIVES
        self.access[token] = (nip, until)
        return {"token": token, "validUntil": _time(until)}

    def _certificates(self) -> list[dict[str, Any]]:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TEST KSeF")])
        begin, end = _now() - timedelta(days=1), _now() + timedelta(days=365)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(begin)
            .not_valid_after(end)
            .sign(self.key, hashes.SHA256())
        )
        encoded = base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()
        return [
            {
                "certificate": encoded,
                "certificateId": "test",
                "publicKeyId": "test",
                "validFrom": _time(begin),
                "validTo": _time(end),
                "usage": ["KsefTokenEncryption", "SymmetricKeyEncryption"],
            }
        ]


def bearer(headers: Mapping[str, str]) -> str:
    """The token of a call."""
    return headers.get("Authorization", "").removeprefix("Bearer ").strip()


def _now() -> datetime:
    return datetime.now(UTC)


def _time(moment: datetime) -> str:
    return moment.isoformat()
