"""What was entered is described better, or removed while nothing hangs on it; the history keeps both."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError

from starostwo.infrastructure.models import (
    Circuit,
    DeviceType,
    ElectricCircuit,
    FloorPlan,
    PlanSpot,
    Port,
    PowerPanel,
    Prefix,
    Rack,
    Spare,
    Vlan,
)
from starostwo.infrastructure.services.writing import Refused, changed, explained, must_manage, note
from starostwo.office.api import Actor

SAID: dict[type[Model], tuple[str, ...]] = {
    DeviceType: ("maker", "model", "draw", "capacity", "note"),
    Rack: ("units", "width", "depth", "note"),
    Vlan: ("number", "name", "note"),
    PowerPanel: ("place_id", "name"),
    ElectricCircuit: ("panel_id", "name", "amperes", "volts", "phases", "note"),
    Spare: ("kind", "name", "part_number", "place_id", "least"),
}
REMOVED: dict[str, type[Model]] = {
    "typ": DeviceType, "szafa": Rack, "siec": Prefix, "vlan": Vlan, "lacze": Circuit,
    "rozdzielnia": PowerPanel, "obwod": ElectricCircuit, "rzut": FloorPlan, "port": Port,
}  # fmt: skip
NAMED = 3


class NothingThere(LookupError):
    """There is no such thing any more."""


@transaction.atomic
def describe(kind: type[Model], pk: int, said: dict[str, Any], *, actor: Actor, now: datetime) -> Model:
    """Write down better what a thing is."""
    must_manage(actor)
    found: Model = _locked(kind, pk)
    done = changed(found, {name: said[name] for name in SAID[kind] if name in said})
    if done:
        note(found, "describe", actor, now, **done)
    return found


@transaction.atomic
def remove(what: str, pk: int, *, actor: Actor, now: datetime) -> Model:
    """Remove a thing on which nothing hangs; what hangs on it is named in the refusal."""
    must_manage(actor)
    found: Model = _locked(REMOVED[what], pk)
    if isinstance(found, FloorPlan) and (spots := list(PlanSpot.objects.filter(plan=found))):
        raise Refused("thing", _refusal(spots))
    note(found, "remove", actor, now, name=named(found))
    try:
        with explained(), transaction.atomic():
            found.delete()
    except ProtectedError as error:
        raise Refused("thing", _refusal(error.protected_objects)) from error
    found.pk = pk
    return found


def named(thing: Any) -> str:
    """A thing by its own name, or by the name of the device or the cable that it belongs to."""
    if isinstance(thing, Port):
        return f"{thing.device}:{thing}"
    for part in ("device", "cable", "place"):
        if not type(thing).__dict__.get("__str__") and getattr(thing, part, None) is not None:
            return str(getattr(thing, part))
    return str(thing)


def _refusal(hanging: Iterable[Any]) -> str:
    told = sorted(f"{one._meta.verbose_name} {named(one)}" for one in hanging)
    more = f" i jeszcze {len(told) - NAMED}" if len(told) > NAMED else ""
    return f"Nie usunięto, bo używają tego: {', '.join(told[:NAMED])}{more}. Najpierw zmień albo usuń je."


def _locked(kind: type[Model], pk: int) -> Any:
    found = kind._default_manager.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise NothingThere(pk)
    return found
