"""The demonstration's trusted profile: takes documents by SOAP, an invented person signs, it gives them back.

It believes only calls that the office has signed. Beside signing it can refuse, forget the session, or sign
another document than it was given, so that each of these is seen in the office.
"""

import html
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree

from starostwo.citizen.trusted_profile import BODY, DS, SIGNING, SOAP, WSU
from starostwo.platform.canonical_xml import EXCLUSIVE, canonical
from starostwo.platform.safe_xml import UnsafeXml, parse
from starostwo.signatures import demo_pki
from starostwo.signatures.facts import ClaimedPerson
from starostwo.signatures.keys import SigningKey, open_key
from starostwo.signatures.xades.signer import sign_enveloped
from starostwo.site import settings
from starostwo.site.demo.identity_provider import Refused

WAYS = {"": "podpisz", "other": "podpisz zmieniony dokument", "expired": "podpisz, ale zapomnij sesję"}
PATH = "/pz/dokument"
FAULT = "<soapenv:Fault><faultstring>WSSigningException</faultstring></soapenv:Fault>"


@dataclass
class Waiting:
    """A document that was handed over, and what became of it here."""

    document: bytes
    success: str
    failure: str
    about: str
    signed: bytes = b""


@dataclass
class TrustedProfile:
    """Documents by the address at which they are signed; everything is forgotten when the process ends."""

    site: str
    people: Mapping[str, Mapping[str, str]]
    seal: SigningKey
    office: Path
    waiting: dict[str, Waiting] = field(default_factory=dict)

    def answer(self, envelope: bytes) -> tuple[HTTPStatus, bytes]:
        """Carry out a call; a fault where the office did not sign it or it asks for what is not here."""
        try:
            tree = parse(envelope)
            self._check(tree)
            call = tree.getroot().find(f"{{{SOAP}}}Body")[0]  # type: ignore[index]
            given = {str(child.tag): child.text or "" for child in call}
            verb = etree.QName(call).localname
            said = self._take(given) if verb == "addDocumentToSigning" else self._give(given["id"])
        except (UnsafeXml, KeyError, TypeError, IndexError, ValueError, InvalidSignature):
            return HTTPStatus.INTERNAL_SERVER_ERROR, _soap(FAULT)
        told = f"<{verb}Return>{html.escape(said)}</{verb}Return>"
        return HTTPStatus.OK, _soap(f'<s:{verb}Response xmlns:s="{SIGNING}">{told}</s:{verb}Response>')

    def page(self, query: Mapping[str, str]) -> str:
        """The choice of a person and of what happens; a real profile asks for a password and a code here."""
        waiting = self._found(query.get("id", ""))
        ways = "".join(f'<option value="{key}">{said}</option>' for key, said in WAYS.items())
        people = "".join(
            f'<button name="subject" value="{html.escape(subject)}">{html.escape(one["given_name"])} '
            f"{html.escape(one['family_name'])}<small>PESEL {html.escape(one['pesel'])}</small></button>"
            for subject, one in self.people.items()
        )
        return (
            f"<p>Dokument: <strong>{html.escape(waiting.about)}</strong>. Kto podpisuje?</p>"
            f'<form method="post" action="/pz/wybor"><input type="hidden" name="id" value="{query["id"]}">'
            f'<p><label for="way">Co ma się stać</label> <select id="way" name="way">{ways}</select></p>'
            f"{people}"
            '<button name="subject" value="">Nie podpisuj</button></form>'
        )

    def choose(self, form: Mapping[str, str]) -> str:
        """Sign or not; return where the person goes on."""
        waiting = self._found(form.get("id", ""))
        person = self.people.get(form.get("subject", ""))
        if person is None:
            return waiting.failure
        document = waiting.document
        if form.get("way") == "other":
            document = b"<inny-dokument>Zgadzam sie na wszystko</inny-dokument>"
        who = ClaimedPerson(person["given_name"], person["family_name"], person["pesel"])
        waiting.signed = sign_enveloped(document, key=self.seal, at=datetime.now(UTC), person=who)
        if form.get("way") == "expired":
            del self.waiting[form["id"]]
        return waiting.success

    def _take(self, given: Mapping[str, str]) -> str:
        mark = secrets.token_urlsafe(24)
        self.waiting[mark] = Waiting(
            b64decode(given["doc"]), given["successURL"], given["failureURL"], given["additionalInfo"]
        )
        return f"{self.site}{PATH}?id={mark}"

    def _give(self, address: str) -> str:
        waiting = self.waiting.pop(address.rpartition("?id=")[2])
        if not waiting.signed:
            raise ValueError("nothing was signed")
        return b64encode(waiting.signed).decode()

    def _found(self, mark: str) -> Waiting:
        if mark not in self.waiting:
            raise Refused("session_expired", HTTPStatus.NOT_FOUND)
        return self.waiting[mark]

    def _check(self, tree: etree._ElementTree) -> None:
        """The body has the digest that the office signed, and the signature is by the office's key."""
        body = tree.getroot().find(f"{{{SOAP}}}Body")
        info = tree.getroot().find(f".//{{{DS}}}SignedInfo")
        if body is None or info is None or body.get(f"{{{WSU}}}Id") != BODY:
            raise ValueError("no signed body")
        digest = b64encode(sha256(canonical(body, method=EXCLUSIVE)).digest()).decode()
        value = b64decode(tree.getroot().findtext(f".//{{{DS}}}SignatureValue") or "")
        if info.findtext(f".//{{{DS}}}DigestValue") != digest:
            raise ValueError("another body")
        key = x509.load_pem_x509_certificate(self.office.read_bytes()).public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise TypeError("an office of the demonstration signs with EC")
        half = len(value) // 2
        pair = encode_dss_signature(int.from_bytes(value[:half]), int.from_bytes(value[half:]))
        key.verify(pair, canonical(info, method=EXCLUSIVE), ec.ECDSA(SHA256()))


def trusted_profile_seal() -> SigningKey:
    """The key that stands for the ministry's seal; made where it is missing."""
    made = demo_pki.build(settings.KEYS_DIR, [], now=datetime.now(UTC))
    return open_key(made.trusted_profile, accepts_demo=True)


def _soap(body: str) -> bytes:
    whole = f"<soapenv:Body>{body}</soapenv:Body>"
    return f'<soapenv:Envelope xmlns:soapenv="{SOAP}">{whole}</soapenv:Envelope>'.encode()
