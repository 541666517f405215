"""Exchanges and their hours, lines of operators with tariffs, public numbers, days off."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.timezone import localdate

from starostwo.office.api import Actor
from starostwo.platform import jobs
from starostwo.telephony import tasks
from starostwo.telephony.models import DayOff, Node, OpeningHours, PublicNumber, Tariff, Trunk
from starostwo.telephony.services.plan import load_classes, load_days_off
from starostwo.telephony.services.writing import must_manage, note

Hours = Sequence[tuple[int, time, time]]


class StandsAlready(Exception):
    """There is one like it already: a node's code or address, a trunk's name, a number, a day, a tariff."""


class NodeIsUsed(Exception):
    """Phones, groups or lines stand on the exchange; they go elsewhere first."""


@dataclass(frozen=True)
class NewNode:
    """An exchange: its code, where phones find it, how it takes day and night, where browsers find it."""

    code: str
    name: str
    seat_id: int
    host: str
    port: int = 5060
    mode: str = Node.Mode.BY_HOURS.value
    websocket: str = ""


@dataclass(frozen=True)
class NewTrunk:
    """A line of an operator."""

    name: str
    host: str
    port: int = 5060
    order: int = 1


@dataclass(frozen=True)
class NewTariff:
    """What a minute costs, in 1/100 grosza, to numbers that begin so, from a day on."""

    beginning: str
    minute: int
    setup: int
    since: date
    until: date | None = None


@transaction.atomic
def open_node(said: NewNode, hours: Hours, *, actor: Actor, now: datetime) -> Node:
    """Enter an exchange with its hours of the week; with the first come emergency numbers and days off."""
    must_manage(actor)
    load_classes()
    load_days_off(localdate(now))
    with _once():
        node = Node.objects.create(**asdict(said))
    _hours(node, hours)
    note("add", "node", node.pk, asdict(said), actor, now)
    return node


@transaction.atomic
def change_node(node_id: int, said: NewNode, *, actor: Actor, now: datetime) -> Node:
    """Change what is said of an exchange; its phones and lines stay with it."""
    must_manage(actor)
    node = Node.objects.select_for_update().get(pk=node_id)
    for name, value in asdict(said).items():
        setattr(node, name, value)
    with _once():
        node.save(update_fields=list(asdict(said)))
    note("change", "node", node.pk, asdict(said), actor, now)
    return node


@transaction.atomic
def remove_node(node_id: int, *, actor: Actor, now: datetime) -> None:
    """Take away an exchange on which nothing stands; its hours go with it."""
    must_manage(actor)
    node = Node.objects.select_for_update().get(pk=node_id)
    said = {"code": node.code, "name": node.name}
    try:
        node.delete()
    except ProtectedError as error:
        raise NodeIsUsed(node.name) from error
    note("remove", "node", node_id, said, actor, now)


@transaction.atomic
def set_hours(node: Node, hours: Hours, *, actor: Actor, now: datetime) -> None:
    """Say anew when a building answers."""
    must_manage(actor)
    OpeningHours.objects.filter(node=node).delete()
    with _once():
        _hours(node, hours)
    told = [f"{day} {opens:%H:%M}-{closes:%H:%M}" for day, opens, closes in hours]
    note("hours", "node", node.pk, {"hours": told}, actor, now)


@transaction.atomic
def set_mode(node_id: int, mode: str, *, actor: Actor, now: datetime) -> Node:
    """Switch a building to day, to night, or back to its hours."""
    must_manage(actor)
    node = Node.objects.select_for_update().get(pk=node_id)
    node.mode = mode
    node.save(update_fields=["mode"])
    note("mode", "node", node.pk, {"mode": mode}, actor, now)
    return node


@transaction.atomic
def add_trunk(
    node: Node, said: NewTrunk, tariffs: Sequence[NewTariff], *, actor: Actor, now: datetime
) -> Trunk:
    """Enter a line with what calls over it cost."""
    must_manage(actor)
    with _once():
        trunk = Trunk.objects.create(node=node, **asdict(said))
        Tariff.objects.bulk_create(Tariff(trunk=trunk, **asdict(one)) for one in tariffs)
    note("add", "trunk", trunk.pk, asdict(said), actor, now)
    return trunk


@transaction.atomic
def add_tariff(trunk: Trunk, said: NewTariff, *, actor: Actor, now: datetime) -> Tariff:
    """A new price; on each day the newest that has begun holds. Calls since that day are priced again."""
    must_manage(actor)
    with _once():
        made = Tariff.objects.create(trunk=trunk, **asdict(said))
    told = {name: str(value) for name, value in asdict(said).items()}
    note("tariff", "trunk", trunk.pk, told, actor, now)
    if said.since <= localdate(now):
        jobs.defer(tasks.price_again, since=said.since.isoformat())
    return made


@transaction.atomic
def switch_trunk(trunk_id: int, *, is_on: bool, actor: Actor, now: datetime) -> Trunk:
    """Switch a line on or off."""
    must_manage(actor)
    trunk = Trunk.objects.select_for_update().get(pk=trunk_id)
    trunk.is_on = is_on
    trunk.save(update_fields=["is_on"])
    note("on" if is_on else "off", "trunk", trunk.pk, {}, actor, now)
    return trunk


@transaction.atomic
def add_public_number(
    number: str, rings: str | None, description: str, *, actor: Actor, now: datetime
) -> PublicNumber:
    """Enter a number of the county in the public network and what it rings."""
    must_manage(actor)
    with _once():
        made = PublicNumber.objects.create(number=number, rings_id=rings, description=description)
    note("add", "public_number", made.pk, {"number": number, "rings": rings}, actor, now)
    return made


@transaction.atomic
def add_day_off(day: date, name: str, *, actor: Actor, now: datetime) -> DayOff:
    """A day on which the office does not answer, ordered by its head."""
    must_manage(actor)
    with _once():
        made = DayOff.objects.create(day=day, name=name)
    note("add", "day_off", made.pk, {"day": day.isoformat(), "name": name}, actor, now)
    return made


@contextmanager
def _once() -> Iterator[None]:
    """What stands already is refused, and the transaction around goes on."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise StandsAlready from error


def _hours(node: Node, hours: Hours) -> None:
    OpeningHours.objects.bulk_create(
        OpeningHours(node=node, weekday=day, opens=opens, closes=closes) for day, opens, closes in hours
    )
