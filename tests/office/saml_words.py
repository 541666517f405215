"""What the national node says, for the functions that weigh it: no network, no database, a fixed clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree

from starostwo.office.saml.assertions import Expected
from starostwo.office.saml.node import Node
from starostwo.site.demo.node_messages import ENVELOPE, SUCCESS, assertion, encrypted, message
from tests.office.signing_by_hand import by_hand

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEGAN = NOW - timedelta(minutes=2)
START, END = NOW - timedelta(days=1), NOW + timedelta(days=1)
SYSTEM = "https://urzad.example"
BACK = f"{SYSTEM}/logowanie/wezel/powrot/"
KEY = ec.generate_private_key(ec.SECP256R1())
OURS = ec.generate_private_key(ec.SECP256R1())
Change = Callable[[str], str]


def shown(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> x509.Certificate:
    """A certificate of the key, good from START to END."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "TEST")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(START).not_valid_after(END)
    return builder.sign(KEY, SHA256())


CERTIFICATE = shown(KEY)
NODE = Node(
    issuer="wezel.test",
    accounts="login.gov.pl",
    system=SYSTEM,
    system_name="Urząd",
    sign_on_url="",
    artifact_url="",
    logout_url="",
    least_level="substantial",
    key=OURS,
    certificate=CERTIFICATE,
    decryption_keys=(OURS,),
    pinned=(CERTIFICATE,),
)
EXPECTED = Expected("ID-pytanie", BACK, began=BEGAN, now=NOW)


def moment(seconds: float, since: datetime = NOW) -> str:
    return (since + timedelta(seconds=seconds)).isoformat()


FACTS: dict[str, Any] = {
    "assertion_id": "ID-slowo",
    "session_index": "sesja",
    "issuer": "wezel.test",
    "audience": SYSTEM,
    "recipient": BACK,
    "request_id": "ID-pytanie",
    "name_id": "maria",
    "issued": moment(0),
    "logged_in": moment(0),
    "since": moment(0),
    "until": moment(300),
    "level": "http://eidas.europa.eu/LoA/substantial",
    "given_name": "Maria",
    "family_name": "Zych",
    "pesel": "75051256786",
    "date_of_birth": "1975-05-12",
}


def clear(**said: object) -> str:
    return assertion(FACTS | said)


def element(text: str) -> etree._Element:
    return etree.fromstring(text)


def signed(text: str) -> str:
    return by_hand(text, key=KEY, shown=None)


def unchanged(text: str) -> str:
    return text


def said(
    kind: str, in_response_to: str, *, statuses: tuple[str, ...] = (SUCCESS,), content: str = "", **head: str
) -> str:
    """A message of the node that is not signed yet."""
    names = {"message_id": f"ID-{kind}", "issued": moment(0), "issuer": "wezel.test"}
    facts = names | {"in_response_to": in_response_to} | head
    return message(kind, facts, statuses=statuses, content=content)


def answer(
    *,
    word: str = "",
    inner: Change = unchanged,
    outer: Change = unchanged,
    statuses: tuple[str, ...] = (SUCCESS,),
    outer_statuses: tuple[str, ...] = (SUCCESS,),
) -> bytes:
    """The envelope about a log-in; `inner` and `outer` change the messages before they are signed."""
    sealed = encrypted(word or clear(), OURS.public_key(), names=("wezel.test", SYSTEM))
    response = signed(inner(said("Response", "ID-pytanie", statuses=statuses, content=sealed)))
    whole = outer(said("ArtifactResponse", "ID-artefakt", statuses=outer_statuses, content=response))
    return ENVELOPE % signed(whole).encode()
