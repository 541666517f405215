"""What the database itself refuses: overlaps, second cables, wrong ends, addresses outside of networks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from starostwo.infrastructure import testing as net
from starostwo.infrastructure.models import Address, Cable, CableEnd, Device, Port, Prefix
from starostwo.office import testing as office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()


def refused(act: Callable[[], Any], by: str) -> None:
    """The act fails by the named constraint, at once or at the end of the transaction."""
    with pytest.raises(IntegrityError) as caught:
        to_the_end(act)
    assert caught.value.__cause__.diag.constraint_name.startswith(by)


@transaction.atomic
def to_the_end(act: Callable[[], Any]) -> None:
    act()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def racked(name: str, unit: int, face: str = "FRONT", height: int = 1) -> Device:
    kind = net.make_type(f"H{height}", units=height)
    rack = net.make_rack(units=10)
    return net.make_device(name, device_type=kind, rack=rack, unit=unit, face=face, place=office.make_place())


@pytest.mark.parametrize(
    ("unit", "face", "height", "free"),
    [
        (5, "FRONT", 1, False),
        (4, "FRONT", 2, False),
        (6, "FRONT", 1, False),
        (5, "REAR", 1, True),
        (5, "BOTH", 1, False),
        (7, "FRONT", 1, True),
        (3, "FRONT", 2, True),
    ],
)
def test_two_devices_share_no_unit_of_a_rack(unit: int, face: str, height: int, free: bool) -> None:
    racked("srv-1", 5, height=2)
    if free:
        placed = racked("srv-2", unit, face, height)
        placed.refresh_from_db()
        assert placed.place.path == "SADOWA/0/003/R1"
    else:
        refused(lambda: racked("srv-2", unit, face, height), "devices_share_no_unit_of_a_rack")


def test_a_device_fits_into_its_rack() -> None:
    racked("srv-1", 9, height=2)
    refused(lambda: racked("srv-2", 10, "REAR", 2), "device_fits_into_its_rack")


def test_a_port_has_at_most_one_cable_and_a_cable_two_sides() -> None:
    one, other = net.make_device("sw-1", ports=3), net.make_device("sw-2", ports=3)
    cable = net.join(net.port(one), net.port(other))
    refused(lambda: net.join(net.port(one), net.port(other, "2")), "infrastructure_cableend_port_id")
    refused(lambda: net.join(net.port(one, "2")), "cable_has_two_sides")
    refused(lambda: Cable.objects.create(kind="UTP6"), "cable_has_two_sides")
    refused(lambda: Cable.objects.filter(pk=cable.pk).update(status="REMOVED"), "cable_has_two_sides")
    refused(lambda: cable.ends.filter(side="B").delete(), "cable_has_two_sides")
    breakout = net.join(net.port(one, "2"), net.port(other, "2"), net.port(other, "3"), kind="DAC")
    assert breakout.ends.count() == 3


def test_power_is_joined_to_power_alone() -> None:
    server = net.make_device("srv", ports=2)
    strip = net.make_device("pdu", ports=2, kind="POWER_OUT")
    inlet = Port.objects.create(device=server, kind="POWER_IN", name="PSU1")
    refused(lambda: net.join(net.port(server), net.port(strip, kind="POWER_OUT")), "ends_of_a_cable_fit")
    refused(
        lambda: net.join(net.port(strip, "1", "POWER_OUT"), net.port(strip, "2", "POWER_OUT")),
        "ends_of_a_cable_fit",
    )
    assert net.join(inlet, net.port(strip, kind="POWER_OUT"), kind="POWER").pk


def test_a_front_port_leads_to_a_rear_port_of_its_device() -> None:
    panel, other = net.make_panel("pp-1"), net.make_panel("pp-2")
    front, rear = net.port(panel, "1", "FRONT"), net.port(other, "1", "REAR")
    refused(lambda: Port.objects.filter(pk=front.pk).update(rear=rear), "front_port_leads_to_a_rear_port")
    refused(lambda: Port.objects.filter(pk=rear.pk).update(rear=rear), "only_front_ports_lead_on")


def test_networks_do_not_overlap_and_addresses_lie_in_one() -> None:
    Prefix.objects.create(network="10.0.0.0/8", is_container=True, name="wszystko")
    inner = Prefix.objects.create(network="10.20.0.0/24", name="biuro")
    refused(lambda: Prefix.objects.create(network="10.20.0.128/25", name="pół"), "prefixes_share_no_address")
    address = Address(address="10.20.0.7")
    address.save()
    address.refresh_from_db()
    assert address.prefix == inner
    refused(lambda: Address(address="10.21.0.7").save(), "address_lies_in_a_prefix")
    refused(lambda: Address(address="10.20.0.0").save(), "address_is_for_use")
    refused(lambda: Address(address="10.20.0.255").save(), "address_is_for_use")
    refused(lambda: Address(address="10.20.0.7").save(), "infrastructure_address_address")
    refused(
        lambda: Prefix.objects.filter(pk=inner.pk).update(network="10.22.0.0/24"),
        "prefix_keeps_its_addresses",
    )
    refused(
        lambda: Prefix.objects.filter(pk=inner.pk).update(is_container=True), "prefix_keeps_its_addresses"
    )


def test_no_trigger_is_switched_off_by_a_setting_of_the_session() -> None:
    net.join(net.port(net.make_device("SW-1", ports=1)), net.port(net.make_device("SW-2", ports=1)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT '{' || string_agg(tgname, ',') || '}' FROM pg_trigger WHERE NOT tgisinternal")
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", cursor.fetchone())
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        CableEnd.objects.filter(side="B").update(position=2)
    assert CableEnd.objects.get(side="B").position == 1
