"""Desk phones: entered, moved, given a key, let fetch their settings once without one, retired."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from starostwo.office.api import Actor
from starostwo.telephony.models import Device
from starostwo.telephony.rules.devices import WINDOW, plain_mac
from starostwo.telephony.services.writing import must_manage, note

KEY_BYTES = 32  # 43 signs in an address: what stands so in a log is masked
NO_KEY: dict[str, object] = {"key_hash": "", "key_made_at": None}


class NoSuchDevice(Exception):
    """There is no such phone, or it is retired."""


class MacIsTaken(Exception):
    """A phone with this MAC stands in the register; the text is the MAC."""


class AssetIsTaken(Exception):
    """Another phone is this asset."""


class HasNoNumber(Exception):
    """A phone without a number has no settings to fetch."""


@dataclass(frozen=True)
class Said:
    """What is said of a phone; ids of rows of other packages, None for a phone in store."""

    vendor: str
    model: str
    extension_id: str | None = None
    place_id: int | None = None
    asset_id: int | None = None
    note: str = ""


@transaction.atomic
def add_devices(new: Sequence[tuple[str, Said]], *, actor: Actor, now: datetime) -> list[Device]:
    """Enter phones by their MACs, all or none."""
    must_manage(actor)
    made = []
    for typed, said in new:
        mac = plain_mac(typed)
        with _explained(mac):
            device = Device.objects.create(mac=mac, **asdict(said))
        note("add", "device", device.pk, {"mac": mac} | asdict(said), actor, now)
        made.append(device)
    return made


@transaction.atomic
def change_device(device_id: int, said: Said, *, actor: Actor, now: datetime) -> Device:
    """Change what is said of a phone; with another number its password ends, its key stays."""
    device = _locked(device_id, actor)
    for name, value in asdict(said).items():
        setattr(device, name, value)
    with _explained(device.mac):
        device.save(update_fields=list(asdict(said)))
    note("change", "device", device.pk, asdict(said), actor, now)
    return device


@transaction.atomic
def new_key(device_id: int, *, actor: Actor, now: datetime) -> str:
    """Give a phone a new key and return it this once; the old key and its password end."""
    device = _locked(device_id, actor)
    if device.extension_id is None:
        raise HasNoNumber
    key = make_key(device, now)
    note("key", "device", device.pk, {}, actor, now)
    return key


@transaction.atomic
def open_window(device_id: int, *, actor: Actor, now: datetime) -> datetime:
    """Let the phone fetch its settings once without a key, for a quarter of an hour."""
    device = _locked(device_id, actor)
    if device.extension_id is None:
        raise HasNoNumber
    device.open_until = now + WINDOW
    device.save(update_fields=["open_until"])
    note("open_window", "device", device.pk, {"until": device.open_until.isoformat()}, actor, now)
    return device.open_until


@transaction.atomic
def revoke(device_id: int, *, actor: Actor, now: datetime) -> None:
    """Take the key away and close the window: the phone can fetch nothing and call nobody."""
    device = _locked(device_id, actor)
    _set(device, NO_KEY | {"open_until": None})
    note("revoke", "device", device.pk, {}, actor, now)


@transaction.atomic
def retire(device_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a phone out of use; its MAC can be entered anew."""
    device = _locked(device_id, actor)
    number = device.extension_id
    _set(device, NO_KEY | {"open_until": None, "extension_id": None, "retired_at": now})
    note("retire", "device", device.pk, {"number": number}, actor, now)


def make_key(device: Device, now: datetime) -> str:
    """A fresh key of a locked phone; a window that was open is closed by it."""
    key = secrets.token_urlsafe(KEY_BYTES)
    _set(device, {"key_hash": hash_of(key), "key_made_at": now, "open_until": None})
    return key


def hash_of(key: str) -> str:
    """What is kept of a key; it has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def _locked(device_id: int, actor: Actor) -> Device:
    must_manage(actor)
    rows = Device.objects.select_for_update(of=("self",))
    device = rows.filter(pk=device_id, retired_at=None).first()
    if device is None:
        raise NoSuchDevice
    return device


def _set(device: Device, said: dict[str, object]) -> None:
    for name, value in said.items():
        setattr(device, name, value)
    device.save(update_fields=list(said))


@contextmanager
def _explained(mac: str) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if name == "one_phone_a_mac":
            raise MacIsTaken(mac) from error
        if name == "one_phone_an_asset":
            raise AssetIsTaken from error
        raise
