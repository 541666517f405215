"""Signatures that are not the national node's own over what is read: each is refused and named in the log."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import LazySettings
from django.test import Client

from starostwo.site.demo.node_keys import certificate
from starostwo.site.demo.node_messages import ENVELOPE, signed
from tests.office.saml_node import Liar, back, choose, is_refused
from tests.office.signing_by_hand import by_hand

pytestmark = pytest.mark.django_db
STRANGER = ec.generate_private_key(ec.SECP256R1())


def test_the_hand_signs_as_the_library_does(node: Liar) -> None:
    """The refusals below would prove nothing if this hand could not sign well."""
    client = Client()
    node.sign_by = lambda text: by_hand(text, key=node.private("node"), shown=node.certificate("node"))
    assert back(client, choose(client)) == 302

    other = Client()
    node.sign_by = lambda text: by_hand(text, key=node.private("node"), shown=None)
    assert back(other, choose(other)) == 302, "without a certificate inside, by the pinned key"


def _unsigned(node: Liar, text: str) -> str:
    return text.replace('<ds:Signature Id="placeholder"/>', "")


def _foreign_key(node: Liar, text: str) -> str:
    return by_hand(text, key=STRANGER, shown=node.certificate("node"))


def _foreign_certificate(node: Liar, text: str) -> str:
    return signed(text, STRANGER, certificate(STRANGER, "TEST węzeł krajowy"))


def _weak_value(node: Liar, text: str) -> str:
    return by_hand(text, key=node.private("node"), shown=node.certificate("node"), weak="value")


def _weak_digest(node: Liar, text: str) -> str:
    return by_hand(text, key=node.private("node"), shown=node.certificate("node"), weak="digest")


def _another_element(node: Liar, text: str) -> str:
    return by_hand(text, key=node.private("node"), shown=node.certificate("node"), uri="#ID-inny")


def _no_element(node: Liar, text: str) -> str:
    good = by_hand(text, key=node.private("node"), shown=node.certificate("node"))
    return re.sub(r'Reference URI="#ID-\w+"', 'Reference URI=""', good)


def _own_too(node: Liar, text: str) -> str:
    return signed(text, node.private("node"), node.certificate("node"))


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (_unsigned, "0 times ds:Signature"),
        (_foreign_key, "made with another key"),
        (_foreign_certificate, "by no pinned certificate"),
        (_weak_value, "SignatureMethod is not allowed"),
        (_weak_digest, "DigestMethod is not allowed"),
        (_another_element, "covers another element"),
        (_no_element, "covers another element"),
    ],
)
def test_a_signature_that_is_not_the_nodes_own_strong_one_is_refused(
    node: Liar, caplog: pytest.LogCaptureFixture, how: Callable[[Liar, str], str], why: str
) -> None:
    client = Client()
    node.sign_by = lambda text: how(node, text)

    is_refused(client, choose(client), caplog, why)


def test_a_bad_signature_inside_a_well_signed_answer_is_refused_too(
    node: Liar, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client()
    node.sign_by = lambda text: (
        _own_too(node, text) if "<saml2p:ArtifactResponse" in text else _foreign_key(node, text)
    )

    is_refused(client, choose(client), caplog, "made with another key")


@pytest.mark.parametrize("place", ["InResponseTo", "CipherValue>", "IssueInstant", "status:Su"])
def test_one_changed_character_is_noticed(node: Liar, caplog: pytest.LogCaptureFixture, place: str) -> None:
    client = Client()

    def flip(envelope: bytes) -> bytes:
        at = envelope.index(place.encode()) + len(place) + 3
        old = envelope[at : at + 1]
        return envelope[:at] + (b"A" if old != b"A" else b"B") + envelope[at + 1 :]

    node.envelope_by = flip
    is_refused(client, choose(client), caplog, "changed")


def _wrap(envelope: bytes, how: str) -> bytes:
    """A signed answer about somebody else moved to where nobody looks, and our own in its place."""
    signed_part = re.search(rb"<saml2p:ArtifactResponse.*</saml2p:ArtifactResponse>", envelope, re.S)
    assert signed_part is not None
    good = signed_part.group(0)
    signature = re.search(rb"<ds:Signature.*?</ds:Signature>", good, re.S)
    assert signature is not None
    evil = good.replace(b'ID="ID-', b'ID="ID-e', 1)
    if how == "beside":
        return ENVELOPE % (evil + good)
    if how == "inside":
        return ENVELOPE % evil.replace(b"</saml2p:ArtifactResponse>", good + b"</saml2p:ArtifactResponse>")
    if how == "object":
        wrapped = signature.group(0).replace(
            b"</ds:Signature>", b"<ds:Object>" + good + b"</ds:Object></ds:Signature>"
        )
        return ENVELOPE % evil.replace(signature.group(0), wrapped, 1)
    same = good.replace(signature.group(0), b"", 1)
    return ENVELOPE % evil.replace(b"</saml2p:ArtifactResponse>", same + b"</saml2p:ArtifactResponse>")


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("beside", "equal ids"),
        ("inside", "equal ids"),
        ("object", "equal ids"),
        ("same", "equal ids"),
    ],
)
def test_a_signature_wrapped_around_something_else_is_refused(
    node: Liar, caplog: pytest.LogCaptureFixture, how: str, why: str
) -> None:
    client = Client()
    node.envelope_by = lambda envelope: _wrap(envelope, how)

    is_refused(client, choose(client), caplog, why)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("beside", "does not hold one"),
        ("inside", "covers another element"),
        ("object", "covers another element"),
    ],
)
def test_a_wrapped_signature_is_refused_without_equal_ids_as_well(
    node: Liar, caplog: pytest.LogCaptureFixture, how: str, why: str
) -> None:
    """The outer message has ids of its own; the signature still covers only what was moved."""
    client = Client()

    def wrap(envelope: bytes) -> bytes:
        whole = _wrap(envelope, how)
        ids = re.findall(rb' ID="(ID-\w+)"', whole)
        twice = {name for name in ids if ids.count(name) > 1}
        for name in twice:
            whole = whole.replace(b' ID="' + name + b'"', b' ID="ID-moved' + name[3:8] + b'"', 1)
        return whole

    node.envelope_by = wrap
    is_refused(client, choose(client), caplog, why)


# Pinned certificates


def test_a_second_certificate_is_pinned_for_the_change_of_keys(
    node: Liar, settings: LazySettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client, late = Client(), Client()
    following = certificate(STRANGER, "TEST następny")
    file = tmp_path / "next.pem"
    file.write_bytes(following.public_bytes(Encoding.PEM))
    node.sign_by = lambda text: signed(text, STRANGER, following)

    is_refused(late, choose(late), caplog, "by no pinned certificate")
    settings.SAML_CERTIFICATES = f"{node.keys / 'node.pem'}, {file}"
    assert back(client, choose(client)) == 302
    node.sign_by = None
    first = Client()
    assert back(first, choose(first)) == 302, "the first one still holds"


def test_a_pinned_certificate_that_expired_is_worth_nothing(
    node: Liar, settings: LazySettings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client()
    over = certificate(STRANGER, "TEST po terminie", days=-1)
    file = tmp_path / "over.pem"
    file.write_bytes(over.public_bytes(Encoding.PEM))
    settings.SAML_CERTIFICATES = str(file)
    node.sign_by = lambda text: signed(text, STRANGER, over)

    is_refused(client, choose(client), caplog, "by no pinned certificate")


@pytest.mark.parametrize(
    "setting", ["SAML_CERTIFICATES", "SAML_KEY", "SAML_CERTIFICATE", "SAML_DECRYPTION_KEYS"]
)
def test_without_its_keys_the_way_is_closed(node: Liar, settings: LazySettings, setting: str) -> None:
    setattr(settings, setting, "")
    assert Client().get("/logowanie/wezel/").status_code == 400
    setattr(settings, setting, "/nie/ma/takiego")
    assert Client().get("/logowanie/wezel/").status_code == 400


def test_two_decryption_keys_serve_while_ours_change(node: Liar, settings: LazySettings) -> None:
    client = Client()
    settings.SAML_DECRYPTION_KEYS = f"{node.keys / 'office.key'},{node.keys / 'decryption.key'}"

    assert back(client, choose(client)) == 302
