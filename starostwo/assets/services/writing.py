"""Writing a document: the one way by which assets change. Lines are applied by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from starostwo.assets import access, tasks
from starostwo.assets.models import Asset, Document, DocumentLine
from starostwo.assets.rules.posting import Moved
from starostwo.assets.services.numbering import take_numbers
from starostwo.assets.services.proposals import propose
from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.platform import jobs

MOST_LINES = 5000


@dataclass(frozen=True)
class Header:
    """What a document says above its lines."""

    happened_on: date
    text: str
    other_side: str = ""


class MayNotManage(Exception):
    """The person does not keep the register."""


class Refused(Exception):
    """A field does not hold; its name and what to do about it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field, words)
        self.field, self.words = field, words


def must_manage(actor: Actor) -> None:
    """Refuse whoever does not keep the register."""
    if not access.may_manage(actor):
        raise MayNotManage


def check_header(header: Header, *, today: date) -> None:
    """A document says what it rests on and is not of a day to come."""
    if not header.text.strip():
        raise Refused("text", "Napisz, na jakiej podstawie powstaje dokument.")
    if header.happened_on > today:
        raise Refused("happened_on", "Dzień operacji nie może być późniejszy niż dzisiaj.")


def lock(asset_ids: Sequence[int], *, actor: Actor, on: date, changes_value: bool) -> list[Asset]:
    """Lock assets in use for a document of a day; one that is gone or was changed later is refused."""
    rows = access.visible_assets(actor).filter(pk__in=asset_ids, state=Asset.State.IN_USE)
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    if not found or len(found) != len(set(asset_ids)) or len(found) > MOST_LINES:
        raise Refused("assets", "Wybierz składniki, które są w używaniu. Część z nich już ubyła.")
    for asset in found:
        last = asset.valued_on.replace(day=1) if changes_value and asset.valued_on else None
        moved = asset.moved_on if not changes_value else None
        earliest = max(day for day in (asset.taken_on, last, moved) if day)
        if on < earliest:
            raise Refused(
                "happened_on",
                f"{asset.number}: jest już dokument z {earliest:%d.%m.%Y}. Podaj późniejszy dzień.",
            )
    return found


def write(
    kind: str, event: str, header: Header, lines: Sequence[dict[str, Any]], *, actor: Actor, now: datetime
) -> Document:
    """Number the document, write it with its lines, propose its posting, note it in the history."""
    year = header.happened_on.year
    document = Document(
        kind=kind, year=year, happened_on=header.happened_on, event=event, text=header.text.strip(),
        other_side=header.other_side.strip(), line_count=len(lines), posted_at=now,
        posted_by=actor.audit_name, posted_by_name=actor.name,
    )  # fmt: skip
    [document.number] = take_numbers(f"D-{kind}", year, 1)
    document.save()
    rows = [
        DocumentLine(document=document, position=position, **line)
        for position, line in enumerate(lines, start=1)
    ]
    try:
        DocumentLine.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        if "place_is_open" in str(error):
            raise Refused("place", "To miejsce jest zamknięte. Wybierz inne.") from error
        raise
    moved = [
        Moved(
            row.asset.kind, abs_if_gone(row, row.value_change), abs_if_gone(row, row.written_off_change), ""
        )
        for row in rows
    ]
    propose(document, moved, actor=actor, now=now)
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="post", thing=f"assets.document:{document.pk}",
        payload={
            "number": str(document), "text": document.text,
            "assets": [row.asset.number for row in rows][:MOST_LINES],
            "value": sum(row.value_change for row in rows),
            "written_off": sum(row.written_off_change for row in rows),
        },
        at=now,
    )  # fmt: skip
    jobs.defer(tasks.index_document, document_id=document.pk)
    return document


def abs_if_gone(row: DocumentLine, amount: int) -> int:
    """What leaves the register is posted as a positive amount on the accounts of leaving."""
    return -amount if row.document.kind in ("PT", "LT") else amount
