"""What changed between two texts, line by line, as an editor reads it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from starostwo.portal.rules.blocks import FIELDS, KINDS, Block, lines


@dataclass(frozen=True)
class Line:
    """A line that stayed, was added or was taken away."""

    state: Literal["same", "added", "removed"]
    text: str


def readable(title: str, summary: str, easy: str, blocks: Sequence[Block]) -> list[str]:
    """A text as lines, each block with its kind."""
    made = [
        f"Tytuł: {title}",
        f"Zajawka: {summary}",
        *(f"W prostych słowach: {line}" for line in lines(easy)),
    ]
    for block in blocks:
        made += _block(block)
    return made


def compare(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    """The lines of both, in order: what was taken away stands before what was added in its place."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Line("same", text) for text in before[i1:i2])
            continue
        yield from (Line("removed", text) for text in before[i1:i2])
        yield from (Line("added", text) for text in after[j1:j2])


def _block(block: Mapping[str, str]) -> Iterator[str]:
    name = KINDS[block["kind"]]
    for field in FIELDS[block["kind"]]:
        value = block.get(field, "")
        if value == "on":
            yield f"[{name}] {_MARKS[field]}"
        elif field == "level":
            yield f"[{name}] poziom {value}"
        elif field == "image":
            yield f"[{name}] numer w bibliotece: {value}"
        else:
            yield from (f"[{name}] {line}" for line in lines(value))


_MARKS = {
    "ordered": "numerowana",
    "decorative": "ozdobny",
    "head_row": "nagłówki w pierwszym wierszu",
    "head_column": "nagłówki w pierwszej kolumnie",
}
