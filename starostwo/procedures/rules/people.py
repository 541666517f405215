"""The people of an application beside who files it: for whom he acts, who applies with him; as XML."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from lxml import etree

from starostwo.procedures.rules.elements import child
from starostwo.procedures.rules.kinds import clean
from starostwo.procedures.rules.sender import SENDER_ELEMENTS, Sender

REPRESENTED, PRINCIPAL, OTHERS, ONE = "reprezentacja", "mocodawca", "wspolwnioskodawcy", "osoba"
DETAILS = {"number": "numer", "basis": "podstawa", "scope": "zakres", "exemption": "zwolnienie"}
LONGEST_DETAIL = 500


@dataclass(frozen=True)
class Represented:
    """Whom the sender acts for: the person or organisation, by what right, for what, and free of duty why."""

    who: Sender
    basis: str
    number: str = ""
    scope: str = ""
    exemption: str = ""


@dataclass(frozen=True)
class People:
    """Whom the sender acts for, if anybody, and those who apply together with him."""

    represented: Represented | None = None
    others: tuple[Sender, ...] = ()


NOBODY = People()


def write_people(root: etree._Element, people: People) -> None:
    """Write both, each only when there is somebody."""
    if people.represented is not None:
        element = child(root, REPRESENTED)
        write_sender(child(element, PRINCIPAL), people.represented.who)
        for name, tag in DETAILS.items():
            if value := clean(getattr(people.represented, name)):
                child(element, tag, value)
    if people.others:
        element = child(root, OTHERS)
        for each in people.others:
            write_sender(child(element, ONE), each)


def write_sender(parent: etree._Element, sender: Sender) -> None:
    """Write the lines that are known of somebody."""
    for field in fields(sender):
        if value := clean(getattr(sender, field.name)):
            child(parent, SENDER_ELEMENTS[field.name], value)


def read_sender(parent: etree._Element, uri: str) -> Sender:
    """Read the lines of somebody; `uri` is the namespace in braces."""
    return Sender(
        **{name: clean(parent.findtext(f"{uri}{tag}", "")) for name, tag in SENDER_ELEMENTS.items()}
    )


def read_people(root: etree._Element, uri: str) -> People:
    """Read whom the document names beside its sender."""
    element = root.find(f"{uri}{REPRESENTED}")
    principal = element.find(f"{uri}{PRINCIPAL}") if element is not None else None
    represented = None
    if element is not None and principal is not None:
        details = {name: clean(element.findtext(f"{uri}{tag}", "")) for name, tag in DETAILS.items()}
        represented = Represented(read_sender(principal, uri), **details)
    return People(
        represented, tuple(read_sender(each, uri) for each in root.iterfind(f"{uri}{OTHERS}/{uri}{ONE}"))
    )


def people_as_json(people: People) -> dict[str, Any]:
    """Return both as the JSON of a filled form has them."""
    told: dict[str, Any] = {}
    if people.represented is not None:
        details = {tag: clean(getattr(people.represented, name)) for name, tag in DETAILS.items()}
        told[REPRESENTED] = {PRINCIPAL: dict(_lines(people.represented.who))} | _filled(details)
    if people.others:
        told[OTHERS] = [dict(_lines(each)) for each in people.others]
    return told


def _lines(sender: Sender) -> Iterator[tuple[str, str]]:
    lines = {SENDER_ELEMENTS[line.name]: clean(getattr(sender, line.name)) for line in fields(sender)}
    yield from _filled(lines).items()


def _filled(lines: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in lines.items() if value}
