"""Deciding on differences: each with its explanation, most with a document that settles it in the register.

Law: u.o.r. art. 27 ust. 2.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.assets.models import Asset, Difference, Document, StockTake
from starostwo.assets.rules import stocktaking as rules
from starostwo.assets.services import documents
from starostwo.assets.services.documents import Holder, NewAsset, Part
from starostwo.assets.services.stocktaking import NoSuchStockTake, note
from starostwo.assets.services.writing import Header, Refused, must_manage
from starostwo.office.api import Actor


@dataclass(frozen=True)
class Decision:
    """What is done about a difference and why; what is taken in gets a name, a kind and a value."""

    decision: str
    explanation: str
    name: str = ""
    value: int = 0


@transaction.atomic
def decide(difference_id: int, said: Decision, *, actor: Actor, today: date, now: datetime) -> Difference:
    """Decide on one difference and write the document that follows from it."""
    must_manage(actor)
    rows = Difference.objects.select_for_update(of=("self",)).filter(
        pk=difference_id, decision="", stock_take__state=StockTake.State.DECIDING
    )
    difference = rows.select_related("stock_take", "asset", "line__sheet__field").first()
    if difference is None:
        raise NoSuchStockTake(difference_id)
    if said.decision not in rules.FITTING[difference.kind]:
        raise Refused("decision", "Wybierz decyzję, która pasuje do rodzaju różnicy.")
    if not said.explanation.strip():
        raise Refused("explanation", "Napisz wyjaśnienie różnicy.")
    difference.document = _settled(difference, said, actor=actor, today=today, now=now)
    difference.decision, difference.explanation = said.decision, said.explanation.strip()
    difference.decided_by_name, difference.decided_at = actor.name, now
    difference.save()
    note(
        difference.stock_take, "decide", actor, now, difference=difference.pk, decision=said.decision,
        document=str(difference.document or ""),
    )  # fmt: skip
    return difference


def _settled(
    difference: Difference, said: Decision, *, actor: Actor, today: date, now: datetime
) -> Document | None:
    if said.decision == "LEAVE":
        return None
    header = Header(today, f"{difference.stock_take}: {said.explanation}"[:500])
    if said.decision == "TAKE_IN":
        return _taken_in(difference, said, header, actor=actor, today=today, now=now)
    asset = difference.asset
    assert asset is not None  # noqa: S101  shortages and misplaced things are known
    if said.decision == "MOVE":
        line = difference.line
        assert line is not None  # noqa: S101  it was found somewhere
        to = Holder(line.place_id or line.sheet.field.place_id, asset.keeper_id, asset.user_id)
        return documents.move([asset.pk], to, header, actor=actor, today=today, now=now)
    if difference.quantity < asset.quantity:
        part = Part(quantity=difference.quantity)
        return documents.liquidate_part(
            asset.pk, part, header, way="SHORTAGE", actor=actor, today=today, now=now
        )
    return documents.liquidate([asset.pk], header, way="SHORTAGE", actor=actor, today=today, now=now)


def _taken_in(
    difference: Difference, said: Decision, header: Header, *, actor: Actor, today: date, now: datetime
) -> Document:
    """A surplus becomes a low-value asset, or more pieces under a new number, where it was found."""
    line = difference.line
    asset: Asset | None = difference.asset
    name = said.name.strip() or (asset.name if asset else "")
    if line is None or not name:
        raise Refused("name", "Podaj nazwę tego, co przyjmujesz.")
    spot = line.place_id or line.sheet.field.place_id
    kind = asset.kind if asset and asset.kind == "QUANTITY" else "LOW"
    new = NewAsset(kind, name, said.value, spot, quantity=difference.quantity)
    return documents.take([new], header, origin="SURPLUS", actor=actor, today=today, now=now)
