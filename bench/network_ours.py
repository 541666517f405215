"""`python -m bench.network_ours COUNT AT_ONCE COMMUNITY TIMES`: devices as discovery asks, then a round.

Runs in the network of the devices. The round is what the worker does each minute.
"""

import json
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402  models are there only after setup

from starostwo.infrastructure.models import Device, DeviceType, Watch  # noqa: E402
from starostwo.infrastructure.services.probing_crowd import each  # noqa: E402
from starostwo.infrastructure.services.probing_mibs import SYSTEM, interfaces  # noqa: E402
from starostwo.infrastructure.services.probing_snmp import Access, Conversation, Limits  # noqa: E402
from starostwo.infrastructure.services.rounds import play_round  # noqa: E402
from starostwo.infrastructure.services.snmp_access import NewAccess, keep_access  # noqa: E402
from starostwo.office.actor import Actor, Mandate  # noqa: E402
from starostwo.office.models import Place, Right  # noqa: E402

ASKED = [f"{SYSTEM}.{number}.0" for number in (1, 5, 6)]
COLUMNS_OF_A_PORT = 8


def addresses(count: int) -> Iterator[str]:
    """The same addresses as on the other side."""
    return (f"127.1.{number // 250}.{number % 250 + 1}" for number in range(count))


def discover(count: int, at_once: int, community: str) -> dict[str, float]:
    """The system and the ports of each device."""

    async def ask(address: str) -> int:
        async with Conversation(address, Access(community=community), Limits(answer_seconds=2)) as talk:
            system = await talk.values(ASKED)
            return len(system) + COLUMNS_OF_A_PORT * len(await interfaces(talk))

    began, used = time.perf_counter(), time.process_time()
    answered = sum(1 for _, values in each(addresses(count), ask, at_once=at_once) if values >= len(ASKED))
    assert answered == count
    return {"seconds": time.perf_counter() - began, "cpu": time.process_time() - used, "answered": answered}


def rounds(count: int, community: str) -> dict[str, float]:
    """Two rounds; the second, in which nothing is new, is measured."""
    now = timezone.now()
    keeper = Actor(0, "Pomiar", "STAFF", "", own=Mandate(0, rights=frozenset({Right.MANAGE_NETWORK})))
    access = keep_access(NewAccess("pomiar", "V2C", community=community), actor=keeper, now=now)
    kind = DeviceType.objects.create(category="SWITCH", maker="Pomiar", model="P1")
    place = Place.objects.filter(level=Place.Level.ROOM).order_by("path")[0]
    Watch.objects.update(is_on=False)
    made = Device.objects.bulk_create(
        Device(device_type=kind, name=f"POMIAR-{number:03d}", place=place) for number in range(count)
    )
    Watch.objects.bulk_create(
        Watch(device=device, address=address, access=access)
        for device, address in zip(made, addresses(count), strict=True)
    )
    play_round(now=now)
    began, used = time.perf_counter(), time.process_time()
    asked = play_round(now=now + timedelta(minutes=1))
    return {
        "seconds": time.perf_counter() - began, "cpu": time.process_time() - used, "asked": asked,
        "up": Watch.objects.filter(is_on=True, state="UP").count(),
    }  # fmt: skip


def main() -> None:
    count, at_once, community, times = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    found = [discover(count, at_once, community) for _ in range(times)]
    best = min(found, key=lambda one: one["seconds"])
    print(json.dumps({"discovery": best, "round": rounds(count, community)}))


main()
