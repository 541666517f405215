"""rtpengine beside the exchange: what it carries, and that its end or its want of ports is never silent."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from starostwo.office import testing as office
from starostwo.telephony import testing
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import answering
from starostwo.telephony.exchange.rtpengine import Media, command, media_at, ports_of
from starostwo.telephony.models import Node
from starostwo.telephony.services import phones
from starostwo.telephony.services.phones import DOMAIN
from tests.ports import free_port, sound_ports
from tests.telephony.agents import phone, run, until
from tests.telephony.browser_socket import BrowserSocket
from tests.telephony.exchange import exchange
from tests.telephony.relay import Relay, relay
from tests.telephony.test_browser_passes import of
from tests.telephony.test_exchange import refused

FEW = sound_ports(0, 4)


@dataclass
class Building:
    """An exchange with its log, its relay and the password of its desk phone 103."""

    node: Node
    log: Path
    relay: Relay
    password: str

    def desk(self):  # type: ignore[no-untyped-def]
        """The desk phone."""
        shown = Credentials.from_password("103", DOMAIN, self.password)
        return phone("103", answering(hz=880), proxy=("127.0.0.1", self.node.port), credentials=shown)

    def says(self, words: str) -> bool:
        """Whether the log of the exchange has the words."""
        return words in self.log.read_text(errors="replace")


@pytest.fixture(scope="module")
def building(committed_database_of_module: str) -> Iterator[Building]:
    testing.load_numbers()
    node = testing.make_node("A", port=free_port())
    node.websocket = f"127.0.0.1:{free_port()}"
    node.save()
    testing.make_phone("101", node, account=office.anna(), ring_seconds=1)
    testing.make_phone("102", node, account=office.make_staff("j.kos", "Jan Kos"), ring_seconds=1)
    testing.make_phone("103", node, ring_seconds=1)
    password = phones.new_password("103", actor=testing.admin(), now=testing.NOW)
    media = media_at(node.websocket)
    assert media is not None
    with relay(media, FEW) as started, exchange(node, media=media) as folder:  # type: ignore[arg-type]
        yield Building(node, folder / "log", started, password)


@pytest.fixture
def browsers(building: Building) -> Iterator[tuple[BrowserSocket, BrowserSocket]]:
    with BrowserSocket(building.node.websocket) as first, BrowserSocket(building.node.websocket) as second:
        for number, browser in (("101", first), ("102", second)):
            assert browser.register(number, of(number).username, of(number).password) == 200
        yield first, second


def test_desk_phones_talk_to_each_other_without_it(building: Building) -> None:
    async def work() -> None:
        async with building.desk() as desk:
            await desk.register(60)
            call = await (await desk.call(f"sip:103@{DOMAIN}")).wait_until_up()
            assert await call.hears(880)
            assert building.relay.calls() == 0
            await call.hang_up()
            await desk.unregister()

    run(work())


def test_a_call_to_a_browser_is_led_through_it_and_let_go(
    building: Building, browsers: tuple[BrowserSocket, BrowserSocket]
) -> None:
    async def work() -> None:
        async with building.desk() as desk:
            call = await desk.call(f"sip:102@{DOMAIN}")
            invite = await asyncio.to_thread(browsers[1].rings)
            assert "RTP/SAVPF" in invite
            assert building.relay.calls() == 1
            browsers[1].is_busy(invite)
            await until(lambda: call.code == 486)
            await until(lambda: building.relay.calls() == 0)

    run(work())


def test_without_ports_a_browser_is_left_out_and_the_log_says_so(
    building: Building, browsers: tuple[BrowserSocket, BrowserSocket]
) -> None:
    async def work() -> None:
        async with building.desk() as desk:
            first = await desk.call(f"sip:101@{DOMAIN}")
            invite = await asyncio.to_thread(browsers[0].rings)
            assert await refused(desk, "102") == 480
            browsers[0].is_busy(invite)
            await until(lambda: first.code == 486)

    run(work())
    assert building.says("102@x.invalid;transport=ws is left out")


def test_when_it_died_two_browsers_talk_directly_and_desk_phones_are_not_rung(
    building: Building, browsers: tuple[BrowserSocket, BrowserSocket]
) -> None:
    building.relay.kill()
    try:
        own = of("101")

        async def work() -> None:
            async with building.desk() as desk:
                await desk.register(60)
                code = await asyncio.to_thread(browsers[0].call, "101", "103", own.username, own.password)
                assert (code, desk.calls) == (480, [])
                assert await refused(desk, "102") == 480
                await desk.unregister()

        run(work())
        caller = threading.Thread(
            target=browsers[0].call, args=("101", "102", own.username, own.password), daemon=True
        )
        caller.start()
        assert "a=ice-ufrag:abcd" in browsers[1].rings()
        caller.join(5)
        assert building.says("two browsers are left to talk directly")
    finally:
        building.relay.start()


def test_when_it_was_started_anew_the_next_call_has_it_at_once(
    building: Building, browsers: tuple[BrowserSocket, BrowserSocket]
) -> None:
    """Also from processes of the exchange that asked it in vain meanwhile."""

    async def work() -> None:
        async with building.desk() as desk:
            building.relay.kill()
            for _ in range(4):
                assert await refused(desk, "102") == 480
            building.relay.start()
            for _ in range(6):
                call = await desk.call(f"sip:102@{DOMAIN}")
                invite = await asyncio.to_thread(browsers[1].rings)
                assert "RTP/SAVPF" in invite
                browsers[1].is_busy(invite)
                await until(lambda call=call: call.code == 486, within=10)

    run(work())


def test_the_program_is_told_where_sound_arrives() -> None:
    told = command(Media("127.0.0.1:5066", "127.0.0.1:5066", ("x",)), "10.1.2.3", Path("/run/a"))
    assert "--interface=office/10.1.2.3" in told
    assert "--listen-ng=127.0.0.1:5066" in told
    assert not [one for one in told if "office/127" in one]


def test_exchanges_of_one_machine_share_no_ports() -> None:
    shares = [ports_of(Media(f"127.0.0.1:{port}", "", ())) for port in (5066, 5068)]
    assert shares == [(22_000, 23_999), (26_000, 27_999)]
