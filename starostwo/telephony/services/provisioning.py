"""What a desk phone gets when it asks: its settings with a password that the program does not keep.

The password is made from the key in the address, so that the same key gives the same password each time and
nothing has to be stored but its HA1. Who asks is a program without a session; the key is its right.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from starostwo.audit import api as audit
from starostwo.telephony.models import Device, DeviceCredential, Extension
from starostwo.telephony.queries import devices
from starostwo.telephony.rules import phonebooks
from starostwo.telephony.rules.devices import BOOK, GRANDSTREAM, OWN, SNOM, YEALINK, Asked, sign_in_name
from starostwo.telephony.rules.phone_settings import Setup, grandstream, snom, yealink, yealink_common
from starostwo.telephony.services.devices import hash_of, make_key
from starostwo.telephony.services.phones import ha1

PURPOSE = b"sip password of "
PASSWORD_SIGNS = 32
SYSTEM, SYSTEM_NAME = "system", "System"
WRITERS = {YEALINK: yealink, SNOM: snom, GRANDSTREAM: grandstream}


@dataclass(frozen=True)
class Caller:
    """Who fetches: its address, and what it calls itself."""

    address: str
    program: str


@transaction.atomic
def fetch(key: str, asked: Asked, file: str, *, caller: Caller, now: datetime) -> str | None:
    """The file for the phone that holds the key; None for a wrong key and for another's file alike."""
    device = devices.by_key(hash_of(key))
    if device is None or not _is_its(asked, device):
        return None
    if asked.what == OWN:
        device = _locked(device, key_hash=device.key_hash)
        if device is None or device.extension is None:
            return None
        text = _settings(device, device.extension, key, now)
    elif asked.what == BOOK:
        text = phonebooks.book(device.vendor, devices.phonebook(now))
    else:
        text = yealink_common()
    _note_fetch(device, file, caller, now)
    return text


@transaction.atomic
def first_fetch(asked: Asked, file: str, *, caller: Caller, now: datetime) -> str | None:
    """The settings of a phone without a key while its window is open; with them it gets a key."""
    if asked.what != OWN or not asked.mac:
        return None
    found = devices.by_open_mac(asked.mac, asked.vendor, now)
    if found is None:
        return None
    device = _locked(found, open_until__gt=now)
    if device is None or device.extension is None:  # another request was first
        return None
    key = make_key(device, now)
    payload = {"from": caller.address, "program": caller.program[:200]}
    _record("first_fetch", device, payload, now)
    text = _settings(device, device.extension, key, now)
    _note_fetch(device, file, caller, now)
    return text


def address_of(key: str) -> str:
    """Where a phone with this key finds its files."""
    return settings.PUBLIC_URL + reverse("telephony:prov_file", args=[key, "x"]).removesuffix("x")


def password_of(key: str, number: str, mac: str) -> str:
    """The password of a phone under a number, told by its key alone; the key cannot be found from it."""
    told = PURPOSE + sign_in_name(number, mac).encode()
    digest = hmac.new(key.encode(), told, hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:PASSWORD_SIGNS]


def _is_its(asked: Asked, device: Device) -> bool:
    if asked.what == OWN:
        return (asked.vendor, asked.mac) == (device.vendor, device.mac)
    return not asked.vendor or asked.vendor == device.vendor


def _locked(device: Device, **still: object) -> Device | None:
    """The phone, where it still has a number and is as it was found."""
    rows = Device.objects.select_for_update(of=("self",)).filter(extension__isnull=False, **still)
    return rows.select_related("extension__account", "extension__number__node").filter(pk=device.pk).first()


def _settings(device: Device, phone: Extension, key: str, now: datetime) -> str:
    number, node = phone.number_id, phone.number.node
    password = password_of(key, number, device.mac)
    name = sign_in_name(number, device.mac)
    _keep(device, phone, ha1(name, password), now)
    told = Setup(
        device.mac, number, devices.label(phone), name, password, node.host, node.port, address_of(key)
    )
    return WRITERS[device.vendor](told)


def _keep(device: Device, phone: Extension, digest: str, now: datetime) -> None:
    """Set the HA1 once for this key and number; the exchange learns of it with its next reading."""
    for_this = {"number": phone.number_id, "key_hash": device.key_hash}
    if DeviceCredential.objects.filter(pk=device.pk, **for_this).exists():
        return
    DeviceCredential.objects.filter(pk=device.pk).delete()
    DeviceCredential.objects.create(device=device, ha1=digest, set_at=now, **for_this)
    _record("password", device, {"number": phone.number_id}, now)


def _note_fetch(device: Device, file: str, caller: Caller, now: datetime) -> None:
    Device.objects.filter(pk=device.pk).update(
        fetched_at=now, fetched_from=caller.address or None, fetched_file=file[:60],
        fetched_by=caller.program[:200],
    )  # fmt: skip


def _record(verb: str, device: Device, payload: Mapping[str, object], now: datetime) -> None:
    audit.record(
        actor=SYSTEM, actor_name=SYSTEM_NAME, verb=verb, thing=f"telephony.device:{device.pk}",
        payload=dict(payload), at=now,
    )  # fmt: skip
