"""Desk phones as data: who makes them, which models are known, their addresses, the files that they ask for.

The table of models helps to type; what a phone is sent depends on its maker alone.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

YEALINK, SNOM, GRANDSTREAM = "YEALINK", "SNOM", "GRANDSTREAM"
VENDORS = {YEALINK: "Yealink", SNOM: "Snom", GRANDSTREAM: "Grandstream"}
OTHER = "inny model"
MODELS_AS_OF = date(2026, 11, 27)  # from memory of the makers' offers; checked on no device
MODELS = {
    YEALINK: ("T31P", "T33G", "T43U", "T46U", "T54W", "T57W", "CP925", OTHER),
    SNOM: ("D713", "D717", "D735", "D785", "D812", "D862", "D865", OTHER),
    GRANDSTREAM: ("GRP2601P", "GRP2602P", "GRP2612P", "GRP2614", "GRP2616", "GXP2135", OTHER),
}
WINDOW = timedelta(minutes=15)
PHONEBOOKS = ("ksiazka.xml", "phonebook.xml")  # Grandstream always asks for the second name
SEPARATORS = re.compile(r"[\s:.-]")
TWELVE_HEX = re.compile(r"[0-9a-f]{12}")
SETTINGS = (
    (YEALINK, re.compile(r"(?P<mac>[0-9a-f]{12})\.cfg")),
    (SNOM, re.compile(r"(?:snom[a-z0-9]{1,12}-)?(?P<mac>[0-9a-f]{12})\.(?:xml|htm)")),
    (GRANDSTREAM, re.compile(r"cfg(?P<mac>[0-9a-f]{12})\.xml")),
)
COMMON = re.compile(r"y[0-9]{12}\.cfg")


class NotAMac(ValueError):
    """What was typed is no address of a network card."""


@dataclass(frozen=True)
class Asked:
    """What a phone asks for: its settings, those common to a maker's phones, or the phonebook."""

    what: str
    vendor: str = ""
    mac: str = ""


OWN, SHARED, BOOK = "OWN", "SHARED", "BOOK"


def plain_mac(typed: str) -> str:
    """The address as it is kept: small letters with colons; multicast and zero are no phone's."""
    digits = SEPARATORS.sub("", typed.lower())
    if not TWELVE_HEX.fullmatch(digits) or int(digits, 16) == 0 or int(digits[:2], 16) & 1:
        raise NotAMac(typed)
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def asked(file: str) -> Asked | None:
    """What the name of a file means; None for any other name. Makers differ in capital letters."""
    name = file.lower()
    if name in PHONEBOOKS:
        return Asked(BOOK)
    if COMMON.fullmatch(name):
        return Asked(SHARED, YEALINK)
    for vendor, pattern in SETTINGS:
        if found := pattern.fullmatch(name):
            return Asked(OWN, vendor, plain_or_none(found["mac"]))
    return None


def plain_or_none(digits: str) -> str:
    """The address, or nothing where the digits are none."""
    try:
        return plain_mac(digits)
    except NotAMac:
        return ""


def file_of(vendor: str, mac: str) -> str:
    """The name of the file with the settings of one phone."""
    digits = mac.replace(":", "")
    return {YEALINK: f"{digits}.cfg", SNOM: f"{digits}.xml", GRANDSTREAM: f"cfg{digits}.xml"}[vendor]


def sign_in_name(number: str, mac: str) -> str:
    """The name under which a phone proves who it is: its number and its own address.

    Two phones of one number have a password each, so that one can be taken away without the other.
    """
    return f"{number}-{mac.replace(':', '')}"
