"""A trace is what a search of the graph finds: for written examples and for random cablings."""

from random import Random

import pytest

from starostwo.infrastructure import testing as net
from starostwo.infrastructure.api import Trace, trace
from starostwo.infrastructure.models import CableEnd, Device, Port
from starostwo.office import testing as office

pytestmark = pytest.mark.django_db
Path = tuple[int, ...]


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()


def traced(port: Port) -> Trace:
    found = trace(port.pk, actor=net.administrator())
    assert found is not None
    return found


def words(found: Trace) -> list[str]:
    return [" - ".join(stop.device.name for stop in line) for line in found.lines]


def through_panels() -> tuple[Port, Port, Port]:
    """Computer, socket, panel, switch; the ports at both ends and in the panel's front."""
    computer, switch = net.make_device("pc-7", ports=1), net.make_device("sw-1", ports=2)
    socket, panel = net.make_panel("G-105-1", ports=1), net.make_panel("PP-1")
    net.join(net.port(computer), net.port(socket, "1", "FRONT"), label="K-1")
    net.join(net.port(socket, "1", "REAR"), net.port(panel, "2", "REAR"), label="K-2")
    net.join(net.port(panel, "2", "FRONT"), net.port(switch), label="K-3")
    return net.port(computer), net.port(switch), net.port(panel, "2", "FRONT")


def test_one_line_from_either_end_and_from_the_middle() -> None:
    computer, switch, front = through_panels()
    assert words(traced(computer)) == ["pc-7 - G-105-1 - PP-1 - sw-1"]
    assert words(traced(switch)) == ["sw-1 - PP-1 - G-105-1 - pc-7"]
    found = traced(front)
    assert words(found) == ["pc-7 - G-105-1 - PP-1 - sw-1"]
    assert [str(stop.cable) for stop in found.lines[0][:-1]] == ["K-1", "K-2", "K-3"]
    assert [stop.is_start for stop in found.lines[0]] == [False, False, True, False]
    assert {port.pk for port in found.ends} == {computer.pk, switch.pk}


def test_a_trace_needs_no_active_device() -> None:
    panel, socket = net.make_panel("PP-1"), net.make_panel("G-1", ports=1)
    net.join(net.port(panel, "1", "REAR"), net.port(socket, "1", "REAR"))
    assert words(traced(net.port(panel, "1", "FRONT"))) == ["PP-1 - G-1"]
    assert words(traced(net.port(panel, "1", "REAR"))) == ["PP-1 - G-1"]
    assert words(traced(net.port(panel, "3", "FRONT"))) == ["PP-1"]
    alone = net.make_device("sw-9", ports=1)
    assert words(traced(net.port(alone))) == ["sw-9"]


def trunk_panel(name: str, fronts: int) -> Device:
    device = net.make_device(name, device_type=net.make_type("T", category="PANEL"))
    rear = Port.objects.create(device=device, kind="REAR", name="T1")
    for at in range(1, fronts + 1):
        Port.objects.create(
            device=device, kind="FRONT", name=str(at), position=at, rear=rear, rear_position=at
        )
    return device


def test_a_trunk_keeps_its_positions_and_fans_out_from_its_middle() -> None:
    one, other = trunk_panel("FO-1", 4), trunk_panel("FO-2", 4)
    net.join(net.port(one, "T1", "REAR"), net.port(other, "T1", "REAR"), kind="SM")
    near, far = net.make_device("sw-1", ports=4), net.make_device("sw-2", ports=4)
    for name in "13":
        net.join(net.port(near, name), net.port(one, name, "FRONT"))
        net.join(net.port(far, name), net.port(other, name, "FRONT"))
    found = traced(net.port(near, "3"))
    assert words(found) == ["sw-1 - FO-1 - FO-2 - sw-2"]
    assert [port.name for port in found.ends] == ["3"]
    assert len(words(traced(net.port(one, "T1", "REAR")))) == 8


def test_a_breakout_leads_to_each_of_its_ends_and_back_to_one() -> None:
    one, other = net.make_device("sw-1", ports=1), net.make_device("srv", ports=4)
    net.join(net.port(one), *(net.port(other, name) for name in "1234"), kind="DAC")
    assert len(traced(net.port(one)).lines) == 4
    assert words(traced(net.port(other, "2"))) == ["srv - sw-1"]


def test_who_may_not_see_the_network_traces_nothing() -> None:
    port = through_panels()[0]
    assert trace(port.pk, actor=office.actor(office.anna())) is None
    assert trace(10**12, actor=net.administrator()) is None


def searched(start: Port) -> set[Path]:
    """All ways without a repeated port, by plain recursion over the rows."""
    ports = {port.pk: port for port in Port.objects.all()}
    ends = list(CableEnd.objects.all())
    found: set[Path] = set()

    def walk(path: Path, came: str, stack: tuple[int, ...]) -> None:
        found.add(path)
        here = ports[path[-1]]
        steps: list[tuple[int, str, tuple[int, ...]]] = []
        if came != "cable":
            mine = [end for end in ends if end.port_id == here.pk]
            steps += [
                (end.port_id, "cable", stack)
                for own in mine
                for end in ends
                if end.cable_id == own.cable_id and end.side != own.side
            ]
        if came != "inside":
            if here.rear_id:
                steps.append((here.rear_id, "inside", (here.rear_position, *stack)))
            steps += [
                (front.pk, "inside", stack[1:])
                for front in ports.values()
                if front.rear_id == here.pk and (not stack or front.rear_position == stack[0])
            ]
        for port, by, new in steps:
            if port not in path:
                walk((*path, port), by, new)

    walk((start.pk,), "", ())
    return found


@pytest.mark.parametrize("seed", range(25))
def test_a_trace_equals_a_search_of_the_graph(seed: int) -> None:
    chance = Random(seed)
    for number in range(chance.randint(1, 4)):
        net.make_panel(f"P{number}", ports=chance.randint(1, 4))
    for number in range(chance.randint(0, 3)):
        trunk_panel(f"T{number}", chance.randint(2, 4))
    for number in range(chance.randint(1, 4)):
        net.make_device(f"S{number}", ports=chance.randint(1, 4))
    free = list(Port.objects.order_by("id"))
    chance.shuffle(free)
    while len(free) >= 2 and chance.random() < 0.93:
        far = min(chance.choice([1, 1, 1, 1, 2, 3]), len(free) - 1)
        net.join(free.pop(), *(free.pop() for _ in range(far)))
    for port in Port.objects.order_by("id"):
        assert {hop.path for hop in traced(port).hops} == searched(port)
