"""The metadata that each incoming letter and each case must carry, and what is missing.

Law: rozp. MSWiA 30.10.2006 (Dz.U. 2006 nr 206 poz. 1517), annex A (incoming) and annex D (case).
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TITLE_LIMIT = 500
_FORBIDDEN_IN_IDENTIFIER = re.compile(r"[\s\\/*?:=,;]")
_PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)


class AccessLevel(StrEnum):
    """Annex A point 10: how public the letter is."""

    PUBLIC = "PUBLIC"
    PARTLY = "PARTLY"
    CLOSED = "CLOSED"


ACCESS_LABELS = {
    AccessLevel.PUBLIC: "publiczny - dostępny w całości",
    AccessLevel.PARTLY: "publiczny - dostępny częściowo",
    AccessLevel.CLOSED: "niepubliczny",
}


class DcmiType(StrEnum):
    """Annex A point 14: the type of the Dublin Core Metadata Initiative."""

    COLLECTION = "Collection"
    DATASET = "Dataset"
    MOVING_IMAGE = "MovingImage"
    PHYSICAL_OBJECT = "PhysicalObject"
    SOFTWARE = "Software"
    SOUND = "Sound"
    STILL_IMAGE = "StillImage"
    TEXT = "Text"


class Channel(StrEnum):
    """The way by which a letter came in."""

    PAPER = "PAPER"
    COUNTER = "COUNTER"
    ESP = "ESP"
    ACCOUNT = "ACCOUNT"
    EMAIL = "EMAIL"
    EPUAP = "EPUAP"
    EDELIVERY = "EDELIVERY"
    CARRIER = "CARRIER"


CHANNEL_LABELS = {
    Channel.PAPER: "poczta (papier)",
    Channel.COUNTER: "złożone w kancelarii (papier)",
    Channel.ESP: "elektroniczna skrzynka podawcza",
    Channel.ACCOUNT: "konto w e-urzędzie",
    Channel.EMAIL: "e-mail",
    Channel.EPUAP: "ePUAP",
    Channel.EDELIVERY: "e-Doręczenia",
    Channel.CARRIER: "nośnik danych",
}
PAPER_CHANNELS = frozenset({Channel.PAPER, Channel.COUNTER, Channel.CARRIER})

KINDS = (
    "podanie", "wniosek", "wniosek o informację publiczną", "zgłoszenie", "odwołanie", "zażalenie",
    "ponaglenie", "skarga", "petycja", "odpowiedź na wezwanie", "pismo", "decyzja", "postanowienie", "opinia",
    "zaproszenie", "faktura", "oferta",
)  # fmt: skip


class SenderRole(StrEnum):
    """As what somebody stands on a letter."""

    PARTY = "PARTY"
    REPRESENTATIVE = "REPRESENTATIVE"


SENDER_ROLE_LABELS = {SenderRole.PARTY: "strona", SenderRole.REPRESENTATIVE: "pełnomocnik"}


@dataclass(frozen=True)
class Sender:
    """Annex A points 1 and 2: an organization or a person, and the address.

    A representative stands behind the party for whom he acts (k.p.a. art. 32). `pesel` is a proven one. The
    telephone goes into the directory of senders, not onto the letter.
    """

    organization: str = ""
    family_name: str = ""
    given_name: str = ""
    postcode: str = ""
    town: str = ""
    street: str = ""
    building: str = ""
    flat: str = ""
    po_box: str = ""
    country: str = "PL"
    email: str = ""
    party_id: int | None = None
    role: SenderRole = SenderRole.PARTY
    account_id: int | None = None
    pesel: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        """The organization, else the family name and the given name."""
        return self.organization or " ".join(part for part in (self.family_name, self.given_name) if part)


@dataclass(frozen=True)
class Received:
    """What is known of a letter that came: annex A without the fields that the system fills."""

    title: str
    received_on: date
    senders: Sequence[Sender] = ()
    kind: str = "pismo"
    letter_date: str = ""
    sent_on: date | None = None
    access: AccessLevel = AccessLevel.PARTLY
    attachments: int = 0
    format: str = ""
    remarks: Sequence[str] = ()
    dcmi_type: DcmiType = DcmiType.TEXT
    delivery_way: str = ""
    sender_reference: str = ""
    fully_copied: bool = True
    not_copied_reason: str = ""
    envelope_only: bool = False
    service_code: str = ""
    unit: str = ""


COMPLETED = tuple(
    """
    kind title letter_date sent_on access attachments format remarks dcmi_type delivery_way
    sender_reference fully_copied not_copied_reason envelope_only service_code
    """.split()
)
SENDER_FIELDS = tuple(
    """
    organization family_name given_name postcode town street building flat po_box country email
    role
    """.split()
)


@dataclass(frozen=True)
class Gap:
    """A required field of the annex that is empty, as a person reads it."""

    point: str
    text: str


def gaps(received: Received, *, channel: Channel) -> list[Gap]:
    """Return the required fields of annex A that are still empty."""
    electronic = channel not in PAPER_CHANNELS
    checks = [
        (bool(received.senders) and all(sender.name for sender in received.senders), "1", "nadawca"),
        (
            bool(received.senders) and all(sender.town for sender in received.senders),
            "2b",
            "miejscowość nadawcy",
        ),
        (bool(received.title.strip()), "9", "tytuł"),
        (bool(received.format) or not electronic, "12", "format dokumentu elektronicznego"),
    ]
    return [Gap(point, text) for filled, point, text in checks if not filled]


class NotAPartialDate(ValueError):
    """The text is no year, month or day of the calendar."""


def check_partial_date(text: str) -> str:
    """Return the date on a letter as written: YYYY, YYYY-MM or YYYY-MM-DD, or nothing (annex A point 3)."""
    if not text:
        return ""
    found = _PARTIAL_DATE.fullmatch(text)
    if found is None or not _is_in_calendar(*found.groups()):
        raise NotAPartialDate(text)
    return text


def is_identifier(text: str) -> bool:
    """Say if the text may be an identifier: no spaces and none of the signs annex A point 8 forbids."""
    return bool(text) and _FORBIDDEN_IN_IDENTIFIER.search(text) is None


def case_access(levels: Sequence[AccessLevel]) -> AccessLevel:
    """Return the access of a case from its letters: mixed means partly (annex D point 6)."""
    found = set(levels)
    if not found:
        return AccessLevel.PARTLY
    return found.pop() if len(found) == 1 else AccessLevel.PARTLY


def _is_in_calendar(year: str, month: str | None, day: str | None) -> bool:
    if month is None:
        return year != "0000"
    if year == "0000" or not 1 <= int(month) <= 12:
        return False
    return day is None or 1 <= int(day) <= monthrange(int(year), int(month))[1]
