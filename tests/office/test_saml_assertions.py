"""What an assertion must say, to the second; the function itself, without a network."""

import re
from dataclasses import replace

import pytest

from starostwo.office.saml.assertions import TooWeak, Vouched, vouched_by
from starostwo.office.vouched import NotBelieved, Person
from tests.office.saml_words import BEGAN, EXPECTED, NODE, clear, element, moment

LEVEL = "http://eidas.europa.eu/LoA/"
PERSON = "http://eidas.europa.eu/attributes/naturalperson/PersonIdentifier"


def believed(text: str, *, least: str = "substantial") -> Vouched:
    return vouched_by(element(text), replace(NODE, least_level=least), EXPECTED)


def test_whom_the_node_vouches_for() -> None:
    found = believed(clear())
    assert found.person == Person("login.gov.pl", "75051256786", "Maria", "Zych", pesel="75051256786")
    assert (found.assertion_id, found.name_id, found.session_index) == ("ID-slowo", "maria", "sesja")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('Version="2.0"', 'Version="1.1"', "another issuer or version"),
        ("<saml2:Issuer>wezel.test", "<saml2:Issuer>inny.test", "another issuer or version"),
        ("cm:bearer", "cm:sender-vouches", "another way of confirmation"),
        (' Recipient="', ' Recipient="x', "another recipient"),
        (' Recipient="', ' Inny="', "another recipient"),
        ('InResponseTo="', 'InResponseTo="x', "answers another request"),
        ("<saml2:Audience>", "<saml2:Audience>x", "another audience"),
        ("</saml2:Audience>", "</saml2:Audience><saml2:Audience>x</saml2:Audience>", "another audience"),
        (f"<saml2:AuthnContextClassRef>{LEVEL}", "<saml2:AuthnContextClassRef>", "no level of assurance"),
        ("LoA/substantial", "LoA/none", "no level of assurance"),
        ("LoA/substantial", "LoA/low", ""),
        ("75051256786", "", "no identifier of the person"),
        ("75051256786", "7" * 256, "no identifier of the person"),
        (f'"{PERSON}"', '"urn:inny"', "no identifier of the person"),
        ("CurrentFamilyName", "CurrentGivenName", "told twice"),
        ('ID="ID-slowo"', "", "no ID in Assertion"),
    ],
)
def test_another_word_is_not_believed(old: str, new: str, why: str) -> None:
    text = clear()
    assert old in text
    with pytest.raises(NotBelieved if why else TooWeak, match=why or None):
        believed(text.replace(old, new))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"until": moment(-29)}, ""),
        ({"until": moment(-30)}, "expired"),
        ({"since": moment(30)}, ""),
        ({"since": moment(31)}, "not yet in force"),
        ({"logged_in": moment(-30, BEGAN)}, ""),
        ({"logged_in": moment(-31, BEGAN)}, "logged in before we asked"),
    ],
)
def test_half_a_minute_is_forgiven_and_no_more(said: dict[str, str], why: str) -> None:
    if why:
        with pytest.raises(NotBelieved, match=why):
            believed(clear(**said))
    else:
        believed(clear(**said))


@pytest.mark.parametrize("which", ["Conditions", "SubjectConfirmationData"])
def test_confirmation_and_conditions_end_each_for_itself(which: str) -> None:
    text = re.sub(rf'(<saml2:{which}[^>]*NotOnOrAfter=")[^"]*', rf"\g<1>{moment(-30)}", clear())
    with pytest.raises(NotBelieved, match=f"{which}: expired"):
        believed(text)


@pytest.mark.parametrize(
    ("which", "until"), [("Conditions", 600), ("SubjectConfirmationData", 600), ("", 300)]
)
def test_the_word_is_kept_until_its_last_end(which: str, until: int) -> None:
    text = re.sub(rf'(<saml2:{which} [^>]*NotOnOrAfter=")[^"]*', rf"\g<1>{moment(600)}", clear())
    assert believed(text).good_until.isoformat() == moment(until + 30)


def test_no_beginning_need_be_told() -> None:
    assert believed(re.sub(r'NotBefore="[^"]*"', "", clear())).name_id == "maria"


def test_the_confirmation_may_begin_too() -> None:
    text = clear().replace('Recipient="', f'NotBefore="{moment(31)}" Recipient="')
    with pytest.raises(NotBelieved, match="SubjectConfirmationData: not yet in force"):
        believed(text)


@pytest.mark.parametrize(
    ("least", "level", "is_enough"),
    [
        ("low", "low", True),
        ("substantial", "low", False),
        ("substantial", "substantial", True),
        ("substantial", "high", True),
        ("high", "substantial", False),
        ("high", "high", True),
    ],
)
def test_the_level_must_reach_the_least(least: str, level: str, is_enough: bool) -> None:
    text = clear(level=f"{LEVEL}{level}")
    if is_enough:
        believed(text, least=least)
    else:
        with pytest.raises(TooWeak):
            believed(text, least=least)


@pytest.mark.parametrize("length", [1, 255])
def test_how_long_an_identifier_may_be(length: int) -> None:
    assert believed(clear(pesel="7" * length)).person.subject == "7" * length


def test_what_is_told_beside_is_passed_over() -> None:
    """Other attributes may hold what they like; one that we know and that is empty is told as empty."""
    other = (
        '<saml2:Attribute Name="urn:inny"><saml2:AttributeValue><x/></saml2:AttributeValue></saml2:Attribute>'
    )
    text = clear().replace("<saml2:AttributeStatement>", f"<saml2:AttributeStatement>{other}")
    text = text.replace("<saml2:AttributeValue>Maria</saml2:AttributeValue>", "")
    assert (believed(text).person.given_name, believed(text).person.family_name) == ("", "Zych")
