"""To which unit of the county an invoice belongs.

Law: FA(3): Podmiot2/JST = 1 names a subordinate unit in Podmiot3 with Rola 8; IDWew is the county's NIP with
five digits of the unit.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from starostwo.treasury.rules.fa3 import ROLE_UNIT_RECIPIENT, Invoice, Party


@dataclass(frozen=True)
class Place:
    """A unit that receives invoices: by what it is known, and whether it is the office itself."""

    id: int
    nip: str = ""
    idwew: str = ""
    is_office: bool = False


@dataclass(frozen=True)
class Route:
    """Where the invoice goes and why; without a unit a person decides."""

    unit: int | None
    why: str


def route(invoice: Invoice, places: Iterable[Place]) -> Route:
    """The unit by Podmiot3 with Rola 8; the office when the buyer says that no unit is concerned."""
    known = list(places)
    named = [each for each in invoice.third if each.role == ROLE_UNIT_RECIPIENT]
    found = {place.id for each in named for place in known if _is(place, each)}
    if len(found) == 1:
        return Route(found.pop(), "Podmiot3 z rolą 8")
    if len(found) > 1:
        return Route(None, "faktura wskazuje kilka jednostek")
    if named:
        return Route(None, "jednostka z Podmiot3 nie jest znana")
    if invoice.concerns_subunit:
        return Route(None, "faktura dotyczy jednostki podrzędnej, ale jej nie wskazuje")
    office = [place.id for place in known if place.is_office]
    if len(office) == 1:
        return Route(office[0], "nabywcą jest powiat, a jednostki nie wskazano")
    return Route(None, "nie wskazano jednostki")


def _is(place: Place, party: Party) -> bool:
    by_number = bool(place.idwew) and place.idwew == party.idwew
    return by_number or (bool(place.nip) and place.nip == party.nip)
