"""Who sent a submission, as far as it is known: by the form, by the account, or in two lines of a program."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

_POSTCODE_AND_TOWN = re.compile(
    r"^(?P<street>.*?)[,\s]*(?P<postcode>\d{2}-\d{3})\s+(?P<town>[^,]+)$", re.DOTALL
)


class Role(StrEnum):
    """As what somebody stands in a submission; a representative stands behind the party for whom he acts."""

    PARTY = "PARTY"
    REPRESENTATIVE = "REPRESENTATIVE"


@dataclass(frozen=True)
class Sender:
    """The sender in the lines that the register needs (annex A points 1 and 2)."""

    given_name: str = ""
    family_name: str = ""
    organisation: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    email: str = ""
    phone: str = ""

    @property
    def name(self) -> str:
        """The organisation and the person who acts for it, whichever are known."""
        person = f"{self.given_name} {self.family_name}".strip()
        return ", ".join(part for part in (self.organisation, person) if part)

    @property
    def address(self) -> str:
        """The address in one line."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part)


@dataclass(frozen=True)
class Person:
    """Somebody of a submission with several people: who, as what, and his account here if he has one.

    `pesel` is one that somebody proved: a clerk saw the document.
    """

    sender: Sender
    role: Role = Role.PARTY
    account_id: int | None = None
    pesel: str = ""


def names_of(people: Sequence[Person]) -> str:
    """Return everybody in one line, as the receipt names them."""
    told = []
    for place, person in enumerate(people):
        is_representative = person.role is Role.REPRESENTATIVE
        told.append(
            f"{'; ' if place else ''}{'pełnomocnik: ' if is_representative else ''}{person.sender.name}"
        )
    return "".join(told)


def people_as_values(people: Sequence[Person]) -> list[dict[str, Any]]:
    """Return the people as plain values, to be kept with the submission."""
    return [
        {
            "role": person.role.value,
            "account": person.account_id,
            "pesel": person.pesel,
            "sender": asdict(person.sender),
        }
        for person in people
    ]


def people_of_values(values: Sequence[Mapping[str, Any]]) -> list[Person]:
    """Return the people that were kept with the submission."""
    return [
        Person(Sender(**each["sender"]), Role(each["role"]), each["account"], each["pesel"])
        for each in values
    ]


def sender_of_lines(name: str, address: str) -> Sender:
    """Return the sender that a program named in two lines; a postcode parts the street from the town."""
    one_line = " ".join(address.split())
    found = _POSTCODE_AND_TOWN.match(one_line)
    lines = found.groupdict() if found else {"street": one_line, "postcode": "", "town": ""}
    return Sender(
        organisation=" ".join(name.split()), **{key: value.strip(" ,") for key, value in lines.items()}
    )
