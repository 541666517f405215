"""The sticker of a paper letter: its number as text and as DataMatrix, with the office and the day.

Law: rozp. PRM 18.01.2011, annex 1 par. 12: an identifier on the first page, a machine code is allowed.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import typst
import zxingcpp

TEMPLATE = Path(__file__).with_name("sticker.typ")


@dataclass(frozen=True)
class Sticker:
    """What stands on a sticker."""

    office: str
    number: str
    identifier: str
    received_on: str
    unit: str
    attachments: int


def typeset_sticker(sticker: Sticker, *, now: datetime) -> bytes:
    """Return a sticker of 62 x 29 mm as PDF, for a label printer."""
    values = asdict(sticker) | {"code": _code(sticker.identifier)}
    pdf = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"sticker": json.dumps(values, ensure_ascii=False)},
        timestamp=now.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single file")
    return pdf


def _code(text: str) -> str:
    """The identifier as a DataMatrix drawing."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
    return str(barcode.to_svg(add_quiet_zones=True))
