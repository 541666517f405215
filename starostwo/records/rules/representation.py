"""Who receives the letters of a case: the parties, and for a represented party one representative.

Law: k.p.a. art. 40 par. 1 and 2 (a representative receives for the party; of several one alone).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """Somebody in a case, in the order of coming: himself, or for the entry whom he represents."""

    id: int
    represents: int | None = None


def receiver_of(entry_id: int, entries: Sequence[Entry]) -> int:
    """Return the entry to which letters for this one are served: its first representative, else itself."""
    return next((each.id for each in entries if each.represents == entry_id), entry_id)


def receivers(entries: Sequence[Entry]) -> list[int]:
    """Return the entries to which a letter for all parties is served, one for each party."""
    parties = [each.id for each in entries if each.represents is None]
    return list(dict.fromkeys(receiver_of(party, entries) for party in parties))
