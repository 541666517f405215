"""Reading of single elements where a second one, a comment or none would make the meaning doubtful."""

import binascii
from base64 import b64decode
from datetime import datetime

from lxml import etree

from starostwo.office.saml.names import NS
from starostwo.office.vouched import NotBelieved


def one(parent: etree._Element, path: str) -> etree._Element:
    """The only element of the path; two of them are as bad as none."""
    found = parent.findall(path, NS)
    if len(found) != 1:
        raise NotBelieved(f"{len(found)} times {path}")
    return found[0]


def perhaps(parent: etree._Element, path: str) -> etree._Element | None:
    """The element of the path, if there is one at all."""
    return one(parent, path) if parent.find(path, NS) is not None else None


def text(element: etree._Element) -> str:
    """The text of an element with nothing else inside: a comment would cut it in two."""
    if len(element):
        raise NotBelieved(f"more than text in {etree.QName(element).localname}")
    return (element.text or "").strip()


def attribute(element: etree._Element, name: str) -> str:
    """An attribute that must be there."""
    value = element.get(name)
    if not value:
        raise NotBelieved(f"no {name} in {etree.QName(element).localname}")
    return value


def octets(element: etree._Element) -> bytes:
    """The bytes that stand in an element as base64."""
    try:
        return b64decode("".join(text(element).split()), validate=True)
    except binascii.Error:
        raise NotBelieved(f"no base64 in {etree.QName(element).localname}") from None


def moment(element: etree._Element, name: str) -> datetime:
    """A moment that must stand in an attribute, with its zone."""
    try:
        read = datetime.fromisoformat(attribute(element, name))
    except ValueError:
        raise NotBelieved(f"no moment in {name}") from None
    if read.tzinfo is None:
        raise NotBelieved(f"no zone in {name}")
    return read
