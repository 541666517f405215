"""The phonebook as each maker's phones read it, in the order of the Polish alphabet.

How many entries a phone takes rests on memory; what is beyond is left out from the end.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from starostwo.platform.polish import pl_key
from starostwo.telephony.rules.devices import GRANDSTREAM, SNOM, YEALINK
from starostwo.telephony.rules.phone_settings import BOOK_NAME, one_line, written

MOST = {YEALINK: 1000, SNOM: 500, GRANDSTREAM: 2000}
LONGEST = 40


@dataclass(frozen=True)
class Entry:
    """Whom a number rings; a phone that belongs to nobody has only its label as `family`."""

    number: str
    family: str
    given: str = ""
    unit: str = ""

    @property
    def name(self) -> str:
        """The name as a list shows it: 'Nowak Anna (GN)'."""
        whole = f"{self.family} {self.given}".strip()
        return one_line(f"{whole} ({self.unit})" if self.unit else whole, LONGEST)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By name as Poles sort, then by number."""
    return sorted(entries, key=lambda one: (pl_key(one.family), pl_key(one.given), one.number))


def book(vendor: str, entries: Iterable[Entry]) -> str:
    """The file for the phones of a maker."""
    return WRITERS[vendor](in_order(entries)[: MOST[vendor]])


def _yealink(entries: list[Entry]) -> str:
    root = ET.Element("YealinkIPPhoneDirectory")
    ET.SubElement(root, "Title").text = BOOK_NAME
    return _directory(root, entries)


def _snom(entries: list[Entry]) -> str:
    root = ET.Element("SnomIPPhoneDirectory")
    ET.SubElement(root, "Title").text = BOOK_NAME
    ET.SubElement(root, "Prompt").text = "Wybierz"
    return _directory(root, entries)


def _directory(root: ET.Element, entries: list[Entry]) -> str:
    for one in entries:
        line = ET.SubElement(root, "DirectoryEntry")
        ET.SubElement(line, "Name").text = one.name
        ET.SubElement(line, "Telephone").text = one.number
    return written(root)


def _grandstream(entries: list[Entry]) -> str:
    root = ET.Element("AddressBook")
    for one in entries:
        contact = ET.SubElement(root, "Contact")
        ET.SubElement(contact, "LastName").text = one_line(one.family, LONGEST)
        ET.SubElement(contact, "FirstName").text = one_line(one.given, LONGEST)
        if one.unit:
            ET.SubElement(contact, "Department").text = one_line(one.unit, LONGEST)
        phone = ET.SubElement(contact, "Phone", type="Work")
        ET.SubElement(phone, "phonenumber").text = one.number
        ET.SubElement(phone, "accountindex").text = "1"
    return written(root)


WRITERS: dict[str, Callable[[list[Entry]], str]] = {
    YEALINK: _yealink,
    SNOM: _snom,
    GRANDSTREAM: _grandstream,
}
