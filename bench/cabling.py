"""`python -m bench.cabling COUNT`: a network of so many cables, and what is asked of it.

A line is a computer, a wall socket, a panel and a switch with three cables between them. The rows are as the
services leave them, without their lines of history.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  models are there only after setup

from starostwo.infrastructure.models import Cable, CableEnd, Device, DeviceType, Port  # noqa: E402
from starostwo.office.models import Place  # noqa: E402

KEEPER, NET = "w.kabel", "/urzad/siec/"
AT_ONCE, A_FEW = 2_000, 30
SOCKET, PANEL, SWITCH = 2, 24, 48  # ports of each
TABLES = [model._meta.db_table for model in (Device, Port, Cable, CableEnd)]
WORDS = ("bench-k", "bench k-012", "b-sw-1", "b-pc-00", "nigdzie")


def main() -> None:
    """Make the cables."""
    lines = -(-int(sys.argv[1]) // 3)
    kinds = {
        name: DeviceType.objects.get_or_create(category=category, maker="Bench", model=name)[0]
        for name, category in (("pc", "COMPUTER"), ("g", "SOCKET"), ("pp", "PANEL"), ("sw", "SWITCH"))
    }
    rooms = list(Place.objects.filter(level=Place.Level.ROOM).order_by("pk").values_list("pk", flat=True))
    with _triggers_resting(), transaction.atomic():
        computers = _devices(kinds["pc"], "b-pc", lines, 1, rooms)
        sockets = _panels(kinds["g"], "b-g", lines, SOCKET, rooms)
        panels = _panels(kinds["pp"], "b-pp", lines, PANEL, rooms[:4])
        switches = _devices(kinds["sw"], "b-sw", lines, SWITCH, rooms[:4])
        _join("A", computers, [front for front, _ in sockets])
        _join("B", [rear for _, rear in sockets], [rear for _, rear in panels])
        _join("C", [front for front, _ in panels], switches)


@contextmanager
def _triggers_resting() -> Iterator[None]:
    """In bulk as the owner, without triggers; statistics are made at the end."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute(f"ANALYZE {table}")


def _devices(kind: DeviceType, name: str, lines: int, each: int, rooms: Sequence[int]) -> list[Port]:
    """So many ports in devices of one kind."""
    devices = _made(kind, name, -(-lines // each), rooms)
    ports = [
        Port(device=devices[at // each], kind="INTERFACE", name=str(at % each + 1), position=at % each + 1)
        for at in range(lines)
    ]
    return Port.objects.bulk_create(ports, batch_size=AT_ONCE)


def _panels(
    kind: DeviceType, name: str, lines: int, each: int, rooms: Sequence[int]
) -> list[tuple[Port, Port]]:
    """So many fronts with rears behind them."""
    devices = _made(kind, name, -(-lines // each), rooms)
    spots = [(devices[at // each], at % each + 1) for at in range(lines)]
    rears = Port.objects.bulk_create(
        [Port(device=device, kind="REAR", name=str(at), position=at) for device, at in spots],
        batch_size=AT_ONCE,
    )
    fronts = Port.objects.bulk_create(
        [
            Port(device=rear.device, kind="FRONT", name=rear.name, position=rear.position, rear=rear)
            for rear in rears
        ],
        batch_size=AT_ONCE,
    )
    return list(zip(fronts, rears, strict=True))


def _made(kind: DeviceType, name: str, count: int, rooms: Sequence[int]) -> list[Device]:
    devices = [
        Device(device_type=kind, name=f"{name}-{at:05d}", place_id=rooms[at % len(rooms)])
        for at in range(count)
    ]
    return Device.objects.bulk_create(devices, batch_size=AT_ONCE)


def _join(part: str, near: Sequence[Port], far: Sequence[Port]) -> None:
    cables = Cable.objects.bulk_create(
        [Cable(kind="UTP6", label=f"bench-k-{part}-{at:05d}") for at in range(len(near))], batch_size=AT_ONCE
    )
    for side, ports in (("A", near), ("B", far)):
        CableEnd.objects.bulk_create(
            [CableEnd(cable=cable, side=side, port=port) for cable, port in zip(cables, ports, strict=True)],
            batch_size=AT_ONCE,
        )


def questions() -> dict[str, tuple[str, list[str]]]:
    """Lists, devices, traces from both ends and from the middle, searches; none while there is no network."""
    bench = Device.objects.filter(device_type__maker="Bench")
    ports = Port.objects.filter(device__in=bench)
    ends = [ports.filter(kind=kind).order_by("-id")[:A_FEW] for kind in ("INTERFACE", "FRONT", "REAR")]
    traces = [f"{NET}porty/{port.pk}/slad/" for rows in ends for port in rows]
    if not traces:
        return {}
    cables = Cable.objects.order_by("-id")[:A_FEW]
    switches = bench.filter(device_type__model="sw").order_by("-id")[:A_FEW]
    return {
        "network: cables": (KEEPER, _paths("kable/", [{}, {"rodzaj": "UTP6"}, {"q": "bench-k-b"}])),
        "network: one cable with its line": (KEEPER, [f"{NET}kable/{one.pk}/" for one in cables]),
        "network: devices": (KEEPER, _paths("", [{}, {"rodzaj": "PANEL"}, {"miejsce": "SADOWA/1"}])),
        "network: a switch with 48 ports": (KEEPER, [f"{NET}urzadzenia/{one.pk}/" for one in switches]),
        "network: trace of a port": (KEEPER, traces),
        "network: search": (KEEPER, _paths("szukanie/", [{"q": words} for words in WORDS])),
    }


def _paths(address: str, filters: Sequence[dict[str, str]]) -> list[str]:
    return [f"{NET}{address}?{urlencode(each)}" if each else NET + address for each in filters]


if __name__ == "__main__":
    main()
