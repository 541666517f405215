"""What the demonstration's national node decides, in the manner of login.gov.pl.

It takes signed requests alone, answers by an artifact that is good once, and encrypts whom it vouches for.
Only the proof of identity is a list to choose from. Tests make liars of it to see what the office believes.
"""

import secrets
import threading
import time
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature as InvalidKeySignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from lxml import etree
from signxml.exceptions import InvalidInput, SignXMLException
from signxml.verifier import SignatureConfiguration, VerifyResult, XMLVerifier

from starostwo.site.demo.identity_provider import Refused
from starostwo.site.demo.node_messages import ENVELOPE, SUCCESS, assertion, encrypted, message, signed

SAMLP, SAML = "{urn:oasis:names:tc:SAML:2.0:protocol}", "{urn:oasis:names:tc:SAML:2.0:assertion}"
BODY = "{http://schemas.xmlsoap.org/soap/envelope/}Body"
ARTIFACT_BINDING = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
FAILED = ("urn:oasis:names:tc:SAML:2.0:status:Responder", "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed")
LEVEL = "http://eidas.europa.eu/LoA/"
CHOICE_SECONDS, ARTIFACT_SECONDS, ASSERTION_SECONDS = 600, 60, 300


@dataclass(frozen=True)
class Waiting:
    """A log-in that the office asked for, and whom the person chose to be; nobody where he gave up."""

    request_id: str
    relay_state: str
    ends: float
    subject: str = ""
    level: str = "substantial"


@dataclass
class NationalNode:
    """Keys, people, and what is under way; everything is forgotten when the process ends."""

    issuer: str
    system: str
    back: str
    sign_on_url: str
    people: dict[str, dict[str, str]]
    keys: Path
    choices: dict[str, Waiting] = field(default_factory=dict)
    artifacts: dict[str, Waiting] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, form: dict[str, str]) -> str:
        """Take a signed request for a log-in; return the mark under which a choice is awaited."""
        request = self._request(_decoded(form.get("SAMLRequest", "")), "AuthnRequest")
        if (
            request.get("AssertionConsumerServiceURL") != self.back
            or request.get("Destination") != self.sign_on_url
            or request.get("ProtocolBinding") != ARTIFACT_BINDING
            or request.get("ForceAuthn") != "true"
            or not request.get("ProviderName")
        ):
            raise Refused("invalid_request")
        mark = secrets.token_urlsafe(24)
        ends = time.time() + CHOICE_SECONDS
        with self.lock:
            self.choices[mark] = Waiting(str(request.get("ID")), form.get("RelayState", ""), ends)
        return mark

    def choose(self, mark: str, subject: str, level: str = "substantial") -> dict[str, str]:
        """Return what the browser brings back to the office."""
        with self.lock:
            waiting = self.choices.pop(mark, None)
        if waiting is None or waiting.ends < time.time():
            raise Refused("invalid_request")
        artifact = b64encode(bytes((0, 4, 0, 0)) + secrets.token_bytes(40)).decode()
        chosen = subject if subject in self.people else ""
        ends = time.time() + ARTIFACT_SECONDS
        with self.lock:
            self.artifacts[artifact] = Waiting(waiting.request_id, waiting.relay_state, ends, chosen, level)
        return {"SAMLart": artifact, "RelayState": waiting.relay_state}

    def resolve(self, envelope: bytes) -> bytes:
        """Answer what an artifact stands for, once."""
        request = self._request(envelope, "ArtifactResolve")
        with self.lock:
            waiting = self.artifacts.pop(request.findtext(f"{SAMLP}Artifact", ""), None)
        if waiting is None or waiting.ends < time.time():
            head = self.head(str(request.get("ID")))
            return ENVELOPE % self.sign(message("ArtifactResponse", head)).encode()
        return self.envelope(self.facts(waiting), resolve_id=str(request.get("ID")))

    def end(self, envelope: bytes) -> bytes:
        """End a session that the office names."""
        request = self._request(envelope, "LogoutRequest")
        index = request.findtext(f"{SAMLP}SessionIndex", "")
        with self.lock:
            known = index in self.sessions
            self.sessions.discard(index)
        head = self.head(str(request.get("ID")))
        statuses = (SUCCESS,) if known else (FAILED[0],)
        return ENVELOPE % self.sign(message("LogoutResponse", head, statuses=statuses)).encode()

    def facts(self, waiting: Waiting) -> dict[str, Any]:
        """Everything that the node is going to say about one log-in."""
        now = time.time()
        person = self.people.get(waiting.subject, {})
        return {
            "assertion_id": _new_id(),
            "session_index": _new_id(),
            "issuer": self.issuer,
            "audience": self.system,
            "recipient": self.back,
            "request_id": waiting.request_id,
            "name_id": waiting.subject,
            "issued": _moment(now),
            "logged_in": _moment(now),
            "since": _moment(now),
            "until": _moment(now + ASSERTION_SECONDS),
            "level": f"{LEVEL}{waiting.level}",
            "given_name": person.get("given_name", ""),
            "family_name": person.get("family_name", ""),
            "pesel": person.get("pesel", ""),
            "date_of_birth": _born(person["pesel"]) if person else "",
        }

    def envelope(self, facts: dict[str, Any], *, resolve_id: str) -> bytes:
        """The answer over the wire: the response inside the signed word about the artifact."""
        head = self.head(facts["request_id"]) | {"issued": facts["issued"], "issuer": facts["issuer"]}
        if facts["name_id"]:
            with self.lock:
                self.sessions.add(facts["session_index"])
            clear = assertion(facts)
            response = message("Response", head, content=self.encrypt(clear))
        else:
            response = message("Response", head, statuses=FAILED)
        outer = self.head(resolve_id) | {"issuer": facts["issuer"]}
        inner = self.sign(response)
        return ENVELOPE % self.sign(message("ArtifactResponse", outer, content=inner)).encode()

    def encrypt(self, clear: str) -> str:
        """For the office's key alone."""
        return encrypted(clear, self.public("decryption"), names=(self.issuer, self.system))

    def sign(self, text: str) -> str:
        """With the node's key."""
        return signed(text, self.private("node"), self.certificate("node"))

    def head(self, in_response_to: str) -> dict[str, str]:
        """What stands in front of each message."""
        return {
            "message_id": _new_id(),
            "in_response_to": in_response_to,
            "issued": _moment(time.time()),
            "issuer": self.issuer,
        }

    def private(self, name: str) -> ec.EllipticCurvePrivateKey:
        """A key from the folder of keys."""
        key = load_pem_private_key((self.keys / f"{name}.key").read_bytes(), password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101  made by node_keys
        return key

    def public(self, name: str) -> ec.EllipticCurvePublicKey:
        """The public half of a key from the folder of keys."""
        return self.private(name).public_key()

    def certificate(self, name: str) -> x509.Certificate:
        """A certificate from the folder of keys."""
        return x509.load_pem_x509_certificate((self.keys / f"{name}.pem").read_bytes())

    def _request(self, content: bytes, name: str) -> etree._Element:
        """The message that the office signed, with or without an envelope around it."""
        office = self.certificate("office")
        try:
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
            body = root.find(BODY)
            asked = root if body is None else body[0]
            config = SignatureConfiguration(require_x509=True, location="./")
            result = XMLVerifier().verify(asked, x509_cert=office, id_attribute="ID", expect_config=config)
        except (etree.XMLSyntaxError, SignXMLException, InvalidInput, InvalidKeySignature, IndexError):
            raise Refused("invalid_request") from None
        read = result.signed_xml if isinstance(result, VerifyResult) else None
        if (
            read is None
            or read.tag != f"{SAMLP}{name}"
            or read.findtext(f"{SAML}Issuer") != self.system
            or not read.get("ID")
        ):
            raise Refused("unauthorized_client", HTTPStatus.FORBIDDEN)
        return read


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NoBase64, ValueError):
        raise Refused("invalid_request") from None


def _new_id() -> str:
    return f"ID-{secrets.token_hex(16)}"


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _born(pesel: str) -> str:
    """The date that a PESEL of the years 1900-2099 begins with."""
    year, month = int(pesel[:2]), int(pesel[2:4])
    century, month = (2000, month - 20) if month > 20 else (1900, month)
    return f"{century + year}-{month:02}-{pesel[4:6]}"
