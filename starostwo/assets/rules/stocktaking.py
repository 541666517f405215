"""Stock-taking: what a count says of a thing, who may be in a team, what differs, how often it is done.

Law: u.o.r. art. 26 ust. 1 pkt 1 (counting), art. 26 ust. 3 pkt 1 and 3 (time, once in four years), art. 27
(differences explained and settled). From memory, to be checked.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

AGREED, ELSEWHERE, UNKNOWN, GONE = "AGREED", "ELSEWHERE", "UNKNOWN", "GONE"
OUTCOMES = {
    AGREED: "zgodny", ELSEWHERE: "powinien być gdzie indziej", UNKNOWN: "nie ma takiego numeru",
    GONE: "w ewidencji już nieużywany",
}  # fmt: skip
SHORTAGE, SURPLUS, MISPLACED = "SHORTAGE", "SURPLUS", "MISPLACED"
DIFFERENCES = {SHORTAGE: "niedobór", SURPLUS: "nadwyżka", MISPLACED: "w innym miejscu"}
DECISIONS = {
    "LIQUIDATE": "zdjąć z ewidencji jako niedobór (LT)",
    "MOVE": "przenieść w ewidencji tam, gdzie stoi (MT)",
    "TAKE_IN": "przyjąć jako nadwyżkę (OT)",
    "LEAVE": "bez zmiany w ewidencji",
}
FITTING = {
    SHORTAGE: ("LIQUIDATE", "LEAVE"),
    MISPLACED: ("MOVE", "LEAVE"),
    SURPLUS: ("TAKE_IN", "LEAVE"),
}
LEAST_TEAM, YEARS_BETWEEN, LAST_DAY = 2, 4, 15


def outcome(*, book_path: str | None, field_path: str, is_known: bool) -> str:
    """What it means that a thing was found in a field or a room; no `book_path`: it is not in the books."""
    if not is_known:
        return UNKNOWN
    if book_path is None:
        return GONE
    return AGREED if book_path == field_path or book_path.startswith(f"{field_path}/") else ELSEWHERE


@dataclass(frozen=True)
class Expected:
    """What the books say of a thing that should be found."""

    asset: int
    quantity: int


@dataclass(frozen=True)
class Found:
    """What was found of it, and whether where it belongs."""

    asset: int
    quantity: int
    is_at_home: bool


def differences(expected: Iterable[Expected], found: Iterable[Found]) -> list[tuple[int, str, int]]:
    """Asset, kind of difference and by how many pieces.

    Law: u.o.r. art. 27 ust. 1.
    """
    seen = {one.asset: one for one in found}
    result: list[tuple[int, str, int]] = []
    for one in expected:
        met = seen.get(one.asset)
        pieces = met.quantity if met else 0
        if pieces < one.quantity:
            result.append((one.asset, SHORTAGE, one.quantity - pieces))
        elif pieces > one.quantity:
            result.append((one.asset, SURPLUS, pieces - one.quantity))
        if met and not met.is_at_home:
            result.append((one.asset, MISPLACED, pieces))
    return result


class WrongTeam(ValueError):
    """The team may not count this field; the text says why in Polish."""


def check_team(team: Collection[int], *, keepers: Collection[int], bookkeepers: Collection[int]) -> None:
    """At least two people, none of whom answers for the things or keeps their records."""
    if len(set(team)) < LEAST_TEAM:
        raise WrongTeam("Zespół spisowy ma co najmniej dwie osoby.")
    if set(team) & set(keepers):
        raise WrongTeam("W zespole nie może być osoby, która odpowiada za spisywane składniki.")
    if set(team) & set(bookkeepers):
        raise WrongTeam("W zespole nie może być osoby, która prowadzi ewidencję.")


def due_by(last: date | None, *, today: date) -> date:
    """By when the next full count of fixed assets on guarded premises ends.

    Law: u.o.r. art. 26 ust. 3 pkt 1 and 3.
    """
    year = last.year + YEARS_BETWEEN if last else today.year
    return date(year + 1, 1, LAST_DAY)
