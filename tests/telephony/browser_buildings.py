"""Both buildings with their exchanges and relays of sound: people at browsers and desk phones in each."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.screens import testing as screens
from starostwo.telephony import testing
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import answering
from starostwo.telephony.agent.switchboard import Switchboard
from starostwo.telephony.agent.timers import Timers
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.exchange.rtpengine import media_at
from starostwo.telephony.models import Node
from starostwo.telephony.services import phones
from starostwo.telephony.services.phones import DOMAIN
from tests.ports import free_port, sound_ports
from tests.telephony.agents import until
from tests.telephony.browser import Beside, BrowserPhone, browser_phone, flags
from tests.telephony.exchange import exchange
from tests.telephony.relay import relay

DESKS = {"103": ("A", 880.0), "104": ("A", 1300.0), "203": ("B", 1700.0)}
PORTS = {"A": sound_ports(0, 500), "B": sound_ports(500, 500)}
COUNTY, OUTSIDE = "+48422888100", "+48601234567"
LONG = 20.0  # seconds that a busy machine may take


class Buildings:
    """Anna (101) and Jan (102) at browsers in A, Ewa (201) in B; desk phones 103 and 104 in A, 203 in B."""

    def __init__(self, beside: Beside, nodes: dict[str, Node]) -> None:
        self.beside, self.nodes = beside, nodes
        self.browsers: dict[str, BrowserPhone] = {}
        self.desks: dict[str, UserAgent] = {}

    @property
    def anna(self) -> BrowserPhone:
        """At 101."""
        return self.browsers["101"]

    @property
    def jan(self) -> BrowserPhone:
        """At 102."""
        return self.browsers["102"]

    @property
    def ewa(self) -> BrowserPhone:
        """At 201, in the other building."""
        return self.browsers["201"]

    def rings(self, desk: str, number: str) -> Any:
        """A desk phone calls."""
        return self.beside.do(self.desks[desk].call(f"sip:{number}@{DOMAIN}"), LONG)

    def until(self, condition: Any) -> None:
        """Wait until something holds."""
        self.beside.do(until(condition, LONG), LONG + 5)

    def desk(self, number: str) -> Any:
        """The one call of a desk phone."""
        self.until(lambda: self.desks[number].calls)
        return self.desks[number].calls[0]

    def hears(self, call: Any, hz: float) -> bool:
        """A desk phone hears the tone, from now on."""
        call.media.forget()
        return bool(self.beside.do(call.hears(hz, within=LONG), LONG + 5))

    def end(self) -> None:
        """Leave no call behind."""
        for browser in self.browsers.values():
            browser.end()
        self.until(lambda: not any(desk.calls for desk in self.desks.values()))


def staff() -> dict[str, Account]:
    """Who sits where."""
    return {
        "101": office.anna(),
        "102": office.make_staff("j.kos", "Jan Kos", unit="AB"),
        "201": office.make_staff("e.lis", "Ewa Lis", unit="GN"),
    }


@contextmanager
def two_buildings(
    folder: Path, *more_flags: str, script: str = "", relay_is_late: bool = False, line: bool = False
) -> Iterator[Buildings]:
    """Start all of it; the database is empty before. The script runs in each page before ours.

    With a line somebody outside has his phone at an operator, and the county's number rings 101.
    """
    office.make_office()
    testing.load_numbers()
    nodes = {code: testing.make_node(code, port=free_port()) for code in PORTS}
    for node in nodes.values():
        node.websocket = f"127.0.0.1:{free_port()}"
        node.save()
    agents = {code: free_port() for code in PORTS}
    trunk = free_port()
    people = staff()
    passwords = _numbers(nodes, people, trunk if line else None)
    with ExitStack() as stack:
        made = Buildings(Beside(), nodes)
        stack.callback(made.beside.stop)
        for code, node in nodes.items():
            media = media_at(node.websocket)
            assert media is not None
            agent = f"127.0.0.1:{agents[code]}"
            works = exchange(node, media=media, reload_seconds=1, children=1, agent=agent)  # type: ignore[arg-type]
            parts: list[Any] = [relay(media, PORTS[code]), works]
            for part in reversed(parts) if relay_is_late else parts:  # late: as when it died and came back
                stack.enter_context(part)
        for number, (code, hz) in DESKS.items():
            shown = Credentials.from_password(number, DOMAIN, passwords[number])
            made.desks[number] = desk = UserAgent(
                number, DOMAIN, proxy=("127.0.0.1", nodes[code].port), credentials=shown,
                behaviour=answering(hz=hz), accepts_transfers=True,
            )  # fmt: skip
            made.beside.do(desk.start())
            made.beside.do(desk.register(300))
            stack.callback(lambda agent: made.beside.do(agent.stop()), desk)
        if line:
            _outside(made, stack, agents, trunk)
        site = stack.enter_context(screens.serving())
        browser = stack.enter_context(screens.chromium(*flags(folder), *more_flags))
        for number, account in people.items():
            made.browsers[number] = stack.enter_context(browser_phone(browser, site, account))
            made.browsers[number].context.add_init_script(script)
            made.browsers[number].switch_on()
        yield made


def _numbers(nodes: dict[str, Node], people: dict[str, Account], trunk: int | None) -> dict[str, str]:
    """Enter the phones, and the line with the county's number; the passwords of the desk phones."""
    admin, passwords = testing.admin(), {}
    for number, account in people.items():
        testing.make_phone(number, nodes["A" if number < "200" else "B"], account=account, ring_seconds=15)
    for number, (code, _) in DESKS.items():
        testing.make_phone(number, nodes[code], ring_seconds=15)
        passwords[number] = phones.new_password(number, actor=admin, now=testing.NOW)
    if trunk:
        testing.make_trunk(nodes["A"], port=trunk)
        testing.make_public(COUNTY, rings="101")
    return passwords


def _outside(made: Buildings, stack: ExitStack, agents: dict[str, int], trunk: int) -> None:
    """Somebody outside, and beside each exchange the agent that sends him on."""
    for code, port in agents.items():
        board = Switchboard("127.0.0.1", port, ("127.0.0.1", made.nodes[code].port), Timers())
        made.beside.do(board.agent.start())
        stack.callback(lambda agent: made.beside.do(agent.stop()), board.agent)
    home = ("127.0.0.1", made.nodes["A"].port)
    made.desks[OUTSIDE] = outside = UserAgent(
        OUTSIDE, DOMAIN, port=trunk, proxy=home, behaviour=answering(hz=2000)
    )
    made.beside.do(outside.start())
    stack.callback(lambda agent: made.beside.do(agent.stop()), outside)
