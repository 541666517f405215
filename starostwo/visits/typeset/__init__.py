"""The printed ticket."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from starostwo.platform.typesetting import typeset

TEMPLATE = Path(__file__).with_name("ticket.typ")


@dataclass(frozen=True)
class Slip:
    """What stands on a printed ticket; no name."""

    office: str
    place: str
    number: str
    matter: str
    hour: str
    issued: str


def typeset_ticket(slip: Slip, *, at: datetime) -> bytes:
    """Return a ticket of 80 x 62 mm as PDF, for the printer of a machine."""
    return typeset(TEMPLATE, asdict(slip), at=at, standards=())
