"""The documents: BO and OT bring assets in, ZW changes their value, MT moves them, PT and LT take them out.

Law: u.o.r. art. 17 ust. 1 pkt 1, art. 20 ust. 2; u.p.d.o.p. art. 16f ust. 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.assets.models import Asset, Document
from starostwo.assets.queries.catalogue import class_on, threshold_on
from starostwo.assets.rules import kinds
from starostwo.assets.rules.depreciation import share
from starostwo.assets.rules.methods import Choice, NotAllowed, check_choice
from starostwo.assets.services.numbering import take_numbers
from starostwo.assets.services.writing import Header, Refused, check_header, lock, must_manage, write
from starostwo.office.api import Actor, places

DESCRIBED = (
    "maker", "serial_number", "supplier", "bought_by", "funding", "contract", "warranty_until", "note",
)  # fmt: skip


@dataclass(frozen=True)
class NewAsset:
    """What is brought into the register: one thing, or a quantity of equal ones."""

    kind: str
    name: str
    value: int
    place: int
    keeper: int | None = None
    user: int | None = None
    kst_code: str = ""
    quantity: int = 1
    taken_on: date | None = None  # of an opening balance
    written_off: int = 0  # of an opening balance
    described: dict[str, Any] = field(default_factory=dict)
    choice: Choice = field(default_factory=Choice)


@transaction.atomic
def take(
    new: Sequence[NewAsset], header: Header, *, origin: str, actor: Actor, today: date, now: datetime
) -> Document:
    """OT: take things into use; small ones are written off at once.

    Law: u.p.d.o.p. art. 16f ust. 3.
    """
    must_manage(actor)
    check_header(header, today=today)
    if origin not in kinds.ORIGINS:
        raise Refused("origin", "Wybierz, skąd pochodzi składnik.")
    assets = _entered(new, header.happened_on)
    lines = [
        _first_line(asset, told, header.happened_on, asset_writes_off(asset, told))
        for asset, told in zip(assets, new, strict=True)
    ]
    return write("OT", f"OT-{origin}", header, lines, actor=actor, now=now)


def asset_writes_off(asset: Asset, told: NewAsset) -> int:
    """What is written off on the first day."""
    return told.value if asset.method == kinds.AT_ONCE else 0


@transaction.atomic
def bring_forward(
    new: Sequence[NewAsset], header: Header, *, actor: Actor, today: date, now: datetime
) -> Document:
    """BO: enter what was in use before, with what is written off already, as of the first day of a month."""
    must_manage(actor)
    check_header(header, today=today)
    if header.happened_on.day != 1:
        raise Refused("happened_on", "Bilans otwarcia wpisuje się na pierwszy dzień miesiąca.")
    for told in new:
        _check_taken(told, header.happened_on)
    assets = _entered(new, header.happened_on)
    lines = [
        _first_line(asset, told, told.taken_on or header.happened_on, told.written_off)
        for asset, told in zip(assets, new, strict=True)
    ]
    return write("BO", "BO", header, lines, actor=actor, now=now)


def check_brought(told: NewAsset, on: date, threshold: int) -> None:
    """Refuse a thing that no BO of this day could bring; nothing is written."""
    _check_taken(told, on)
    _checked(told, on, threshold)


def _check_taken(told: NewAsset, on: date) -> None:
    if told.taken_on is None or told.taken_on >= on:
        raise Refused("taken_on", "Podaj dzień przyjęcia do używania, wcześniejszy niż dzień bilansu.")
    if not 0 <= told.written_off <= told.value:
        raise Refused("written_off", "Umorzenie nie może być większe od wartości.")


def _entered(new: Sequence[NewAsset], on: date) -> list[Asset]:
    """The rows of the register, numbered by kind; their values come with the lines."""
    if not new:
        raise Refused("name", "Wpisz co najmniej jeden składnik.")
    threshold = threshold_on(on)
    made = [_checked(told, on, threshold) for told in new]
    for kind in dict.fromkeys(asset.kind for asset in made):
        own = [asset for asset in made if asset.kind == kind]
        for asset, number in zip(own, take_numbers(kinds.REGISTERS[kind], on.year, len(own)), strict=True):
            asset.year, asset.position = on.year, number
            asset.number = kinds.inventory_number(kind, on.year, number)
    return Asset.objects.bulk_create(made, batch_size=500)


def _checked(told: NewAsset, on: date, threshold: int) -> Asset:
    if told.kind not in kinds.KINDS or told.quantity < 1 or told.value < 0:
        raise Refused("kind", "Wybierz rodzaj, podaj ilość od 1 i wartość, która nie jest ujemna.")
    if not told.name.strip():
        raise Refused("name", "Podaj nazwę.")
    if told.kind in (kinds.FIXED, kinds.INTANGIBLE) and told.value == 0:
        raise Refused("value", "Podaj wartość początkową.")
    if told.kind == kinds.FIXED and told.quantity != 1:
        raise Refused("quantity", "Środek trwały ma jeden numer i jedną sztukę.")
    rate = 0
    if told.kst_code or told.kind in (kinds.FIXED, kinds.INTANGIBLE):
        klass = class_on(told.kst_code, told.taken_on or on)
        if klass is None:
            raise Refused("kst_code", "Wybierz symbol KŚT z listy.")
        rate = klass.rate
    try:
        method = kinds.method(told.kind, value=told.value, threshold=threshold, rate=rate)
    except kinds.DoesNotFit as error:
        raise Refused("value", str(error)) from error
    described = {name: value for name, value in told.described.items() if name in DESCRIBED}
    return Asset(
        kind=told.kind, name=" ".join(told.name.split()), kst_code=told.kst_code, rate=rate,
        **_chosen(told, method), **described,
    )  # fmt: skip


def _chosen(told: NewAsset, usual: str) -> dict[str, Any]:
    """How the thing is written off: as its kind is, or as was chosen with a ground."""
    choice = told.choice
    if choice.is_usual:
        return {"method": usual}
    if usual != kinds.LINEAR:
        raise Refused("method", "Tego rodzaju nie umarza się w ratach. Zostaw metodę liniową od miesiąca po.")
    try:
        check_choice(choice, kst_code=told.kst_code)
    except NotAllowed as error:
        raise Refused(error.field, error.words) from error
    return {
        "method": choice.method, "start": choice.start, "factor": choice.factor,
        "capacity": choice.capacity, "use_unit": choice.unit.strip(), "method_ground": choice.ground.strip(),
    }  # fmt: skip


def _first_line(asset: Asset, told: NewAsset, taken_on: date, written_off: int) -> dict[str, Any]:
    return {
        "asset": asset, "value_change": told.value, "written_off_change": written_off,
        "quantity_change": told.quantity, "moves": True, "place_to_id": told.place,
        "keeper_to_id": told.keeper, "user_to_id": told.user, "state_to": Asset.State.IN_USE,
        "taken_on": taken_on,
    }  # fmt: skip


@transaction.atomic
def change_value(
    asset_id: int, by: int, header: Header, *, actor: Actor, today: date, now: datetime
) -> Document:
    """ZW: raise the value by an improvement, or lower it; depreciation follows from the next month."""
    must_manage(actor)
    check_header(header, today=today)
    [asset] = lock([asset_id], actor=actor, on=header.happened_on, changes_value=True)
    if by == 0 or asset.value + by < asset.written_off:
        raise Refused("by", "Podaj kwotę zmiany. Wartość nie może spaść poniżej umorzenia.")
    if asset.method == kinds.AT_ONCE:
        raise Refused("by", "Tego składnika nie ulepsza się: jest umorzony jednorazowo.")
    return write("ZW", "ZW", header, [{"asset": asset, "value_change": by}], actor=actor, now=now)


@dataclass(frozen=True)
class Holder:
    """Where things go, who answers for them, who uses them."""

    place: int
    keeper: int | None = None
    user: int | None = None


@transaction.atomic
def move(
    asset_ids: Sequence[int], to: Holder, header: Header, *, actor: Actor, today: date, now: datetime
) -> Document:
    """MT: move things to a place or to people."""
    must_manage(actor)
    check_header(header, today=today)
    assets = lock(asset_ids, actor=actor, on=header.happened_on, changes_value=False)
    place = places.one(to.place)
    if place is None or place.closed_on is not None:
        raise Refused("place", "Wybierz miejsce z listy.")
    lines = [
        {
            "asset": asset, "moves": True, "place_from_id": asset.place_id, "place_to_id": to.place,
            "keeper_from_id": asset.keeper_id, "keeper_to_id": to.keeper, "user_from_id": asset.user_id,
            "user_to_id": to.user,
        }
        for asset in assets
    ]  # fmt: skip
    return write("MT", "MT", header, lines, actor=actor, now=now)


@transaction.atomic
def hand_over(
    asset_ids: Sequence[int], header: Header, *, actor: Actor, today: date, now: datetime
) -> Document:
    """PT: hand things over to another unit; they leave the register."""
    must_manage(actor)
    check_header(header, today=today)
    if not header.other_side.strip():
        raise Refused("other_side", "Podaj, komu przekazano.")
    assets = lock(asset_ids, actor=actor, on=header.happened_on, changes_value=True)
    lines = [gone(asset, Asset.State.HANDED_OVER) for asset in assets]
    return write("PT", "PT", header, lines, actor=actor, now=now)


@transaction.atomic
def liquidate(
    asset_ids: Sequence[int], header: Header, *, way: str, actor: Actor, today: date, now: datetime
) -> Document:
    """LT: liquidate things; they leave the register."""
    must_manage(actor)
    check_header(header, today=today)
    if way not in kinds.WAYS_OUT:
        raise Refused("way", "Wybierz sposób likwidacji.")
    assets = lock(asset_ids, actor=actor, on=header.happened_on, changes_value=True)
    lines = [gone(asset, Asset.State.LIQUIDATED) for asset in assets]
    return write("LT", f"LT-{way}", header, lines, actor=actor, now=now)


def gone(asset: Asset, state: str) -> dict[str, Any]:
    """The line of an asset that leaves whole."""
    return {
        "asset": asset, "value_change": -asset.value, "written_off_change": -asset.written_off,
        "quantity_change": -asset.quantity, "state_to": state, "place_from_id": asset.place_id,
        "keeper_from_id": asset.keeper_id, "user_from_id": asset.user_id,
    }  # fmt: skip


@dataclass(frozen=True)
class Part:
    """A part of an asset that leaves: of its value, or pieces of its quantity."""

    value: int = 0
    quantity: int = 0


@transaction.atomic
def liquidate_part(
    asset_id: int, part: Part, header: Header, *, way: str, actor: Actor, today: date, now: datetime
) -> Document:
    """LT of a part: what is written off goes down in the same share as the value."""
    must_manage(actor)
    check_header(header, today=today)
    if way not in kinds.WAYS_OUT:
        raise Refused("way", "Wybierz sposób likwidacji.")
    [asset] = lock([asset_id], actor=actor, on=header.happened_on, changes_value=True)
    value = part.value or share(asset.value, part=part.quantity, whole=asset.quantity)
    if not (value or part.quantity) or (asset.value and not 0 < value < asset.value):
        raise Refused("value", "Podaj część wartości mniejszą od całości. Całość likwiduje się osobno.")
    if part.quantity < 0 or part.quantity >= asset.quantity:
        raise Refused("quantity", "Podaj mniej sztuk, niż jest. Całość likwiduje się osobno.")
    off = share(asset.written_off, part=value, whole=asset.value)
    line = {
        "asset": asset, "value_change": -value, "written_off_change": -off,
        "quantity_change": -part.quantity,
    }  # fmt: skip
    return write("LT", f"LT-{way}", header, [line], actor=actor, now=now)
