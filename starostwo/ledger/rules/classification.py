"""How a position of the budget classification is written and read: 750-75020-4300.

Law: rozp. MF 2.03.2010 (Dz.U. 2022 poz. 513): division of 3 digits, chapter of 5 that begins with it,
paragraph of 3 with a fourth digit that names the source of financing.
"""

import re
from dataclasses import dataclass

TYPED = re.compile(r"(?:(\d{3})[\s.\-/]*)?(\d{5})[\s.\-/§]*(\d{3})(\d?)")
FLOW = re.compile(r"(9\d{2})(\d?)")
DEFAULT_FOURTH = "0"


@dataclass(frozen=True)
class Position:
    """Division, chapter and paragraph with its fourth digit; revenue and outflow have a paragraph alone."""

    division: str
    chapter: str
    paragraph: str

    def __str__(self) -> str:
        return ".".join(part for part in (self.division, self.chapter, self.paragraph) if part)


class NotAPosition(ValueError):
    """The text is no position of the classification."""


def position(typed: str) -> Position:
    """Read a position as people type it: '750.75020.4300', '75020 430' and '952' in digits."""
    text = typed.strip()
    if flow := FLOW.fullmatch(text):
        return Position("", "", flow[1] + (flow[2] or DEFAULT_FOURTH))
    found = TYPED.fullmatch(text)
    if found is None:
        raise NotAPosition(typed)
    division, chapter, paragraph, fourth = found.groups()
    if division and not chapter.startswith(division):
        raise NotAPosition(typed)
    return Position(chapter[:3], chapter, paragraph + (fourth or DEFAULT_FOURTH))
