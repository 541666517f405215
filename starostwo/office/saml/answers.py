"""What the node's messages must say before they are believed. SAML 2.0 core, and the node's own profile.

The outermost message must be signed, and everything is read from its signed bytes alone; where a message
inside is signed as well, that signature must be good too.
"""

from datetime import datetime

from lxml import etree

from starostwo.office.saml.assertions import LEEWAY, Expected, TooWeak, Vouched, vouched_by
from starostwo.office.saml.decrypting import decrypt
from starostwo.office.saml.elements import attribute, moment, one, perhaps, text
from starostwo.office.saml.names import GIVEN_UP, SUCCESS, TOO_WEAK, q
from starostwo.office.saml.node import Node
from starostwo.office.saml.verifying import signed
from starostwo.office.vouched import NotBelieved
from starostwo.platform.safe_xml import UnsafeXml, by_id, parse


class GaveUp(Exception):
    """The person broke off at the node, or could not prove who he is."""


def person_behind(envelope: bytes, node: Node, *, resolve_id: str, expected: Expected) -> Vouched:
    """Return whom the node vouches for in its answer to an ArtifactResolve."""
    original = _message(envelope, "samlp:ArtifactResponse")
    outer = signed(original, pinned=node.pinned, at=expected.now)
    _check_head(outer, node, in_response_to=resolve_id, expected=expected)
    if _statuses(outer) != [SUCCESS] or perhaps(outer, "samlp:Response") is None:
        raise NotBelieved("the node knows no such artifact")
    _check_own_signature(one(original, "samlp:Response"), node, expected.now)
    response = one(outer, "samlp:Response")
    _check_head(response, node, in_response_to=expected.request_id, expected=expected)
    if response.get("Destination", expected.back) != expected.back:
        raise NotBelieved("the response is made out to another address")
    _check_outcome(_statuses(response))
    if perhaps(response, "saml:Assertion") is not None:
        raise NotBelieved("the assertion is not encrypted")
    clear = _parsed(decrypt(one(response, "saml:EncryptedAssertion"), node.decryption_keys))
    if clear.tag != q("saml:Assertion"):
        raise NotBelieved("something else than an assertion was encrypted")
    _check_own_signature(clear, node, expected.now)
    return vouched_by(clear, node, expected)


def check_logout(envelope: bytes, node: Node, *, request_id: str, now: datetime) -> None:
    """Refuse unless the node says, signed, that it ended the session which this very request named."""
    outer = signed(_message(envelope, "samlp:LogoutResponse"), pinned=node.pinned, at=now)
    expected = Expected(request_id=request_id, back="", began=now - LEEWAY, now=now)
    _check_head(outer, node, in_response_to=request_id, expected=expected)
    if _statuses(outer) != [SUCCESS]:
        raise NotBelieved("the node did not end the session")


def _message(envelope: bytes, name: str) -> etree._Element:
    """The one message in the envelope; ids that occur twice are refused before any signature is looked at."""
    root = _parsed(envelope)
    body = one(root, "soap:Body")
    if root.tag != q("soap:Envelope") or [child.tag for child in body] != [q(name)]:
        raise NotBelieved(f"the envelope does not hold one {name}")
    return body[0]


def _parsed(content: bytes) -> etree._Element:
    try:
        tree = parse(content)
        by_id(tree)
    except UnsafeXml:
        raise NotBelieved("not XML, or with a document type, entities or equal ids") from None
    return tree.getroot()


def _check_own_signature(element: etree._Element, node: Node, now: datetime) -> None:
    if perhaps(element, "ds:Signature") is not None:
        signed(element, pinned=node.pinned, at=now)


def _check_head(message: etree._Element, node: Node, *, in_response_to: str, expected: Expected) -> None:
    kind = etree.QName(message).localname
    if message.get("Version") != "2.0" or text(one(message, "saml:Issuer")) != node.issuer:
        raise NotBelieved(f"{kind}: another issuer or version")
    if attribute(message, "InResponseTo") != in_response_to:
        raise NotBelieved(f"{kind}: answers another request")
    if not expected.began - LEEWAY <= moment(message, "IssueInstant") <= expected.now + LEEWAY:
        raise NotBelieved(f"{kind}: issued before the request or in the future")


def _statuses(message: etree._Element) -> list[str]:
    """The status and, where there is one, the second that explains it."""
    codes = [one(message, "samlp:Status/samlp:StatusCode")]
    inner = perhaps(codes[0], "samlp:StatusCode")
    return [attribute(code, "Value") for code in (*codes, *([] if inner is None else [inner]))]


def _check_outcome(statuses: list[str]) -> None:
    if TOO_WEAK in statuses:
        raise TooWeak
    if GIVEN_UP.intersection(statuses):
        raise GaveUp
    if statuses != [SUCCESS]:
        raise NotBelieved("the log-in did not succeed at the node")
