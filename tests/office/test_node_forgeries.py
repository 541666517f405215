"""What a false answer of the national node could say, over the wire; each is refused and named in the log."""

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import LazySettings
from django.test import Client

from starostwo.office.models import Account
from starostwo.site.demo.node_messages import encrypted
from tests.office.saml_node import OFFICE, Liar, away, back, choose, is_refused

pytestmark = pytest.mark.django_db
STRANGER = ec.generate_private_key(ec.SECP256R1())


def _moment(minutes: float) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


# A number is a moment: so many minutes from now
FACTS: list[tuple[dict[str, Any], str]] = [
    ({"issuer": "inny.test"}, "another issuer"),
    ({"audience": "https://inny-urzad.example"}, "another audience"),
    ({"recipient": "https://inny-urzad.example/powrot/"}, "another recipient"),
    ({"request_id": "ID-inne"}, "answers another request"),
    ({"resolve_id": "ID-inne"}, "answers another request"),
    ({"until": -2}, "expired"),
    ({"since": 5}, "not yet in force"),
    ({"issued": -5}, "issued before the request"),
    ({"issued": 5}, "in the future"),
    ({"logged_in": -5}, "logged in before we asked"),
    ({"level": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"}, "no level of assurance"),
    ({"level": "http://eidas.europa.eu/LoA/none"}, "no level of assurance"),
    ({"pesel": ""}, "no identifier"),
]


@pytest.mark.parametrize(("facts", "why"), FACTS, ids=lambda value: str(value)[:60])
def test_what_is_not_for_this_log_in_is_refused(
    node: Liar, caplog: pytest.LogCaptureFixture, facts: dict[str, Any], why: str
) -> None:
    client = Client()
    said = {name: _moment(value) if isinstance(value, int) else value for name, value in facts.items()}
    node.facts_by = lambda told: told.update(said)

    is_refused(client, choose(client), caplog, why)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("2.0:cm:bearer", "2.0:cm:sender-vouches", "another way of confirmation"),
        ('InResponseTo="', 'InResponseTo="x', "answers another request"),
        (
            "</saml2:Audience>",
            "</saml2:Audience><saml2:Audience>https://obcy.example</saml2:Audience>",
            "another audience",
        ),
        ("<saml2:AudienceRestriction>", "<!--", "not XML"),
        ("</saml2:NameID>", "<!-- x --></saml2:NameID>", "more than text"),
        ('Version="2.0"', 'Version="1.1"', "version"),
        (f"<saml2:Audience>{OFFICE}", f"<saml2:Audience>{OFFICE}<!-- -->.obcy.example", "more than text"),
        ("<saml2:Issuer>wezel.test", "<saml2:Issuer>inny.test", "another issuer"),
        ("saml2:Assertion", "saml2:Advice", "something else than an assertion"),
        ("<saml2:Assertion ", '<!DOCTYPE a [<!ENTITY e "x">]><saml2:Assertion ', "not XML"),
        ("<saml2:AttributeStatement>", "<saml2:AttributeStatement/><saml2:AttributeStatement>", "2 times"),
    ],
)
def test_an_assertion_changed_before_it_is_encrypted_is_refused(
    node: Liar, caplog: pytest.LogCaptureFixture, old: str, new: str, why: str
) -> None:
    client = Client()

    def change(clear: str) -> str:
        assert old in clear
        return clear.replace(old, new)

    node.clear_by = change
    is_refused(client, choose(client), caplog, why)


def test_an_identity_told_twice_is_refused(node: Liar, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    node.clear_by = lambda clear: re.sub(
        r"(<saml2:Attribute .*?PersonIdentifier.*?</saml2:Attribute>)", r"\1\1", clear
    )

    is_refused(client, choose(client), caplog, "told twice")


# Once, in time, in its own browser


def test_an_answer_is_good_once_and_in_its_own_browser(node: Liar, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    answer = choose(client)

    is_refused(Client(), answer | {"again": "1"}, caplog, "no try in this session")
    assert back(client, answer) == 302
    assert back(client, answer | {"again": "1"}) == 400, "again"


def test_an_artifact_is_asked_about_once(node: Liar, caplog: pytest.LogCaptureFixture) -> None:
    first, second = Client(), Client()
    answer = choose(first)
    assert back(first, answer) == 302
    _, fields = away(second)

    used = {"SAMLart": answer["SAMLart"], "RelayState": fields["RelayState"]}
    is_refused(second, used, caplog, "the artifact was used before")
    assert len(node.asked) == 1


def test_an_assertion_is_good_once_even_where_the_node_says_it_again(
    node: Liar, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = Client(), Client()
    node.facts_by = lambda told: told.update(assertion_id="ID-zawsze-ten-sam")
    assert back(first, choose(first)) == 302

    is_refused(second, choose(second), caplog, "the assertion was used before")


def test_an_artifact_of_another_log_in_is_refused(node: Liar, caplog: pytest.LogCaptureFixture) -> None:
    """Somebody else's fresh artifact is slipped into the victim's browser."""
    attacker, victim = Client(), Client()
    stolen, own = choose(attacker, "piotr"), choose(victim)

    is_refused(victim, own | {"SAMLart": stolen["SAMLart"]}, caplog, "answers another request")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"RelayState": "zgadnięty"}, "relay state"),
        ({"RelayState": ""}, "relay state"),
        ({"SAMLart": ""}, "no artifact"),
        ({"SAMLart": "A" * 513}, "no artifact"),
        ({"SAMLart": "AAQAAzgadniety"}, "no such artifact"),
    ],
)
def test_a_changed_answer_is_refused(
    node: Liar, caplog: pytest.LogCaptureFixture, change: dict[str, str], why: str
) -> None:
    client = Client()

    is_refused(client, choose(client) | change, caplog, why)


def test_a_try_that_is_too_old_is_refused(node: Liar, caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    answer = choose(client)
    session = client.session
    session["node_try"] = {**session["node_try"], "began": session["node_try"]["began"] - 601}
    session.save()

    is_refused(client, answer, caplog, "too old")


@pytest.mark.parametrize(
    ("least", "level", "status"),
    [
        ("substantial", "low", 400),
        ("substantial", "substantial", 302),
        ("substantial", "high", 302),
        ("high", "substantial", 400),
        ("low", "low", 302),
    ],
)
def test_the_level_of_assurance_must_reach_the_set_one(
    node: Liar, settings: LazySettings, least: str, level: str, status: int
) -> None:
    settings.SAML_LEAST_LEVEL = least
    client = Client()

    answer = client.post("/logowanie/wezel/powrot/", choose(client, level=level))

    assert answer.status_code == status
    assert ("mocniejsze potwierdzenie" in answer.content.decode()) == (status == 400)
    assert Account.objects.exists() == (status == 302)


@pytest.mark.parametrize(
    "front",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        b"<!DOCTYPE x>",
        b"<?xml version='1.0'?><!DOCTYPE x []>",
    ],
)
def test_a_document_type_is_refused(node: Liar, caplog: pytest.LogCaptureFixture, front: bytes) -> None:
    client = Client()
    node.envelope_by = lambda envelope: front + envelope

    is_refused(client, choose(client), caplog, "document type")


# Encryption


@pytest.mark.parametrize("bits", [(256, 256), (256, 128), (128, 256), (128, 128)])
def test_each_length_of_key_of_the_profile_opens(node: Liar, bits: tuple[int, int]) -> None:
    client = Client()
    names = (node.issuer, node.system)
    node.encrypt_by = lambda clear: encrypted(clear, node.public("decryption"), names=names, bits=bits)

    assert back(client, choose(client)) == 302


def _clear(text: str, node: Liar) -> str:
    return text


def _for_another(text: str, node: Liar) -> str:
    return encrypted(text, STRANGER.public_key(), names=(node.issuer, node.system))


def _flipped(text: str, node: Liar) -> str:
    sealed = encrypted(text, node.public("decryption"), names=(node.issuer, node.system))
    content = sealed.rsplit("<xenc:CipherValue>", 1)[1].split("<", 1)[0]
    raw = bytearray(b64decode(content))
    raw[40] ^= 1
    return sealed.replace(content, b64encode(raw).decode())


def _cbc(text: str, node: Liar) -> str:
    sealed = encrypted(text, node.public("decryption"), names=(node.issuer, node.system))
    return sealed.replace(
        "http://www.w3.org/2009/xmlenc11#aes256-gcm", "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    )


def _twice(text: str, node: Liar) -> str:
    return 2 * encrypted(text, node.public("decryption"), names=(node.issuer, node.system))


@pytest.mark.parametrize(
    ("how", "why"),
    [
        (_clear, "not encrypted"),
        (_for_another, "none of our keys"),
        (_flipped, "none of our keys"),
        (_cbc, "is not allowed"),
        (_twice, "2 times"),
    ],
)
def test_what_is_not_encrypted_well_for_us_is_refused(
    node: Liar, caplog: pytest.LogCaptureFixture, how: Callable[[str, Liar], str], why: str
) -> None:
    client = Client()
    node.encrypt_by = lambda clear: how(clear, node)

    is_refused(client, choose(client), caplog, why)
