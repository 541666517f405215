"""Labels of assets: a QR code, a Code 128 and the number in words; a sheet of 24 on A4, or a single one."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import zxingcpp

from starostwo.assets.models import Asset, Supply
from starostwo.assets.queries.stocktaking import heading
from starostwo.platform.typesetting import typeset

TEMPLATE = Path(__file__).parent / "typeset" / "labels.typ"
MOST = 240
WIDTH = re.compile(r'<svg width="(\d+)"')


def labels_pdf(assets: Sequence[Asset], *, single: bool, at: datetime) -> bytes:
    """The labels; `single` puts each on a page of 62 x 29 mm for a label printer."""
    return typeset(TEMPLATE, label_values(assets, single=single), at=at, standards=())


def supply_labels_pdf(supplies: Sequence[Supply], *, single: bool, at: datetime) -> bytes:
    """The labels of consumables, for shelves and boxes."""
    labels = [_label(one.number, one.name) for one in supplies[:MOST]]
    values = {"single": single, "office": heading(), "labels": labels}
    return typeset(TEMPLATE, values, at=at, standards=())


def label_values(assets: Sequence[Asset], *, single: bool) -> dict[str, Any]:
    """What the template is given."""
    return {
        "single": single,
        "office": heading(),
        "labels": [_label(asset.number, asset.name) for asset in assets[:MOST]],
    }


def _label(number: str, name: str) -> dict[str, Any]:
    bars = _drawn(number, zxingcpp.BarcodeFormat.Code128)
    return {
        "number": number, "name": name, "bars": bars, "width": _width(bars),
        "qr": _drawn(number, zxingcpp.BarcodeFormat.QRCode),
    }  # fmt: skip


def _drawn(text: str, code: Any) -> str:
    return str(zxingcpp.create_barcode(text, code).to_svg(add_quiet_zones=True, add_hrt=False))


def _width(drawn: str) -> int:
    """How many modules wide the bars are: each becomes 0.25 mm, two dots of a printer of 203 dpi."""
    found = WIDTH.search(drawn)
    return int(found[1]) if found else 0
