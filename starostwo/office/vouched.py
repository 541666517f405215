"""What an identity provider vouches for, and the refusal of what it does not."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class NotBelieved(Exception):
    """The provider's answer breaks a rule; the text names it, for the log."""


@dataclass(frozen=True)
class Person:
    """Who came back, as the provider says; `issuer` is the lasting name under which accounts know it."""

    issuer: str
    subject: str
    given_name: str
    family_name: str
    email: str = ""
    pesel: str | None = None
    address: Mapping[str, str] = field(default_factory=dict)
    id_token: str = ""
