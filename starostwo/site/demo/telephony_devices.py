"""Desk phones of the demonstration: three makers, most set up, some waiting for their first fetch."""

from datetime import datetime, timedelta
from itertools import zip_longest

from django.utils.timezone import localdate

from starostwo.assets.models import Asset
from starostwo.infrastructure.models import Port
from starostwo.infrastructure.services import hardware
from starostwo.office.actor import Actor, actor_for
from starostwo.site.demo.people import Cast
from starostwo.telephony.models import Device, Extension
from starostwo.telephony.rules.devices import GRANDSTREAM, SNOM, YEALINK, asked, file_of
from starostwo.telephony.services import devices, provisioning
from starostwo.telephony.services.devices import Said
from starostwo.telephony.services.provisioning import Caller

ADMIN, NETWORKER = "o.bak", "w.kabel"
MAKERS = (
    (YEALINK, "T33G", "00:15:65:5d:00", "Yealink SIP-T33G 124.86.0.75"),
    (SNOM, "D785", "00:04:13:5d:00", "Mozilla/4.0 (compatible; snomD785-SIP 10.1.184.15)"),
    (GRANDSTREAM, "GRP2614", "00:0b:82:5d:00", "Grandstream Model HW GRP2614 SW 1.0.13.4"),
)
COUNT, WAITING, OPEN, SPARE = (
    18,
    2,
    1,
    2,
)  # with numbers; of them with a key alone, with an open window; in store
SECOND = "101"  # has two phones


def set_desk_phones(cast: Cast, *, now: datetime) -> None:
    """Phones of the first numbers, where the network has a telephone at a socket; two more lie in store."""
    today, entered = localdate(now), now - timedelta(days=30)
    admin = actor_for(cast.staff[ADMIN], today=today)
    numbers = list(Extension.objects.order_by("number").values_list("pk", flat=True)[: COUNT - 1])
    networker = actor_for(cast.staff[NETWORKER], today=today)
    made = _entered([*numbers, SECOND, *[None] * SPARE], networker, admin, entered)
    used = made[:COUNT]
    for nth, device in enumerate(used[: COUNT - WAITING - OPEN]):
        _fetches(device, nth, admin, now - timedelta(days=nth % 5, minutes=37 * nth))
    for device in used[COUNT - WAITING - OPEN : COUNT - OPEN]:
        devices.new_key(device.pk, actor=admin, now=now)
    devices.open_window(used[-1].pk, actor=admin, now=now)
    devices.retire(made[-1].pk, actor=admin, now=now)


def _entered(numbers: list[str | None], networker: Actor, admin: Actor, now: datetime) -> list[Device]:
    """Each with a telephone of the network in the building of its number, and with an asset."""
    seats = dict(Extension.objects.values_list("pk", "number__node__seat_id"))
    ports = _free_ports()
    owned = Asset.objects.filter(name="Telefon stacjonarny", state=Asset.State.IN_USE).order_by("number")
    assets = list(owned.values_list("pk", flat=True)[: len(numbers)])
    new = []
    for nth, (number, asset) in enumerate(zip_longest(numbers, assets)):
        vendor, model, beginning, _ = MAKERS[nth % len(MAKERS)]
        mac = f"{beginning}:{nth + 1:02x}"
        free = ports.get(seats[number]) if number else None
        port = free.pop(0) if free else None
        new.append((mac, Said(vendor, model, number, port.device.place_id if port else None, asset)))
        if port:
            hardware.describe_port(port.pk, {"mac": mac}, actor=networker, now=now)
    return devices.add_devices(new, actor=admin, now=now)


def _free_ports() -> dict[int, list[Port]]:
    """The network ports of telephones by the seat where they stand."""
    found: dict[int, list[Port]] = {}
    ports = Port.objects.filter(device__device_type__category="PHONE", name="lan")
    for port in ports.select_related("device__place").order_by("device__name"):
        found.setdefault(port.device.place.seat_id, []).append(port)
    return found


def _fetches(device: Device, nth: int, admin: Actor, at: datetime) -> None:
    key, file = devices.new_key(device.pk, actor=admin, now=at), file_of(device.vendor, device.mac)
    caller = Caller(f"10.{20 + 10 * (nth % 2)}.20.{31 + nth}", MAKERS[nth % len(MAKERS)][3])
    if meant := asked(file):
        provisioning.fetch(key, meant, file, caller=caller, now=at)
