"""The vouchers that every measured ledger posts: by seed, as numbers of accounts and grosze alone."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from random import Random

from bench.result import percentile

SEED = 7
MONTHS = 12
BATCH = 500
LINES_OF_A_LARGE_ONE = 10
COSTS = ("401", "402", "409", "080")
DEBTS = ("201", "240")
Legs = list[tuple[str, int, int]]
Voucher = tuple[int, Legs]
ACCOUNTS = (*COSTS, *DEBTS, "130-2")


def vouchers() -> Iterator[Voucher]:
    """Bills and their payments by turns, each of four lines: month, then account, debit, credit."""
    chance = Random(SEED)
    while True:
        month, debt = chance.randint(1, MONTHS), chance.choice(DEBTS)
        one, two = chance.randint(1_00, 900_00), chance.randint(1_00, 900_00)
        yield month, [
            (chance.choice(COSTS), one, 0), (chance.choice(COSTS), two, 0), (debt, 0, one), (debt, 0, two)
        ]  # fmt: skip
        yield month, [(debt, one, 0), (debt, two, 0), ("130-2", 0, one), ("130-2", 0, two)]


def large_ones() -> Iterator[Voucher]:
    """Collective vouchers that fill the books: five costs and what is owed for each."""
    chance = Random(SEED)
    while True:
        legs: Legs = []
        for _ in range(LINES_OF_A_LARGE_ONE // 2):
            amount = chance.randint(1_00, 900_00)
            legs += [(chance.choice(COSTS), amount, 0), (chance.choice(DEBTS), 0, amount)]
        yield chance.randint(1, MONTHS), legs


def counted(act: Callable[[Sequence[Voucher]], object], *, size: int, seconds: float) -> dict[str, float]:
    """Post vouchers so many at a time until the time is over; how many a second."""
    source, times = vouchers(), list[float]()
    act([next(source) for _ in range(size)])
    began = time.perf_counter()
    while time.perf_counter() - began < seconds or not times:
        batch = [next(source) for _ in range(size)]
        start = time.perf_counter()
        act(batch)
        times.append(1000 * (time.perf_counter() - start))
    elapsed = time.perf_counter() - began
    return {"per_second": size * len(times) / elapsed, "count": size * len(times)} | spread(times)


def asked(ask: Callable[[], object], *, times: int = 30) -> dict[str, float]:
    """Ask so many times, after once for nothing; milliseconds."""
    ask()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        ask()
        found.append(1000 * (time.perf_counter() - start))
    return {"count": times} | spread(found)


def spread(times: list[float]) -> dict[str, float]:
    """The middle and the slow end."""
    return {"median": percentile(times, 0.5), "p95": percentile(times, 0.95)}


def answer(found: dict[str, dict[str, float]]) -> None:
    """Tell the one who asked."""
    print(json.dumps(found), flush=True)
