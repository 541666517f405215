"""`python pysnmp_run.py COUNT AT_ONCE COMMUNITY`: the same questions to the same devices, asked with pysnmp.

Runs without our code in an environment that has pysnmp alone; prints seconds of clock and processor.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator

from pysnmp.hlapi.v3arch.asyncio import (
    CommunityData,
    ContextData,
    ObjectIdentity,
    ObjectType,
    SnmpEngine,
    UdpTransportTarget,
    bulk_walk_cmd,
    get_cmd,
)

SYSTEM = [f"1.3.6.1.2.1.1.{number}.0" for number in (1, 5, 6)]
COLUMNS = [f"1.3.6.1.2.1.2.2.1.{number}" for number in (2, 3, 6, 7, 8)]
COLUMNS += [f"1.3.6.1.2.1.31.1.1.1.{number}" for number in (1, 15, 18)]
ROWS_AT_ONCE = 25


def addresses(count: int) -> Iterator[str]:
    """The same addresses as on our side."""
    return (f"127.1.{number // 250}.{number % 250 + 1}" for number in range(count))


async def one(engine: SnmpEngine, address: str, words: CommunityData) -> int:
    """The system and the ports of one device; how many values it told."""
    target = await UdpTransportTarget.create((address, 161), timeout=2, retries=1)
    error, _, _, told = await get_cmd(
        engine, words, target, ContextData(), *(ObjectType(ObjectIdentity(oid)) for oid in SYSTEM)
    )
    assert not error, error
    count = len(told)
    for column in COLUMNS:
        walk = bulk_walk_cmd(
            engine, words, target, ContextData(), 0, ROWS_AT_ONCE, ObjectType(ObjectIdentity(column)),
            lexicographicMode=False, lookupMib=False,
        )  # fmt: skip
        async for error, _, _, rows in walk:
            assert not error, error
            count += len(rows)
    return count


async def everybody(count: int, at_once: int, community: str) -> int:
    """All devices, so many at once."""
    engine, words, gate = SnmpEngine(), CommunityData(community), asyncio.Semaphore(at_once)

    async def guarded(address: str) -> int:
        async with gate:
            return await one(engine, address, words)

    return sum(await asyncio.gather(*(guarded(address) for address in addresses(count))))


def main() -> None:
    count, at_once, community = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    began, used = time.perf_counter(), time.process_time()
    values = asyncio.run(everybody(count, at_once, community))
    print(
        json.dumps(
            {"seconds": time.perf_counter() - began, "cpu": time.process_time() - used, "values": values}
        )
    )


main()
