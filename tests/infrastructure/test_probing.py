"""Real devices asked over real networks: v2c and v3, ports, neighbours, UPS, sensors, ways to reach."""

import asyncio
import threading

import pytest

from starostwo.infrastructure.rules.readings import Kind
from starostwo.infrastructure.services.probing_crowd import each
from starostwo.infrastructure.services.probing_mibs import Seen, everything, states
from starostwo.infrastructure.services.probing_reach import Reached, may_ping, reach
from starostwo.infrastructure.services.probing_snmp import Access, Conversation, Limits, NoAnswer
from tests.infrastructure.network import (
    AUTH_SECRET,
    COMMUNITY,
    PRIV_SECRET,
    USER,
    Hosts,
    wait_for,
)

V2C = Access(community=COMMUNITY)
V3 = Access(user=USER, auth="SHA256", auth_secret=AUTH_SECRET, priv="AES128", priv_secret=PRIV_SECRET)


def read(address: str, access: Access = V2C, limits: Limits = Limits()) -> Seen:  # noqa: B008
    async def talk() -> Seen:
        async with Conversation(address, access, limits) as begun:
            return await everything(begun)

    return asyncio.run(talk())


@pytest.mark.parametrize("access", [V2C, V3], ids=["v2c", "v3-auth-priv"])
def test_a_device_says_who_it_is_and_what_ports_it_has(hosts: Hosts, access: Access) -> None:
    with hosts[0].inside():
        wait_for("links", lambda: all(port.is_up for port in read("198.51.100.1").interfaces))
        seen = read("198.51.100.1", access)
    assert (seen.system.name, seen.system.location) == ("rdzen", "SADOWA/0/003")
    assert [(port.name, port.is_up, port.is_on) for port in seen.interfaces if port.name in ("e1", "e2")] == [
        ("e1", True, True), ("e2", True, True),
    ]  # fmt: skip
    assert seen.chassis
    assert all(len(port.mac) == 17 for port in seen.interfaces)


def test_neighbours_are_known_from_both_ends(hosts: Hosts) -> None:
    def links() -> set[tuple[str, str, str, str]]:
        found = set()
        for number in (1, 2, 3):
            seen = read(f"198.51.100.{number}")
            found |= {(seen.system.name, one.local_port, one.name, one.port) for one in seen.neighbours}
        return found

    expected = {
        ("rdzen", "e1", "pietro1", "e1"), ("pietro1", "e1", "rdzen", "e1"),
        ("rdzen", "e2", "ups", "e1"), ("ups", "e1", "rdzen", "e2"),
        ("pietro1", "e2", "ups", "e2"), ("ups", "e2", "pietro1", "e2"),
    }  # fmt: skip
    with hosts[0].inside():
        wait_for("all six ends", lambda: links() == expected)


def test_a_ups_and_sensors_are_read_in_thousandths(hosts: Hosts) -> None:
    with hosts[0].inside():
        found = {(one.kind, one.label): one.value for one in read("198.51.100.3").readings}
    assert found[(Kind.UPS_CHARGE, "naładowanie baterii")] == 97_000
    assert found[(Kind.UPS_LEFT, "czas podtrzymania")] == 42_000
    assert found[(Kind.UPS_LOAD, "obciążenie wyjścia 1")] == 38_000
    assert found[(Kind.TEMPERATURE, "temperatura baterii")] == 24_000
    assert found[(Kind.TEMPERATURE, "Serwerownia")] == 21_500


@pytest.mark.parametrize(
    "access",
    [
        Access(community="zgaduję"),
        Access(user="nikt", auth="SHA256", auth_secret=AUTH_SECRET, priv="AES128", priv_secret=PRIV_SECRET),
        Access(user=USER, auth="SHA256", auth_secret="nie-to-haslo", priv="AES128", priv_secret=PRIV_SECRET),
    ],
    ids=["community", "user", "password"],
)
def test_wrong_words_are_no_answer_and_are_not_repeated(hosts: Hosts, access: Access) -> None:
    with hosts[0].inside(), pytest.raises(NoAnswer) as refused:
        read("198.51.100.2", access, Limits(answer_seconds=0.5))
    for secret in (access.community, access.auth_secret, access.priv_secret):
        assert not secret or secret not in f"{refused.value!r} {access!r}"


def test_a_table_ends_at_its_limit(hosts: Hosts) -> None:
    async def rows() -> int:
        async with Conversation("198.51.100.1", V2C, Limits(rows=10)) as talk:
            return len(await talk.column("1.3.6.1.2.1"))

    with hosts[0].inside():
        assert asyncio.run(rows()) == 10


def test_a_device_is_reached_by_the_first_way_that_is_open(hosts: Hosts) -> None:
    core = hosts[0]
    with core.inside():
        assert may_ping()
        assert method("198.51.100.2") == "ICMP"
        assert method("198.51.100.9") is None
    core.run("sh", "-c", "echo 1 0 > /proc/sys/net/ipv4/ping_group_range")
    try:
        with core.inside():
            assert not may_ping()
            assert method("198.51.100.2") == "TCP", "a refused connection proves that the host is there"
            assert method("198.51.100.2", ports=(), access=V2C) == "SNMP"
            assert method("198.51.100.2", ports=()) is None
    finally:
        core.run("sh", "-c", "echo 0 65535 > /proc/sys/net/ipv4/ping_group_range")


def method(address: str, **said: object) -> str | None:
    found: Reached | None = asyncio.run(reach(address, seconds=0.5, **said))  # type: ignore[arg-type]
    return found.method if found else None


def test_states_of_ports_follow_the_cable(hosts: Hosts) -> None:
    async def ports() -> dict[str, bool]:
        async with Conversation("198.51.100.3", V2C, Limits()) as talk:
            return await states(talk)

    with hosts[0].inside():
        wait_for("the link", lambda: asyncio.run(ports())["e2"])
        hosts[1].link("e2", "down")
        try:
            wait_for("no link", lambda: not asyncio.run(ports())["e2"])
        finally:
            hosts[1].link("e2", "up")


def test_a_crowd_is_asked_at_once_but_not_more_and_can_be_left() -> None:
    asked, most, lock = [0], [0], threading.Lock()

    async def ask(number: int) -> int:
        with lock:
            asked[0] += 1
            most[0] = max(most[0], asked[0])
        await asyncio.sleep(0.001)
        with lock:
            asked[0] -= 1
        return number * 2

    assert {thing: answer for thing, answer in each(range(200), ask, at_once=7)} == {
        n: 2 * n for n in range(200)
    }
    assert 1 < most[0] <= 7
    for number, _ in enumerate(each(range(100_000), ask, at_once=3)):
        if number == 10:
            break
    before = threading.active_count()
    assert before <= threading.active_count()


def test_what_goes_wrong_in_a_crowd_is_told() -> None:
    async def ask(number: int) -> int:
        return 1 // (number - 5)

    with pytest.raises(ZeroDivisionError):
        list(each(range(10), ask, at_once=2))
