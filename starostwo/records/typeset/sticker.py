"""The sticker of a paper letter: its number as text and as DataMatrix, with the office and the day.

Law: rozp. PRM 18.01.2011, annex 1 par. 12: an identifier on the first page, a machine code is allowed.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import zxingcpp

from starostwo.platform.typesetting import typeset

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
    return typeset(TEMPLATE, values, at=now, standards=())


def _code(text: str) -> str:
    """The identifier as a DataMatrix drawing."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix)
    return str(barcode.to_svg(add_quiet_zones=True))
