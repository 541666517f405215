"""The line between the buildings is down: what still rings, and how soon the caller knows."""

import time
from collections.abc import Iterator

import pytest

from starostwo.telephony.agent.incoming import answering
from starostwo.telephony.models import HuntGroup, Number
from tests.telephony.agents import run
from tests.telephony.buildings import Buildings, change, group, refused, talks, two_buildings
from tests.telephony.exchange import exchange

SOON = 4.0


@pytest.fixture
def alone(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Buildings]:
    """Only the exchange of building A runs; nobody answers at the other's address."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    buildings, nodes = two_buildings()
    with exchange(nodes["A"], answer_ms=1_000):
        yield buildings


def test_calls_inside_go_on_and_others_end_soon(alone: Buildings) -> None:
    async def work() -> None:
        async with alone.phone("101") as first, alone.phone("102", answering(hz=700)):
            await talks(first, "102", 700)
            began = time.monotonic()
            assert await refused(first, "201") == 480
            assert time.monotonic() - began < SOON
            group("800", "201", "102")
            began = time.monotonic()
            await talks(first, "800", 700)
            assert time.monotonic() - began < SOON + 1
            HuntGroup.objects.update(strategy="PARALLEL")
            await talks(first, "800", 700)
            change("102", forward_always="201")
            assert await refused(first, "102") == 480
            Number.objects.filter(kind=Number.Kind.GROUP).delete()

    run(work())
