"""The hand-over protocol of a work order on paper, with its photos."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.timezone import localtime

from starostwo.files import api as files
from starostwo.infrastructure.models import WorkOrder, WorkPhoto, WorkStep
from starostwo.office import api as office
from starostwo.platform.typesetting import typeset

TEMPLATE = Path(__file__).parent / "typeset" / "protocol.typ"
MOST_PHOTOS, LONGEST_SIDE = 8, 640


def protocol_pdf(order: WorkOrder, steps: Sequence[WorkStep], photos: Sequence[WorkPhoto]) -> bytes:
    """What was done, when and by whom, with room for both signatures."""
    if order.closed_at is None:
        raise ValueError("an open work order has no protocol")
    shown = office.office()
    values = {
        "number": str(order), "office": shown.name if shown else "", "kind": order.get_kind_display(),
        "subject": order.subject, "description": order.description, "place": order.place.label,
        "device": order.device.name if order.device else "",
        "serial": order.device.serial_number if order.device else "",
        "given": f"{localtime(order.made_at):%d.%m.%Y}, {order.made_by_name}",
        "closed": f"{localtime(order.closed_at):%d.%m.%Y}",
        "worker": order.closed_by_name, "receiver": order.receiver, "remarks": order.remarks,
        "steps": [
            [
                str(one.position), one.text,
                f"{localtime(one.done_at):%d.%m.%Y}" if one.done_at else "", one.done_by_name,
            ]
            for one in steps
        ],
        "photos": [
            {
                "moment": photo.get_moment_display(), "caption": photo.caption,
                "image": _small(photo),
            }
            for photo in photos[:MOST_PHOTOS]
        ],
    }  # fmt: skip
    return typeset(TEMPLATE, values, at=order.closed_at)


def _small(photo: WorkPhoto) -> list[int]:
    """The bytes of the photo in the size of the paper; none where its file cannot be drawn."""
    with files.open_blob(photo.image.sha256) as file:
        drawn = files.redraw(file.read(), longest_side=LONGEST_SIDE)
    return list(drawn.content) if drawn else []
