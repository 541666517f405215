"""One outgoing letter as a PDF file: plain values in, bytes out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from starostwo.platform.typesetting import typeset
from starostwo.records.rules.document_markup import Block, blocks

TEMPLATE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True)
class OfficeLines:
    """What the header and the footer say of the office."""

    name: str
    address: str
    contact: str = ""


@dataclass(frozen=True)
class PrintedLetter:
    """Everything that stands on the paper; kept with the signed file so that a printout says the same."""

    office: OfficeLines
    title: str
    text: str
    place_and_date: str
    mark: str = ""
    addressee: tuple[str, ...] = ()
    handled_by: str = ""
    signature: tuple[str, ...] = ()
    signature_note: str = ""
    recipients: tuple[str, ...] = ()
    printout_note: tuple[str, ...] = ()
    is_draft: bool = False
    is_test: bool = False


def letter_from(kept: Mapping[str, Any]) -> PrintedLetter:
    """Read back a letter that was kept as JSON."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
    }
    values["office"] = OfficeLines(**kept["office"])
    return PrintedLetter(**values)


def typeset_letter(letter: PrintedLetter, *, now: datetime) -> bytes:
    """Return the letter as PDF/A-2a with PDF/UA-1 tags; equal values and moment give equal bytes."""
    values = asdict(letter) | {"blocks": [_as_values(block) for block in blocks(letter.text)]}
    return typeset(TEMPLATE, values, at=now)


def _as_values(block: Block) -> dict[str, object]:
    items = [[asdict(run) for run in item] for item in block.items]
    return {"kind": block.kind, "text": block.text, "runs": items[0], "items": items, "start": block.start}
