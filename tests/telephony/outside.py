"""Somebody outside, behind the line of an operator, and the agent that sends him on, for the tests."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.timezone import now

from starostwo.telephony.agent import sdp
from starostwo.telephony.agent.call import Call
from starostwo.telephony.agent.incoming import answering
from starostwo.telephony.agent.media import Media
from starostwo.telephony.agent.replies import SDP
from starostwo.telephony.agent.switchboard import Switchboard
from starostwo.telephony.agent.timers import Timers
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.models import Call as Record
from starostwo.telephony.models import CallLeg
from starostwo.telephony.services.calls import collect, take_written
from starostwo.telephony.services.phones import DOMAIN
from tests.ports import free_port
from tests.telephony.agents import phone, until
from tests.telephony.buildings import Buildings, two_buildings
from tests.telephony.exchange import exchange
from tests.telephony.registrar import wait_until_it_answers

OUTSIDE, INSIDE = 1500, 900  # Hz
PATIENT = 10.0


@dataclass
class County:
    """Both buildings, and where each keeps who sends on."""

    buildings: Buildings
    agents: dict[str, int]
    folders: tuple[Path, ...]

    async def recorded(self, since: datetime, legs: int) -> list[Record]:
        """The calls that began since then, once the exchanges have written so many rows of them."""

        def taken() -> bool:
            for folder in self.folders:
                take_written(folder, now=now())
            collect(now=now())
            return CallLeg.objects.filter(call__begun_at__gte=since).count() >= legs

        await until(taken, 15)
        return list(Record.objects.filter(begun_at__gte=since).order_by("begun_at"))

    @asynccontextmanager
    async def switchboard(self, code: str = "A") -> AsyncIterator[Switchboard]:
        """The agent beside the exchange of a building."""
        board = Switchboard(
            "127.0.0.1", self.agents[code], ("127.0.0.1", self.buildings.ports[code]), Timers()
        )
        await board.agent.start()
        try:
            yield board
        finally:
            await board.agent.stop()

    async def program(self) -> "subprocess.Popen[bytes]":
        """The same as a program, for a test that kills it; it answers."""
        port, exchange = self.agents["A"], self.buildings.ports["A"]
        command = ["-m", "starostwo.telephony.agent.switchboard", "127.0.0.1", str(port), str(exchange)]
        started = subprocess.Popen([sys.executable, *command])
        await asyncio.to_thread(wait_until_it_answers, started, port, Path("/dev/null"))
        return started

    @asynccontextmanager
    async def operator(self) -> AsyncIterator[UserAgent]:
        """Whoever is outside, behind the operator's line."""
        behaviour = answering(hz=OUTSIDE)
        async with phone("+48601234567", behaviour, port=self.buildings.trunk, timers=Timers()) as operator:
            yield operator


async def calls_in(county: County, operator: UserAgent, dialled: str = "+48422888100") -> Call:
    """Somebody from outside calls the county and is answered."""
    operator.client.proxy = ("127.0.0.1", county.buildings.ports["A"])
    call = await (await operator.call(f"sip:{dialled}@{DOMAIN}")).wait_until_up()
    call.media.play_tone(OUTSIDE)
    return call


async def asks_again(call: Call) -> None:
    """He who is outside asks for an offer within the call and answers it with another port of his."""
    agent, dialog, begun = call.agent, call.dialog, []
    assert dialog is not None
    response = await agent.client.transact(lambda: dialog.request("INVITE"), on_begin=begun.append)
    assert response.code == 200
    offered = sdp.Session.parse(response.body)
    call.media.close()
    call.media = await Media.listen(agent.host, agent.media_ports)
    answer = sdp.answer(offered, *call.media.local, 1, 9)
    number = begun[-1].request.cseq[0]
    ack = dialog.request("ACK", ("Content-Type", SDP), body=bytes(answer), cseq=number)
    agent.client.acknowledge(begun[-1], ack)
    call.agreed(answer, offered)
    call.media.play_tone(OUTSIDE)


async def both_hear(outside: Call, inside: Call) -> None:
    """Sound is found at both ends."""
    outside.media.forget()
    inside.media.forget()
    inside.media.play_tone(INSIDE)
    assert await outside.hears(INSIDE, within=PATIENT)
    assert await inside.hears(OUTSIDE, within=PATIENT)


@contextmanager
def started_county() -> Iterator[County]:
    """Both exchanges, started, each with a place for the agent that sends on."""
    buildings, nodes = two_buildings()
    agents = {code: free_port() for code in "AB"}
    a, b = (f"127.0.0.1:{agents[code]}" for code in "AB")
    with exchange(nodes["A"], answer_ms=1_000, agent=a) as one, exchange(nodes["B"], agent=b) as other:
        yield County(buildings, agents, (one, other))
