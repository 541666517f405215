"""Putting the official sign of the bulletin into the header of its pages, and taking it out again.

Law: ustawa o dostępie do informacji publicznej art. 9 ust. 1; the sign and its use are in the regulation
about the bulletin, remembered, not read. The sign is the state's: the office brings its
file, none is shipped.
"""

import hashlib
from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import OfficialSign
from starostwo.bulletin.rules.plain_svg import NotPlain, plain, proportions
from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.platform.safe_xml import UnsafeXml, parse

LARGEST = 200_000
TALL = 52  # points of the screen in the header
LONGEST_SIDE = 480  # drawn at twice the size and more, for fine screens


class NotASign(Exception):
    """The file is no drawing or picture that may stand on every page; the text says why."""


def put_sign(content: bytes, *, actor: Actor, now: datetime) -> OfficialSign:
    """Take the file in: an SVG of shapes alone as we write it, or a PNG as we draw it anew."""
    access.demand_keeper_of_the_sign(actor)
    if len(content) > LARGEST:
        raise NotASign("Plik znaku jest większy niż 200 kB. Znak stoi na każdej stronie; wybierz mniejszy.")
    is_svg = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    kind, made, width, height = _drawing(content) if is_svg else _picture(content)
    return _keep(OfficialSign(kind=kind, content=made, width=width, height=height), actor=actor, now=now)


def remove_sign(*, actor: Actor, now: datetime) -> OfficialSign:
    """Let the words stand in the header again."""
    access.demand_keeper_of_the_sign(actor)
    return _keep(OfficialSign(kind="", content=b"", width=0, height=0), actor=actor, now=now)


@transaction.atomic
def _keep(sign: OfficialSign, *, actor: Actor, now: datetime) -> OfficialSign:
    sign.added_at, sign.added_by_id = now, actor.account_id
    sign.save(force_insert=True)
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb="put_sign" if sign.kind else "remove_sign",
        thing=str(sign),
        payload={"kind": sign.kind, "sha256": hashlib.sha256(sign.content).hexdigest()},
        at=now,
    )
    return sign


def _drawing(content: bytes) -> tuple[str, bytes, int, int]:
    try:
        made = plain(parse(content).getroot())
        width, height = proportions(made)
    except (UnsafeXml, NotPlain) as refusal:
        raise NotASign(str(refusal)) from refusal
    return OfficialSign.Kind.SVG, made, max(1, round(TALL * width / height)), TALL


def _picture(content: bytes) -> tuple[str, bytes, int, int]:
    drawn = files.redraw(content, longest_side=LONGEST_SIDE, keep_transparent=True)
    if drawn is None:
        raise NotASign("To nie jest rysunek SVG ani obraz PNG, który da się otworzyć. Wybierz inny plik.")
    return OfficialSign.Kind.PNG, drawn.content, max(1, round(TALL * drawn.width / drawn.height)), TALL
