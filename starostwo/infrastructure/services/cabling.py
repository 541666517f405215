"""Cables: connected one by one or panel to panel, described, removed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from starostwo.infrastructure.models import Cable, CableEnd, Device, Port
from starostwo.infrastructure.models.cabling import FAR_ENDS
from starostwo.infrastructure.rules.kinds import fit
from starostwo.infrastructure.services.writing import Refused, changed, explained, must_manage, note
from starostwo.office.api import Actor

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class NewCable:
    """What a cable is by itself."""

    kind: str = "UTP6"
    status: str = Cable.Status.CONNECTED
    label: str = ""
    colour: str = ""
    length: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Joint:
    """A cable to be laid, with the ports that it joins; several far ones where it breaks out."""

    near: int
    far: Sequence[int]
    cable: NewCable


@transaction.atomic
def connect(near: int, far: Sequence[int], new: NewCable, *, actor: Actor, now: datetime) -> Cable:
    """A cable from a port to another, or to several where it breaks out."""
    return connect_all([Joint(near, far, new)], actor=actor, now=now)[0]


@transaction.atomic
def connect_all(joints: Sequence[Joint], *, actor: Actor, now: datetime) -> list[Cable]:
    """Many cables in a few statements; all or none."""
    must_manage(actor)
    told = {port for joint in joints for port in (joint.near, *joint.far)}
    ports = Port.objects.select_related("device").in_bulk(told)
    runs = []
    for joint in joints:
        ends = [joint.near, *joint.far]
        if len(ends) < 2 or len({*ends} & ports.keys()) != len(ends):
            raise Refused("port", "Wybierz dwa różne porty.")
        if len(joint.far) > FAR_ENDS:
            raise Refused("far", f"Kabel rozgałęziony ma najwyżej {FAR_ENDS} końców po drugiej stronie.")
        near, *far = (ports[one] for one in ends)
        if not all(fit(near.kind, one.kind) for one in far):
            raise Refused(
                "port", "Te porty do siebie nie pasują: wejście zasilania łączy się tylko z wyjściem."
            )
        runs.append((near, far, joint.cable))
    return _lay(runs, actor=actor, now=now)


def _lay(
    runs: Sequence[tuple[Port, Sequence[Port], NewCable]], *, actor: Actor, now: datetime
) -> list[Cable]:
    _must_stand({port.device_id for near, far, _ in runs for port in (near, *far)})
    with explained():
        cables = Cable.objects.bulk_create(
            Cable(
                kind=new.kind, status=new.status, label=new.label.strip(), colour=new.colour,
                length=new.length, note=new.note,
            )
            for _, _, new in runs
        )  # fmt: skip
        CableEnd.objects.bulk_create(
            CableEnd(cable=cable, side=side, position=at, port=port)
            for cable, (near, far, _) in zip(cables, runs, strict=True)
            for side, ports in (("A", [near]), ("B", far))
            for at, port in enumerate(ports, start=1)
        )
    for cable, (near, far, _) in zip(cables, runs, strict=True):
        ends = [f"{port.device.name}:{port.name}" for port in (near, *far)]
        note(cable, "connect", actor, now, label=cable.label, ends=ends)
    return cables


def _must_stand(devices: Collection[int]) -> None:
    """Lock the devices, so that none is withdrawn at the same time; refuse one that is."""
    rows = Device.objects.select_for_update().filter(pk__in=devices).order_by("pk")
    gone = [name for name, state in rows.values_list("name", "state") if state == Device.State.WITHDRAWN]
    if gone:
        raise Refused("port", f"Urządzenie {gone[0]} jest wycofane.")


@dataclass(frozen=True)
class Bundle:
    """Ports of one side of a device, from one of them on."""

    device: int
    kind: str
    first: int = 1


@transaction.atomic
def connect_many(
    near: Bundle, far: Bundle, count: int, new: NewCable, *, actor: Actor, now: datetime
) -> list[Cable]:
    """Join so many ports of a device with those of another, one by one in their order; all or none."""
    must_manage(actor)
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused("count", f"Podaj liczbę kabli od 1 do {MOST_AT_ONCE}.")
    sides = [_free_row(near, count, "near"), _free_row(far, count, "far")]
    runs = []
    for number, (one, other) in enumerate(zip(*sides, strict=True), start=1):
        label = f"{new.label.strip()}{number:02d}" if new.label.strip() else ""
        if not fit(one.kind, other.kind):
            raise Refused("far", "Te porty do siebie nie pasują.")
        runs.append((one, [other], replace(new, label=label)))
    return _lay(runs, actor=actor, now=now)


def _free_row(side: Bundle, count: int, field: str) -> list[Port]:
    rows = Port.objects.filter(device=side.device, kind=side.kind).select_related("device", "end")
    ports = list(rows.order_by("position", "id")[max(side.first, 1) - 1 :][:count])
    if len(ports) < count:
        raise Refused(field, f"Od tego portu jest tu tylko {len(ports)} portów.")
    if taken := [port.name for port in ports if hasattr(port, "end")]:
        raise Refused(field, f"Zajęte porty: {', '.join(taken[:8])}. Nic nie połączono.")
    return ports


@transaction.atomic
def describe_cable(cable_id: int, said: dict[str, Any], *, actor: Actor, now: datetime) -> Cable:
    """Status, kind, colour, length and label of a cable."""
    must_manage(actor)
    cable = _locked(cable_id)
    if said.get("status") == Cable.Status.REMOVED:
        raise Refused("status", "Kabel usuwa się przyciskiem „Usuń kabel”.")
    done = changed(cable, said)
    if done:
        note(cable, "describe", actor, now, **done)
    return cable


@transaction.atomic
def remove_cable(cable_id: int, *, actor: Actor, now: datetime) -> Cable:
    """Unplug it: its ports are free again, where it ran stays in the history."""
    must_manage(actor)
    cable = _locked(cable_id)
    ends = CableEnd.objects.filter(cable=cable).select_related("port__device").order_by("side", "position")
    were = [f"{end.port.device.name}:{end.port.name}" for end in ends]
    cable.status = Cable.Status.REMOVED
    cable.save(update_fields=["status"])
    CableEnd.objects.filter(cable=cable).delete()
    note(cable, "remove", actor, now, label=cable.label, ends=were)
    return cable


def _locked(cable_id: int) -> Cable:
    cable = Cable.objects.select_for_update().filter(pk=cable_id).exclude(status=Cable.Status.REMOVED).first()
    if cable is None:
        raise Refused("cable", "Tego kabla nie ma albo jest już usunięty.")
    return cable
