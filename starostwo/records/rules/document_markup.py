"""The simple markup of a letter's text: headings, paragraphs, lists and bold words.

A heading is a line that starts with `## `, a list item starts with `- ` or `1. `, bold words stand between
two asterisks. Everything else is a paragraph; a blank line ends it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMBERED = re.compile(r"(\d{1,3})\. +(.+)")
BULLETED = re.compile(r"[-•] +(.+)")
BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class Run:
    """A stretch of words in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph or a list; `items` holds one tuple of runs for each line of it."""

    kind: str
    items: tuple[tuple[Run, ...], ...]
    start: int = 1

    @property
    def text(self) -> str:
        return " ".join("".join(run.text for run in item) for item in self.items)


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text in reading order."""
    found: list[Block] = []
    for kind, number, words in _lines(text):
        if kind == "blank":
            found.append(Block("blank", ()))
        elif found and kind == found[-1].kind and kind in {"paragraph", "numbered", "bulleted"}:
            found[-1] = _joined(found[-1], words)
        else:
            found.append(Block(kind, (_runs(words),), start=number))
    return [block for block in found if block.kind != "blank"]


def _joined(block: Block, words: str) -> Block:
    if block.kind == "paragraph":
        return Block("paragraph", ((*block.items[0], Run(" "), *_runs(words)),))
    return Block(block.kind, (*block.items, _runs(words)), start=block.start)


def _lines(text: str) -> Iterator[tuple[str, int, str]]:
    for raw in text.splitlines():
        line = raw.strip()
        if not line:
            yield "blank", 1, ""
        elif line.startswith("## "):
            yield "heading", 1, line[3:].strip()
        elif match := NUMBERED.fullmatch(line):
            yield "numbered", int(match[1]), match[2]
        elif match := BULLETED.fullmatch(line):
            yield "bulleted", 1, match[1]
        else:
            yield "paragraph", 1, line


def _runs(words: str) -> tuple[Run, ...]:
    parts = BOLD.split(words)
    return tuple(Run(part, bold=index % 2 == 1) for index, part in enumerate(parts) if part)
