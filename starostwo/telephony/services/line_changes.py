"""Lines, prices, public numbers and days off are put right, and those that serve nothing taken away."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.timezone import localdate

from starostwo.office.api import Actor
from starostwo.platform import jobs
from starostwo.telephony import tasks
from starostwo.telephony.models import DayOff, PublicNumber, Tariff, Trunk
from starostwo.telephony.services.lines import NewTariff, NewTrunk, StandsAlready
from starostwo.telephony.services.writing import must_manage, note


class IsUsed(Exception):
    """Calls or phones rest on it; it cannot be taken away."""


@transaction.atomic
def change_trunk(trunk_id: int, node_id: int, said: NewTrunk, *, actor: Actor, now: datetime) -> Trunk:
    """Say anew where the operator's server is; the line keeps its prices and its calls."""
    must_manage(actor)
    trunk = Trunk.objects.select_for_update().get(pk=trunk_id)
    told = asdict(said) | {"node_id": node_id}
    _set(trunk, told)
    note("change", "trunk", trunk_id, told, actor, now)
    return trunk


@transaction.atomic
def remove_trunk(trunk_id: int, *, actor: Actor, now: datetime) -> None:
    """Take away a line over which nobody has called, with its prices."""
    must_manage(actor)
    trunk = Trunk.objects.select_for_update().get(pk=trunk_id)
    with _unless_used():
        trunk.delete()
    note("remove", "trunk", trunk_id, {"name": trunk.name}, actor, now)


@transaction.atomic
def change_tariff(tariff_id: int, said: NewTariff, *, actor: Actor, now: datetime) -> Tariff:
    """Put a price right, or say its last day; calls since its first day, old or new, are priced again."""
    must_manage(actor)
    tariff = Tariff.objects.select_for_update().get(pk=tariff_id)
    since = min(tariff.since, said.since)
    _set(tariff, asdict(said))
    told = {name: str(value) for name, value in asdict(said).items()}
    note("change", "tariff", tariff_id, told, actor, now)
    if since <= localdate(now):
        jobs.defer(tasks.price_again, since=since.isoformat())
    return tariff


@transaction.atomic
def remove_tariff(tariff_id: int, *, actor: Actor, now: datetime) -> None:
    """Take away a price by which no call was counted."""
    must_manage(actor)
    tariff = Tariff.objects.select_for_update().get(pk=tariff_id)
    with _unless_used():
        tariff.delete()
    note("remove", "tariff", tariff_id, {"trunk": tariff.trunk_id, "beginning": tariff.beginning}, actor, now)


@transaction.atomic
def change_public_number(
    number_id: int, rings: str | None, description: str, *, actor: Actor, now: datetime
) -> PublicNumber:
    """A number of the county rings something else from the next call on."""
    must_manage(actor)
    found = PublicNumber.objects.select_for_update().get(pk=number_id)
    told = {"rings_id": rings, "description": description}
    _set(found, told)
    note("change", "public_number", number_id, told, actor, now)
    return found


@transaction.atomic
def remove_public_number(number_id: int, *, actor: Actor, now: datetime) -> None:
    """The county has this number no more; no phone may be shown by it."""
    must_manage(actor)
    found = PublicNumber.objects.select_for_update().get(pk=number_id)
    with _unless_used():
        found.delete()
    note("remove", "public_number", number_id, {"number": found.number}, actor, now)


@transaction.atomic
def remove_day_off(day_id: int, *, actor: Actor, now: datetime) -> DayOff:
    """The office answers on that day after all; days off by the act stay."""
    must_manage(actor)
    found = DayOff.objects.select_for_update().get(pk=day_id, is_statutory=False)
    found.delete()
    note("remove", "day_off", day_id, {"day": found.day.isoformat(), "name": found.name}, actor, now)
    return found


def _set(row: Trunk | Tariff | PublicNumber, said: dict[str, Any]) -> None:
    for name, value in said.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save(update_fields=list(said))
    except IntegrityError as error:
        raise StandsAlready from error


@contextmanager
def _unless_used() -> Iterator[None]:
    try:
        yield
    except ProtectedError as error:
        raise IsUsed from error
