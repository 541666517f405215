"""Rules as tables: names of ports in short, what fits, loads of power, what a work order still needs."""

import pytest

from starostwo.infrastructure.rules.kinds import FRONT, INTERFACE, POWER_IN, POWER_OUT, REAR, fit
from starostwo.infrastructure.rules.ports import (
    WrongPorts,
    in_short,
    names,
    of_panel,
    plain_mac,
    vlan_numbers,
)
from starostwo.infrastructure.rules.power import Load, PowerLoop, judged, loads
from starostwo.infrastructure.rules.work import CHECKLISTS, what_is_missing


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ge1-3", ["ge1", "ge2", "ge3"]),
        ("ge0/1-2, sfp1", ["ge0/1", "ge0/2", "sfp1"]),
        ("01-03", ["01", "02", "03"]),
        ("eth0", ["eth0"]),
        ("", []),
    ],
)
def test_a_list_of_ports_is_written_in_short(text: str, meant: list[str]) -> None:
    assert names(text) == meant


@pytest.mark.parametrize("text", ["ge3-1", "a, a", "p1-9999", "x" * 61])
def test_a_list_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(WrongPorts):
        names(text)


@pytest.mark.parametrize(
    ("text", "numbers", "short"),
    [
        ("", [], ""),
        ("20, 10", [10, 20], "10, 20"),
        ("10,11,12, 30 - 32", [10, 11, 12, 30, 31, 32], "10-12, 30-32"),
        ("4094", [4094], "4094"),
    ],
)
def test_numbers_of_vlans_are_written_in_short(text: str, numbers: list[int], short: str) -> None:
    assert vlan_numbers(text) == numbers
    assert in_short(numbers) == short


@pytest.mark.parametrize("text", ["x", "10-", "0", "4095", "30-20", "1-99999999999"])
def test_what_is_no_number_of_a_vlan_is_refused(text: str) -> None:
    with pytest.raises(WrongPorts):
        vlan_numbers(text)


def test_a_panel_has_a_rear_port_behind_each_front_or_trunks() -> None:
    plain = of_panel("1-2")
    assert [(one.kind, one.name, one.rear) for one in plain] == [
        (REAR, "1", ""), (REAR, "2", ""), (FRONT, "1", "1"), (FRONT, "2", "2"),
    ]  # fmt: skip
    trunked = [one for one in of_panel("1-4", per_trunk=2) if one.kind == FRONT]
    assert [(one.rear, one.rear_position) for one in trunked] == [("T1", 1), ("T1", 2), ("T2", 1), ("T2", 2)]


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (INTERFACE, FRONT, True),
        (REAR, REAR, True),
        (POWER_IN, POWER_OUT, True),
        (POWER_OUT, POWER_IN, True),
        (POWER_IN, POWER_IN, False),
        (INTERFACE, POWER_OUT, False),
    ],
)
def test_power_goes_to_power(one: str, other: str, fits: bool) -> None:
    assert fit(one, other) is fits


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("00-1A-2B-3C-4D-5E", "00:1a:2b:3c:4d:5e"),
        ("001a.2b3c.4d5e", "00:1a:2b:3c:4d:5e"),
        ("zły", "zły"),
    ],
)
def test_a_mac_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert plain_mac(typed) == kept


SERVER, SWITCH, STRIP_A, STRIP_B, UPS = 1, 2, 3, 4, 5


@pytest.mark.parametrize(
    ("feeds", "expected", "reason"),
    [
        ({SERVER: [UPS]}, Load(430, 430), "one inlet bears all; the UPS needs 30 itself"),
        ({SERVER: [UPS, STRIP_B]}, Load(230, 430), "two inlets share it until one of them fails"),
        (
            {SERVER: [STRIP_A, STRIP_B], SWITCH: [STRIP_A], STRIP_A: [UPS]},
            Load(280, 480),
            "a strip hands on what hangs on it",
        ),
        ({SERVER: [UPS, UPS]}, Load(430, 430), "two inlets of one supply are one load"),
    ],
)
def test_the_load_of_a_supply(feeds: dict[int, list[int]], expected: Load, reason: str) -> None:
    assert loads({SERVER: 400, SWITCH: 50, UPS: 30}, feeds)[UPS] == expected, reason


def test_what_feeds_itself_is_named() -> None:
    with pytest.raises(PowerLoop):
        loads({}, {UPS: [STRIP_A], STRIP_A: [UPS]})


@pytest.mark.parametrize(
    ("usual", "worst", "capacity", "mood"),
    [
        (79, 100, 100, "good"),
        (81, 90, 100, "warn"),
        (50, 101, 100, "warn"),
        (101, 101, 100, "bad"),
        (50, 50, 0, "neutral"),
    ],
)
def test_a_load_is_judged(usual: int, worst: int, capacity: int, mood: str) -> None:
    assert judged(Load(usual, worst), capacity) == mood


@pytest.mark.parametrize(
    ("kind", "steps", "photos", "missing"),
    [
        ("INSTALL", [True], ["BEFORE", "AFTER"], 0),
        ("INSTALL", [True, False], ["BEFORE"], 2),
        ("REPAIR", [True], [], 0),
        ("MOVE", [False], [], 3),
    ],
)
def test_what_a_work_order_still_needs(kind: str, steps: list[bool], photos: list[str], missing: int) -> None:
    assert len(what_is_missing(kind, steps, photos)) == missing
    assert CHECKLISTS[kind]
