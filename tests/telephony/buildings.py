"""Two buildings with their phones, as the tests of started exchanges use them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from starostwo.telephony import testing
from starostwo.telephony.agent.call import Refused
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import Behaviour
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.models import Extension, HuntGroup, Node
from starostwo.telephony.services import phones
from starostwo.telephony.services.phones import DOMAIN
from tests.ports import free_port
from tests.telephony.agents import phone

NUMBERS = {"101": "A", "102": "A", "103": "A", "104": "A", "105": "A", "106": "A", "201": "B"}
RINGS = 3  # seconds; a phone that answers at once does so in them on a machine that does much else
FREE = {"forward_always": "", "forward_busy": "", "forward_no_answer": "", "has_voicemail": False}


@dataclass
class Buildings:
    """Both exchanges, the passwords of their phones, the ports of the box and of the operator."""

    ports: dict[str, int]
    box: int
    trunk: int
    passwords: dict[str, str] = field(default_factory=dict)

    @asynccontextmanager
    async def phone(
        self, number: str, behaviour: Behaviour | None = None, **more: Any
    ) -> AsyncIterator[UserAgent]:
        """A phone that is signed in where it is at home."""
        told = {"credentials": Credentials.from_password(number, DOMAIN, self.passwords[number])} | more
        proxy = ("127.0.0.1", self.ports[NUMBERS[number]])
        async with phone(number, behaviour, proxy=proxy, **told) as agent:
            await agent.register(60)
            try:
                yield agent
            finally:
                await agent.unregister()


def two_buildings() -> tuple[Buildings, dict[str, Node]]:
    """Nodes, phones, a line of an operator and a public number, in the database."""
    ports = {code: free_port() for code in "AB"}
    buildings = Buildings(ports, free_port(), free_port())
    testing.load_numbers()
    nodes = {code: testing.make_node(code, port=port) for code, port in ports.items()}
    admin = testing.admin()
    for number, code in NUMBERS.items():
        testing.make_phone(number, nodes[code], ring_seconds=RINGS)
        buildings.passwords[number] = phones.new_password(number, actor=admin, now=testing.NOW)
    testing.make_trunk(nodes["A"], port=buildings.trunk)
    testing.make_public(rings="101")
    return buildings, nodes


def change(number: str, **said: Any) -> None:
    Extension.objects.filter(pk=number).update(**said)


def group(number: str, *members: str, **said: Any) -> HuntGroup:
    node = Extension.objects.get(pk="101").number.node
    phones_of_it = [Extension.objects.get(pk=member) for member in members]
    return testing.make_group(number, node, *phones_of_it, **({"ring_seconds": RINGS} | said))


async def refused(agent: UserAgent, dialled: str) -> int:
    with pytest.raises(Refused) as answer:
        await (await agent.call(f"sip:{dialled}@{DOMAIN}")).wait_until_up()
    return answer.value.code


async def talks(agent: UserAgent, dialled: str, hz: float) -> None:
    """The call is answered by whoever plays this tone, and ends."""
    call = await (await agent.call(f"sip:{dialled}@{DOMAIN}")).wait_until_up()
    assert await call.hears(hz)
    await call.hang_up()
