"""Rules of monitoring and discovery: tables, and properties against a plain search."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.infrastructure.rules import alarms, lldp, readings, terms
from starostwo.infrastructure.rules.alarms import Level, Net
from starostwo.infrastructure.rules.differences import (
    KnownDevice,
    KnownPort,
    Register,
    SeenHost,
    SeenLink,
    SeenPort,
)
from starostwo.infrastructure.rules.differences import differences as compare
from starostwo.infrastructure.rules.readings import Kind


@pytest.mark.parametrize(
    ("state", "misses", "answered", "after"),
    [
        ("UP", 0, False, ("UP", 1)),
        ("UP", 1, False, ("DOWN", 2)),
        ("DOWN", 7, False, ("DOWN", 8)),
        ("DOWN", 7, True, ("UP", 0)),
        ("UNKNOWN", 0, True, ("UP", 0)),
        ("UNKNOWN", 0, False, ("UNKNOWN", 1)),
        ("DOWN", 1000, False, ("DOWN", 1000)),
    ],
)
def test_two_missing_answers_make_down_and_one_answer_makes_up(
    state: str, misses: int, answered: bool, after: tuple[str, int]
) -> None:
    assert alarms.after_answer(state, misses, answered=answered) == after


@pytest.mark.parametrize(
    ("value", "was", "level"),
    [
        (30_000, "OK", "OK"),
        (30_001, "OK", "HIGH"),
        (29_500, "HIGH", "HIGH"),
        (29_000, "HIGH", "OK"),
        (4_999, "OK", "LOW"),
        (5_500, "LOW", "LOW"),
        (6_000, "LOW", "OK"),
        (40_000, "LOW", "HIGH"),
    ],
)
def test_a_temperature_must_come_back_by_a_margin(value: int, was: str, level: str) -> None:
    assert alarms.level(Kind.TEMPERATURE, value, was, 5_000, 30_000) == Level(level)


def test_a_gauge_without_thresholds_never_rings() -> None:
    assert alarms.level(Kind.CPU, 10**9, "OK", None, None) == Level.OK


def test_only_a_link_with_a_cable_that_was_there_is_lost() -> None:
    before, now = {"e1": True, "e2": True, "e3": False}, {"e1": False, "e2": False, "e3": False, "e4": False}
    assert alarms.lost_links(before, now, ["e1", "e3", "e4"]) == {"e1"}


@pytest.mark.parametrize(
    ("down", "hidden", "why"),
    [
        ([3], {}, "the end of the line itself"),
        ([2, 3, 4], {3: 2, 4: 2}, "both hang on the switch"),
        ([2, 4], {4: 2}, "3 answers by another way"),
        ([1, 2, 3, 4], {2: 1, 3: 1, 4: 1}, "the root itself is gone"),
        ([9], {}, "nobody knows where it hangs"),
    ],
)
def test_what_hangs_on_a_device_that_is_down_hides(down: list[int], hidden: dict[int, int], why: str) -> None:
    net = Net(frozenset([1]), ((1, 2), (2, 3), (2, 4)))
    assert alarms.hidden_by(down, net) == hidden, why


LINKS = st.lists(
    st.sampled_from([(one, other) for one in range(1, 9) for other in range(1, one)]), max_size=12
)


@given(LINKS, st.sets(st.integers(1, 8)))
def test_nothing_hides_that_could_answer_and_nobody_is_left_unsaid(
    links: list[tuple[int, int]], down: set[int]
) -> None:
    net = Net(frozenset([1]), tuple(links))
    hidden = alarms.hidden_by(down, net)
    living = alarms.reachable(net.roots, links, down)
    for one, front in hidden.items():
        assert one in down
        assert front in down - hidden.keys(), "it hides behind one whose alarm is told"
        assert not any(other in living for link in links if one in link for other in link if other != one)
    whole = {1, *alarms.parents([1], links)}
    assert not (down & whole) or (down & whole) - hidden.keys(), "of what fails together at least one is told"


@pytest.mark.parametrize(
    ("left", "due"),
    [(31, None), (30, 30), (15, 30), (14, 14), (2, 3), (1, 1), (0, 0), (-5, 0)],
)
def test_an_end_is_announced_at_each_distance(left: int, due: int | None) -> None:
    end = date(2026, 12, 24)
    assert terms.distance(end, date.fromordinal(end.toordinal() - left), 30) == due


@pytest.mark.parametrize(
    ("kind", "value", "of_port", "words"),
    [
        (4, bytes.fromhex("001a2b3c4d5e"), False, "00:1a:2b:3c:4d:5e"),
        (3, bytes.fromhex("001a2b3c4d5e"), True, "00:1a:2b:3c:4d:5e"),
        (5, bytes([1, 10, 0, 0, 7]), False, "10.0.0.7"),
        (4, bytes([9, 1, 2]), True, "090102"),
        (5, b"ge-0/0/1", True, "ge-0/0/1"),
        (7, "zażółć\x00\x1b".encode(), True, "zażółć"),
        (7, b"\xff\xfe", True, "��"),
    ],
)
def test_identifiers_of_lldp_are_read_by_their_subtype(
    kind: int, value: bytes, of_port: bool, words: str
) -> None:
    assert lldp.identifier(kind, value, of_port=of_port) == words


def test_sensors_are_read_with_their_scale_and_precision() -> None:
    columns = {
        1: {(1,): 8, (2,): 8, (3,): 9, (4,): 8, (5,): 3},
        2: {(1,): 9, (2,): 8, (3,): 9, (4,): 9},
        3: {(1,): 1, (2,): 0, (3,): 0, (4,): 0},
        4: {(1,): 215, (2,): 21_500, (3,): 45, (4,): 20, (5,): 1},
        5: {(1,): 1, (2,): 1, (3,): 1, (4,): 2, (5,): 1},
    }
    found = readings.of_sensors(columns, {(1,): b"Serwerownia"})
    assert [(one.kind, one.label, one.value) for one in found] == [
        (Kind.TEMPERATURE, "Serwerownia", 21_500),
        (Kind.TEMPERATURE, "czujnik 2", 21_500),
        (Kind.HUMIDITY, "czujnik 3", 45_000),
    ]


PORTS = tuple(KnownPort(number, f"e{number}", f"02:00:00:00:00:{number:02d}") for number in range(1, 4))


def host(**said: object) -> SeenHost:
    ports = tuple(SeenPort(one.name, one.mac) for one in PORTS)
    return SeenHost(**({"address": "10.0.0.1", "name": "sw1", "ports": ports} | said))  # type: ignore[arg-type]


def test_a_device_is_known_by_address_then_mac_then_name() -> None:
    one = KnownDevice(1, "sw1", frozenset({"10.0.0.1"}))
    two = KnownDevice(2, "sw2", ports=PORTS)
    register = Register([one, two])
    assert register.device_of(host()) is one
    assert register.device_of(host(address="10.0.0.9")) is two
    assert register.device_of(host(address="10.0.0.9", ports=(), name="SW1")) is one
    assert register.device_of(host(address="10.0.0.9", ports=(), name="")) is None


def test_what_agrees_is_not_proposed() -> None:
    assert compare([host()], Register([KnownDevice(1, "SW1", frozenset({"10.0.0.1"}), PORTS)])) == []


@given(st.permutations(range(3)))
def test_the_order_of_answers_changes_nothing(order: list[int]) -> None:
    links = (SeenLink("e1", "", "e2", "sw2"),)
    hosts = [
        host(links=links),
        host(address="10.0.0.2", name="sw2", ports=()),
        host(address="10.0.0.3", name="x"),
    ]
    register = Register([KnownDevice(1, "sw1", frozenset({"10.0.0.1"}), PORTS)])
    keys = [one.key for one in compare(hosts, register)]
    assert [one.key for one in compare([hosts[at] for at in order], register)] == keys
