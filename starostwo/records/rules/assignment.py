"""What an assignment (dekretacja) must be, and what a later one may not do.

Law: rozp. PRM 18.01.2011, annex 1 (instrukcja kancelaryjna): one owner among many units; a new
assignment inside a unit changes neither the superior's instruction nor lengthens his term.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Target:
    """Who is to handle: a unit by its symbol or a person by the account's id."""

    unit: str = ""
    account_id: int | None = None

    def __post_init__(self) -> None:
        if bool(self.unit) == (self.account_id is not None):
            raise ValueError("either a unit or a person")


class BadAssignment(ValueError):
    """The owner is also asked to co-operate, or somebody is named twice."""


class LongerThanFirst(ValueError):
    """A later assignment would give more time than the first one."""


def check_targets(lead: Target, cooperating: Sequence[Target]) -> None:
    """Refuse an assignment without exactly one owner."""
    if lead in cooperating or len(set(cooperating)) != len(cooperating):
        raise BadAssignment("Prowadzący jest jeden, a współpracujący nie mogą się powtarzać.")


def term_of_next(first_due: date | None, wanted: date | None) -> date | None:
    """Return the term of a later assignment: the wanted day, never past the first one."""
    if first_due is None or wanted is None:
        return wanted or first_due
    if wanted > first_due:
        raise LongerThanFirst(
            f"Termin nie może być późniejszy niż {first_due:%d.%m.%Y} z pierwszej dekretacji."
        )
    return wanted


def instruction_of_next(superior: str, added: str) -> str:
    """Return the instruction of a later assignment: the superior's words first, unchanged."""
    words = added.strip()
    if not superior or not words or words == superior:
        return superior or words
    return f"{superior}\n{words}"
