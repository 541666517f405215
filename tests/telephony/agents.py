"""What the tests of the agent share: agents on loopback that wait little, and a line that loses packets."""

import asyncio
import random
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from starostwo.telephony.agent.incoming import Behaviour, answering
from starostwo.telephony.agent.timers import Timers
from starostwo.telephony.agent.transactions import Hop
from starostwo.telephony.agent.transport import UdpSocket
from starostwo.telephony.agent.user_agent import UserAgent

FAST = Timers(t1=0.03, t2=0.12, t4=0.1)
HASTY = Timers(t1=0.004, t2=0.02, t4=0.02)  # where nobody answers anyway
DOMAIN = "starostwo.test"
LIMIT = 30  # seconds that one test may take


class LossyLine(UdpSocket):
    """Loses every third datagram it should send, always the same ones."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._luck = random.Random(7)
        self.lost = 0

    def send(self, data: bytes, hop: Hop) -> None:
        if self._luck.random() < 1 / 3:
            self.lost += 1
        else:
            super().send(data, hop)


class DoublingLine(UdpSocket):
    """Sends each datagram twice."""

    def send(self, data: bytes, hop: Hop) -> None:
        super().send(data, hop)
        super().send(data, hop)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a test of asyncio; it may not hang."""
    asyncio.run(asyncio.wait_for(work, LIMIT))


@asynccontextmanager
async def phone(number: str, behaviour: Behaviour | None = None, **more: Any) -> AsyncIterator[UserAgent]:
    """A started agent."""
    settings = {"timers": FAST, "behaviour": behaviour or answering()} | more
    agent = UserAgent(number, DOMAIN, **settings)
    await agent.start()
    try:
        yield agent
    finally:
        await agent.stop()


@asynccontextmanager
async def two_phones(
    behaviour: Behaviour | None = None, **more: Any
) -> AsyncIterator[tuple[UserAgent, UserAgent]]:
    """101, who calls, and 102, who is called and behaves as told."""
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(phone("101", **more))
        yield first, await stack.enter_async_context(phone("102", behaviour, **more))


def uri(agent: UserAgent) -> str:
    """Where the agent is called without a proxy."""
    return agent.contact


async def until(condition: Any, within: float = 10.0) -> None:
    """Wait until something holds."""
    end = asyncio.get_running_loop().time() + within
    while not condition():
        assert asyncio.get_running_loop().time() < end, "it did not happen in time"
        await asyncio.sleep(0.01)
