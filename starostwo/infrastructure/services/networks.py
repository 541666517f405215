"""VLANs, prefixes and addresses; the next free one."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from starostwo.infrastructure.models import Address, Device, Port, Prefix, Vlan
from starostwo.infrastructure.queries.networks import next_free
from starostwo.infrastructure.services.writing import Refused, changed, explained, must_manage, note
from starostwo.office.api import Actor

TAKING = 0x5057A2  # the lock under which free addresses are given


@transaction.atomic
def add_vlan(number: int, name: str, *, actor: Actor, now: datetime, remark: str = "") -> Vlan:
    """A VLAN."""
    must_manage(actor)
    with explained():
        made = Vlan.objects.create(number=number, name=name.strip(), note=remark)
    note(made, "add_vlan", actor, now, number=number, name=made.name)
    return made


@transaction.atomic
def add_prefix(said: dict[str, Any], *, actor: Actor, now: datetime) -> Prefix:
    """A network of addresses."""
    must_manage(actor)
    with explained():
        made = Prefix.objects.create(**said)
    note(made, "add_prefix", actor, now, network=str(made), name=made.name)
    return made


@transaction.atomic
def describe_prefix(prefix_id: int, said: dict[str, Any], *, actor: Actor, now: datetime) -> Prefix:
    """What a network is for."""
    must_manage(actor)
    prefix = Prefix.objects.select_for_update(of=("self",)).get(pk=prefix_id)
    done = changed(prefix, said)
    if done:
        note(prefix, "describe", actor, now, **done)
    return prefix


@transaction.atomic
def take_address(
    prefix_id: int, *, actor: Actor, now: datetime, address: str = "", port_id: int | None = None,
    kind: str = Address.Kind.STATIC, name: str = "", remark: str = "",
) -> Address:  # fmt: skip
    """Give an address away: the one that is named, else the next free one of the network."""
    must_manage(actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [TAKING, prefix_id % 2**31])
    prefix = Prefix.objects.filter(pk=prefix_id, is_container=False).first()
    if prefix is None:
        raise Refused("prefix", "Wybierz sieć, która nie jest zbiorem mniejszych sieci.")
    wanted = address or next_free(prefix)
    if not wanted:
        raise Refused("address", "W tej sieci nie ma już wolnych adresów.")
    with explained():
        made = Address(address=wanted, port_id=port_id, kind=kind, name=name.strip().lower(), note=remark)
        made.save()
        made.refresh_from_db(fields=["prefix"])
    if made.prefix_id != prefix_id:
        raise Refused("address", f"Adres {wanted} nie leży w sieci {prefix}.")
    note(made, "take_address", actor, now, address=str(wanted), port=port_id)
    return made


@transaction.atomic
def describe_address(address_id: int, said: dict[str, Any], *, actor: Actor, now: datetime) -> Address:
    """Whose an address is, and its name."""
    must_manage(actor)
    found = Address.objects.select_for_update(of=("self",)).filter(pk=address_id).first()
    if found is None:
        raise Refused("address", "Tego adresu już nie ma.")
    done = changed(found, said)
    if done:
        note(found, "describe", actor, now, **done)
    return found


@transaction.atomic
def free_address(address_id: int, *, actor: Actor, now: datetime) -> None:
    """The address belongs to nobody again; its history stays."""
    must_manage(actor)
    found = Address.objects.select_for_update(of=("self",)).filter(pk=address_id).first()
    if found is None:
        raise Refused("address", "Tego adresu już nie ma.")
    note(found, "free_address", actor, now, address=str(found), port=found.port_id)
    found.delete()


@transaction.atomic
def set_management(device_id: int, address_id: int | None, *, actor: Actor, now: datetime) -> Device:
    """Under which of its addresses a device is managed."""
    must_manage(actor)
    device = Device.objects.select_for_update(of=("self",)).get(pk=device_id)
    own = Address.objects.filter(port__in=Port.objects.filter(device=device))
    if address_id is not None and not own.filter(pk=address_id).exists():
        raise Refused("management", "Adres zarządzania musi należeć do portu tego urządzenia.")
    done = changed(device, {"management_id": address_id})
    if done:
        note(device, "describe", actor, now, **done)
    return device
