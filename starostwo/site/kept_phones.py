"""Phones that are signed in at an exchange: asked of it now and then, told to it again when it starts anew.

A browser's phone has a connection of its own, which is gone with the exchange; it signs in by itself.
"""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from starostwo.telephony.exchange.rpc import ask, ask_list

BROWSERS = ("transport=ws", ".invalid")


@dataclass(frozen=True)
class Phone:
    """A number, the address at which it is reached, and until when, in seconds of the epoch."""

    number: str
    address: str
    until: float


def signed_in(folder: Path) -> list[Phone]:
    """Who is signed in now. Raises what `ask_list` raises."""
    found = []
    for domain in (ask_list(folder, "ul.dump") or {}).get("Domains", []):
        for place in domain.get("Domain", {}).get("AoRs", []):
            info = place.get("Info", {})
            contacts = [one.get("Contact", {}) for one in info.get("Contacts", [])]
            found += [_phone(str(info.get("AoR", "")), one) for one in contacts if _is_lasting(one)]
    return found


def tell(folder: Path, phones: list[Phone]) -> None:
    """Let the exchange know those whose time has not run out. Raises what `ask` raises."""
    for phone in phones:
        left = round(phone.until - time.time())
        if left > 0:
            ask(folder, "ul.add", "location", phone.number, phone.address, left, 1.0, "0", 0, 0, 0)


def written(phones: list[Phone]) -> str:
    """As they are kept in a file."""
    return json.dumps([asdict(phone) for phone in phones])


def read(file: Path) -> list[Phone]:
    """Who is kept in a file."""
    return [Phone(**one) for one in json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []


def _phone(name: str, contact: dict[str, Any]) -> Phone:
    return Phone(name.partition("@")[0], str(contact["Address"]), time.time() + contact["Expires"])


def _is_lasting(contact: dict[str, Any]) -> bool:
    address = str(contact.get("Address", ""))
    return isinstance(contact.get("Expires"), int) and not any(mark in address for mark in BROWSERS)
