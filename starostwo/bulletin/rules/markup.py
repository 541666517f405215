"""The limited markup of the bulletin's texts: headings, paragraphs, lists, tables, links, bold.

A heading starts with `## `, `### ` or `#### `; a list item with `- ` or `1. `; a row of a table stands
between `|`, its second line `|---|---|` makes the first one the header. A link is `[words](address)`, bold
words stand between two asterisks. A blank line ends a block; everything else is a paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

HEADING = re.compile(r"(#{1,6}) +(.+)")
NUMBERED = re.compile(r"(\d{1,3})\. +(.+)")
BULLETED = re.compile(r"[-•] +(.+)")
TABLE_ROW = re.compile(r"\|(.*)\|")
RULE_CELL = re.compile(r":?-{3,}:?")
SPAN = re.compile(r"\*\*(?P<bold>.+?)\*\*|\[(?P<words>[^\[\]]*)\]\((?P<address>[^()\s]*)\)")


@dataclass(frozen=True)
class Span:
    """A stretch of words: plain, bold, or a link."""

    text: str
    bold: bool = False
    address: str = ""


Spans = tuple[Span, ...]


@dataclass(frozen=True)
class Block:
    """A heading (with its level), a paragraph, a list, or a table; `line` is where it starts in the text."""

    kind: str
    line: int
    items: tuple[Spans, ...] = ()
    level: int = 0
    start: int = 1
    rows: tuple[tuple[Spans, ...], ...] = field(default=())
    has_header: bool = False


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text in reading order."""
    found: list[Block] = []
    is_open = False
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            is_open = False
            continue
        block = _block(line, number)
        if is_open and found and (joined := _joined(found[-1], block)):
            found[-1] = joined
        else:
            found.append(block)
        is_open = True
    return found


def plain(text: str) -> str:
    """Return the words alone, for search and feeds."""
    return "\n".join(" ".join(span.text for span in spans) for block in blocks(text) for spans in _all(block))


def links(block: Block) -> Iterator[Span]:
    """The links of a block."""
    return (span for spans in _all(block) for span in spans if span.address or _is_link(span))


def spans(words: str) -> Spans:
    """Return the stretches of one line."""
    found, place = [], 0
    for match in SPAN.finditer(words):
        if match.start() > place:
            found.append(Span(words[place : match.start()]))
        if match["bold"]:
            found.append(Span(match["bold"], bold=True))
        else:
            found.append(Span(match["words"].strip(), address=match["address"] or "#"))
        place = match.end()
    if place < len(words):
        found.append(Span(words[place:]))
    return tuple(found)


def _is_link(span: Span) -> bool:
    return bool(span.address)


def _all(block: Block) -> Iterator[Spans]:
    yield from block.items
    for row in block.rows:
        yield from row


def _block(line: str, number: int) -> Block:
    if match := HEADING.fullmatch(line):
        return Block("heading", number, (spans(match[2].strip()),), level=len(match[1]))
    if match := NUMBERED.fullmatch(line):
        return Block("numbered", number, (spans(match[2]),), start=int(match[1]))
    if match := BULLETED.fullmatch(line):
        return Block("bulleted", number, (spans(match[1]),))
    if match := TABLE_ROW.fullmatch(line):
        cells = [cell.strip() for cell in match[1].split("|")]
        if all(RULE_CELL.fullmatch(cell) for cell in cells):
            return Block("rule", number)
        return Block("table", number, rows=(tuple(spans(cell) for cell in cells),))
    return Block("paragraph", number, (spans(line),))


def _joined(before: Block, block: Block) -> Block | None:
    """Both as one block; None where a new one starts."""
    if before.kind == "table" and block.kind == "rule" and len(before.rows) == 1:
        return Block("table", before.line, rows=before.rows, has_header=True)
    if before.kind != block.kind or block.kind in {"heading", "rule"}:
        return None
    if block.kind == "table":
        return Block("table", before.line, rows=(*before.rows, *block.rows), has_header=before.has_header)
    if block.kind == "paragraph":
        return Block("paragraph", before.line, ((*before.items[0], Span(" "), *block.items[0]),))
    return Block(block.kind, before.line, (*before.items, *block.items), start=before.start)
