"""What the office asks of KSeF, whoever speaks with it; which one that is, the setting KSEF_CHANNEL says.

Nothing is called while KSEF_URL or KSEF_NIP is empty.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class KsefFault(Exception):
    """KSeF did not answer as it should; the same is tried again later. The text goes to the screen."""


class KsefBusy(KsefFault):
    """KSeF asks to wait (429)."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"KSeF prosi, by poczekać {seconds} s")
        self.seconds = seconds


class KsefRefusal(Exception):
    """KSeF refuses what was asked; trying again the same way is of no use."""


@dataclass(frozen=True)
class Listed:
    """One invoice that KSeF holds for us."""

    ksef_number: str
    stored_at: datetime


@dataclass(frozen=True)
class Listing:
    """A page of the list, in the order of storing; `complete_to` is how far nothing can be missing."""

    invoices: Sequence[Listed]
    has_more: bool
    is_truncated: bool
    complete_to: datetime | None


@dataclass(frozen=True)
class Sent:
    """Where a sent invoice can be asked about."""

    session: str
    reference: str


@dataclass(frozen=True)
class Standing:
    """What became of a sent invoice: still checked, accepted with its number, or refused with a reason."""

    is_final: bool
    ksef_number: str = ""
    session: str = ""
    refusal: str = ""


class Ksef(Protocol):
    """A conversation with KSeF in the name of one taxpayer."""

    def listing(self, since: datetime, until: datetime, *, page: int) -> Listing:
        """Name the purchase invoices that were stored since then."""

    def invoice(self, ksef_number: str) -> bytes:
        """Bring one invoice; its hash was compared with what KSeF says."""

    def send(self, invoices: Sequence[bytes], *, offline: bool) -> list[Sent]:
        """Send invoices in one session and close it."""

    def standing(self, sent: Sent) -> Standing:
        """Say what became of a sent invoice."""

    def upo(self, session: str, ksef_number: str) -> bytes:
        """Bring the official receipt of an accepted invoice."""


def is_configured() -> bool:
    """Whether this installation speaks with KSeF."""
    return bool(settings.KSEF_CHANNEL and settings.KSEF_URL and settings.KSEF_NIP)


def conversation() -> AbstractContextManager[Ksef]:
    """Begin a conversation; it ends with the block."""
    opened: AbstractContextManager[Ksef] = import_string(settings.KSEF_CHANNEL)()
    return opened
