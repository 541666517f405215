"""What changed between two texts, word by word, line by line first so that long texts stay fast."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# A word keeps the space after it, so that neighbouring changed words are shown as one change.
MOST_PAIRS = 1_000_000
TOKENS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")


@dataclass(frozen=True)
class Stretch:
    """Words of both texts ('same'), of the newer one only ('added') or of the older one only ('removed')."""

    change: str
    text: str


def compare(older: str, newer: str) -> list[Stretch]:
    """Return the stretches in reading order; those that are not 'added' join to the older text, and so on."""
    return _merged(_by_lines(older.splitlines(keepends=True), newer.splitlines(keepends=True)))


def is_changed(stretches: list[Stretch]) -> bool:
    """Say whether anything differs."""
    return any(stretch.change != "same" for stretch in stretches)


def _by_lines(older: list[str], newer: list[str]) -> Iterator[Stretch]:
    for tag, a, b, c, d in SequenceMatcher(None, older, newer).get_opcodes():
        if tag == "equal":
            yield Stretch("same", "".join(older[a:b]))
        else:
            yield from _by_words("".join(older[a:b]), "".join(newer[c:d]))


def _by_words(older: str, newer: str) -> Iterator[Stretch]:
    was, now = TOKENS.findall(older), TOKENS.findall(newer)
    if len(was) * len(now) > MOST_PAIRS:  # a long text written anew: comparing its words would take minutes
        yield from (Stretch("removed", older), Stretch("added", newer))
        return
    for tag, a, b, c, d in SequenceMatcher(None, was, now).get_opcodes():
        if tag == "equal":
            yield Stretch("same", "".join(was[a:b]))
        else:
            yield Stretch("removed", "".join(was[a:b]))
            yield Stretch("added", "".join(now[c:d]))


def _merged(stretches: Iterator[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for stretch in stretches:
        if not stretch.text:
            continue
        if found and found[-1].change == stretch.change:
            found[-1] = Stretch(stretch.change, found[-1].text + stretch.text)
        else:
            found.append(stretch)
    return found
