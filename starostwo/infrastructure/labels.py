"""Labels of cables and of wall sockets: a QR code, the mark in large letters, where it leads."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import zxingcpp

from starostwo.infrastructure.models import Cable, Device
from starostwo.infrastructure.queries.cables import Sides
from starostwo.infrastructure.queries.references import line
from starostwo.platform.typesetting import typeset

TEMPLATE = Path(__file__).parent / "typeset" / "labels.typ"
MOST = 200


def labels_pdf(labels: Sequence[dict[str, Any]], *, single: bool, at: datetime) -> bytes:
    """The labels; `single` puts each on a page of 50 x 20 mm for a label printer."""
    return typeset(TEMPLATE, {"single": single, "labels": list(labels)}, at=at, standards=())


def of_cables(rows: Sequence[tuple[Cable, Sides]]) -> list[dict[str, Any]]:
    """Two labels of each cable, one for each end."""
    labels = []
    for cable, sides in rows[:MOST]:
        ends = [line(end.port) for end in (*sides.near[:1], *sides.far[:1])]
        labels += [_label(str(cable), ends), _label(str(cable), ends[::-1])]
    return labels


def of_devices(devices: Sequence[Device]) -> list[dict[str, Any]]:
    """A label of each socket or other device."""
    return [
        _label(one.name, [one.device_type.get_category_display(), one.place.path]) for one in devices[:MOST]
    ]


def _label(title: str, lines: list[str]) -> dict[str, Any]:
    code = zxingcpp.create_barcode(title, zxingcpp.BarcodeFormat.QRCode)
    return {"title": title, "lines": lines, "qr": str(code.to_svg(add_quiet_zones=True, add_hrt=False))}
