"""What an assertion must say: from whom, to whom, for which log-in, when, how surely, and about whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from starostwo.office.saml.elements import attribute, moment, one, perhaps, text
from starostwo.office.saml.names import ATTRIBUTES, BEARER, LEVEL, LEVELS, NS
from starostwo.office.saml.node import Node
from starostwo.office.vouched import NotBelieved, Person

LEEWAY = timedelta(seconds=30)


class TooWeak(Exception):
    """The person proved who he is, but in a way that is too weak for this office."""


@dataclass(frozen=True)
class Expected:
    """To what an answer must fit: our request, our address, when we asked, and now."""

    request_id: str
    back: str
    began: datetime
    now: datetime


@dataclass(frozen=True, repr=False)
class Vouched:
    """The person, the assertion's own id and end, and under what the node knows the session."""

    person: Person
    assertion_id: str
    good_until: datetime
    name_id: str
    session_index: str


def vouched_by(assertion: etree._Element, node: Node, expected: Expected) -> Vouched:
    """Return whom the assertion is about; refuse unless it is meant for us, for this log-in and for now."""
    if assertion.get("Version") != "2.0" or text(one(assertion, "saml:Issuer")) != node.issuer:
        raise NotBelieved("assertion: another issuer or version")
    subject = one(assertion, "saml:Subject")
    confirmed_until = _check_confirmation(subject, expected)
    good_until = _check_conditions(one(assertion, "saml:Conditions"), node, expected)
    statement = one(assertion, "saml:AuthnStatement")
    if moment(statement, "AuthnInstant") < expected.began - LEEWAY:
        raise NotBelieved("assertion: the person logged in before we asked")
    _check_level(statement, node)
    return Vouched(
        person=_person(one(assertion, "saml:AttributeStatement"), node),
        assertion_id=attribute(assertion, "ID"),
        good_until=max(confirmed_until, good_until) + LEEWAY,
        name_id=text(one(subject, "saml:NameID")),
        session_index=statement.get("SessionIndex", ""),
    )


def _check_confirmation(subject: etree._Element, expected: Expected) -> datetime:
    """Handed over by the browser, to our address, for our request, and not too late."""
    confirmation = one(subject, "saml:SubjectConfirmation")
    data = one(confirmation, "saml:SubjectConfirmationData")
    if confirmation.get("Method") != BEARER:
        raise NotBelieved("assertion: another way of confirmation")
    if data.get("Recipient") != expected.back:
        raise NotBelieved("assertion: made out to another recipient")
    if data.get("InResponseTo") != expected.request_id:
        raise NotBelieved("assertion: answers another request")
    return _check_window(data, expected.now)


def _check_conditions(conditions: etree._Element, node: Node, expected: Expected) -> datetime:
    """In force now, and meant for us alone."""
    audience = one(conditions, "saml:AudienceRestriction")
    if [text(entry) for entry in audience.findall("saml:Audience", NS)] != [node.system]:
        raise NotBelieved("assertion: meant for another audience")
    return _check_window(conditions, expected.now)


def _check_window(element: etree._Element, now: datetime) -> datetime:
    kind = etree.QName(element).localname
    until = moment(element, "NotOnOrAfter")
    if now >= until + LEEWAY:
        raise NotBelieved(f"{kind}: expired")
    if element.get("NotBefore") is not None and now < moment(element, "NotBefore") - LEEWAY:
        raise NotBelieved(f"{kind}: not yet in force")
    return until


def _check_level(statement: etree._Element, node: Node) -> None:
    named = text(one(statement, "saml:AuthnContext/saml:AuthnContextClassRef"))
    level = named.removeprefix(LEVEL)
    if not named.startswith(LEVEL) or level not in LEVELS:
        raise NotBelieved("assertion: no level of assurance of eIDAS")
    if LEVELS.index(level) < LEVELS.index(node.least_level):
        raise TooWeak


def _person(statement: etree._Element, node: Node) -> Person:
    told: dict[str, str] = {}
    for entry in statement.findall("saml:Attribute", NS):
        name = attribute(entry, "Name")
        if name in told:
            raise NotBelieved("assertion: an attribute is told twice")
        value = perhaps(entry, "saml:AttributeValue") if name in ATTRIBUTES.values() else None
        told[name] = text(value) if value is not None else ""
    identifier = told.get(ATTRIBUTES["PersonIdentifier"], "")
    if not 0 < len(identifier) <= 255:
        raise NotBelieved("assertion: no identifier of the person")
    return Person(
        issuer=node.accounts,
        subject=identifier,
        given_name=told.get(ATTRIBUTES["FirstName"], ""),
        family_name=told.get(ATTRIBUTES["FamilyName"], ""),
        pesel=identifier,
    )
