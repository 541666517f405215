"""Who sent a submission, as far as it is known: by the form, by the account, or in two lines of a program."""

import re
from dataclasses import dataclass

_POSTCODE_AND_TOWN = re.compile(
    r"^(?P<street>.*?)[,\s]*(?P<postcode>\d{2}-\d{3})\s+(?P<town>[^,]+)$", re.DOTALL
)


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

    @property
    def name(self) -> str:
        """The organisation and the person who acts for it, whichever are known."""
        person = f"{self.given_name} {self.family_name}".strip()
        return ", ".join(part for part in (self.organisation, person) if part)

    @property
    def address(self) -> str:
        """The address in one line."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part)


def sender_of_lines(name: str, address: str) -> Sender:
    """Return the sender that a program named in two lines; a postcode parts the street from the town."""
    one_line = " ".join(address.split())
    found = _POSTCODE_AND_TOWN.match(one_line)
    lines = found.groupdict() if found else {"street": one_line, "postcode": "", "town": ""}
    return Sender(
        organisation=" ".join(name.split()), **{key: value.strip(" ,") for key, value in lines.items()}
    )
