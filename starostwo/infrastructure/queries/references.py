"""Ports found by how they are written in one line."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from starostwo.infrastructure import access
from starostwo.infrastructure.models import Cable, CableEnd, Device, Port
from starostwo.infrastructure.rules.kinds import FRONT, INTERFACE, POWER_IN, POWER_OUT, REAR
from starostwo.infrastructure.rules.names import read, written
from starostwo.office.api import Actor

BEST = [INTERFACE, FRONT, POWER_IN, POWER_OUT]


def ports_named(texts: Iterable[str], *, actor: Actor) -> dict[str, Port]:
    """The ports that are meant, by their texts; who is not found is missing. Two queries."""
    told = {text: read(text) for text in texts}
    names = {one[0].lower() for one in told.values() if one}
    if not names or not access.may_see(actor):
        return {}
    devices = Device.objects.annotate(low=Lower("name")).filter(low__in=names).exclude(state="WITHDRAWN")
    by_name = {device.name.lower(): device.pk for device in devices}
    wanted = {one[1] for one in told.values() if one}
    rows = Port.objects.filter(device__in=by_name.values(), name__in=wanted).select_related("device")
    known: dict[tuple[int, str], list[Port]] = {}
    for port in rows:
        known.setdefault((port.device_id, port.name), []).append(port)
    found = {}
    for text, one in told.items():
        if one and one[0].lower() in by_name:
            chosen = _choose(known.get((by_name[one[0].lower()], one[1]), []), one[2])
            if chosen:
                found[text] = chosen
    return found


def with_a_cable(ports: Iterable[Port]) -> set[int]:
    """The keys of those ports that have a cable already."""
    return set(CableEnd.objects.filter(port__in=ports).values_list("port_id", flat=True))


def labels_in_use(labels: Iterable[str]) -> list[str]:
    """Those of the labels, in small letters, that a cable has that is not removed."""
    low = {label.strip().lower() for label in labels} - {""}
    rows = Cable.objects.exclude(status=Cable.Status.REMOVED).annotate(low=Lower("label"))
    return list(rows.filter(low__in=low).values_list("low", flat=True))


def _choose(ports: list[Port], is_rear: bool) -> Port | None:
    fitting = [port for port in ports if (port.kind == REAR) == is_rear]
    return min(fitting, key=lambda port: 0 if is_rear else BEST.index(port.kind), default=None)


def suggestions(words: str, *, actor: Actor, most: int = 12) -> list[Port]:
    """Free ports whose device and name begin so."""
    device, _, port = words.strip().partition(":")
    if len(device) < 2 or not access.may_see(actor):
        return []
    rows = Port.objects.filter(Q(device__name__istartswith=device), name__istartswith=port.strip())
    free = rows.exclude(device__state="WITHDRAWN").exclude(
        Exists(CableEnd.objects.filter(port=OuterRef("pk")))
    )
    return list(
        free.select_related("device__place").order_by("device__name", "kind", "position", "id")[:most]
    )


def line(port: Port) -> str:
    """A port as it is written; its device is there."""
    return written(port.device.name, port.name, port.kind)
