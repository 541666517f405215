"""For tests of this and of other packages: who keeps the register, places, an asset in one line."""

from datetime import UTC, date, datetime
from typing import Any

from starostwo.assets.models import Asset, Document
from starostwo.assets.services.catalogue import load_classes
from starostwo.assets.services.documents import NewAsset, take
from starostwo.assets.services.writing import Header
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for
from starostwo.office.testing import make_place

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def manager() -> Actor:
    """Irena Spis keeps the register."""
    account = office.make_staff(
        "i.spis", "Irena Spis", unit="OR", title="inspektor", rights=[Right.MANAGE_ASSETS]
    )
    return actor_for(account, today=TODAY)


def header(on: date = TODAY, text: str = "faktura FV 1/2026", other_side: str = "") -> Header:
    """The head of a document."""
    return Header(on, text, other_side)


def new(**said: Any) -> NewAsset:
    """A computer above the limit, in room 105."""
    told: dict[str, Any] = {
        "kind": "FIXED", "name": "Serwer plików", "value": 24_000_00, "kst_code": "487",
        "place": make_place().pk, "keeper": office.anna().pk,
    } | said  # fmt: skip
    return NewAsset(**told)


def taken(on: date = TODAY, *, origin: str = "PURCHASE", **said: Any) -> Asset:
    """An asset that an OT took into use."""
    load_classes(now=NOW)
    made = take([new(**said)], header(on), origin=origin, actor=manager(), today=TODAY, now=NOW)
    return asset_of(made)


def asset_of(document: Document) -> Asset:
    """The asset of the first line, as it stands now."""
    return Asset.objects.get(lines__document=document, lines__position=1)
