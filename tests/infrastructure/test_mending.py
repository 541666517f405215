"""What was entered is changed or removed; what something hangs on stays, and the refusal names it."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from starostwo.infrastructure import testing as net
from starostwo.infrastructure.models import (
    Address,
    Circuit,
    DeviceType,
    ElectricCircuit,
    Feed,
    FloorPlan,
    Port,
    PowerPanel,
    Prefix,
    Rack,
    Spare,
    TaggedVlan,
    Vlan,
)
from starostwo.infrastructure.queries.tracing import trace
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.office.testing import make_place

pytestmark = pytest.mark.django_db
NET = "/urzad/siec/"


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()


def keeper() -> Client:
    return office.client_of(Account.objects.get(pk=net.administrator().account_id))


def removed(what: str, pk: int) -> str:
    answer = keeper().post(f"{NET}usuniecie/{what}/{pk}/", follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_type_is_described_better_and_keeps_its_size() -> None:
    kind = net.make_type(draw=40)
    address = f"{NET}typy/{kind.pk}/"
    said = {"maker": "Delta", "model": "S24-P", "draw": "370", "capacity": "", "note": "PoE"}
    assert keeper().post(address, said).status_code == 302
    kind.refresh_from_db()
    assert (kind.maker, kind.model, kind.draw, kind.units) == ("Delta", "S24-P", 370, 1)
    other = net.make_type("S48")
    assert keeper().post(f"{NET}typy/{other.pk}/", said).status_code == 422


def test_a_rack_grows_but_never_below_what_stands_in_it() -> None:
    rack = net.make_rack()
    net.make_device("sw-1", rack=rack, unit=40, face="FRONT", place=rack.place)
    address = f"{NET}szafy/{rack.pk}/opis/"
    refused = keeper().post(address, {"units": "39", "width": "600", "depth": "800"})
    assert refused.status_code == 422
    assert keeper().post(address, {"units": "48", "width": "600", "depth": "800"}).status_code == 302
    assert "sw-1" in removed("szafa", rack.pk)
    assert Rack.objects.get().units == 48


def test_a_vlan_an_address_and_power_are_changed() -> None:
    vlan = Vlan.objects.create(number=10, name="biuro")
    assert keeper().post(f"{NET}adresy/vlan/{vlan.pk}/", {"number": "11", "name": "biura"}).status_code == 302
    Prefix.objects.create(network="10.0.0.0/29", name="sieć")
    address = Address(address="10.0.0.1")
    address.save()
    net.make_device("SRV-1", ports=1)
    there = f"{NET}adresy/adres/{address.pk}/"
    assert keeper().post(there, {"port": "SRV-9:1", "kind": "STATIC"}).status_code == 422
    assert keeper().post(there, {"port": "SRV-1:1", "kind": "DHCP", "name": "Srv.Example"}).status_code == 302
    address.refresh_from_db()
    assert (address.port.device.name if address.port else "", address.kind, address.name) == (
        "SRV-1", "DHCP", "srv.example",
    )  # fmt: skip
    panel = PowerPanel.objects.create(name="R1", place=make_place())
    circuit = ElectricCircuit.objects.create(panel=panel, name="F1")
    said = {"panel_id": panel.pk, "name": "F2", "amperes": "25", "volts": "230", "phases": "3", "note": ""}
    assert keeper().post(f"{NET}zasilanie/obwod/{circuit.pk}/", said).status_code == 302
    assert keeper().post(f"{NET}zasilanie/rozdzielnia/{panel.pk}/", {"name": "R2", "place": panel.place_id})
    assert str(ElectricCircuit.objects.get(amperes=25).panel) == "R2"


def test_a_part_on_stock_is_described_and_its_pieces_stay() -> None:
    spare = Spare.objects.create(kind="MODULE", name="SFP", part_number="X1", place=make_place())
    said = {"kind": "MODULE", "name": "SFP LX", "part_number": "X2", "place_id": spare.place_id, "least": "3"}
    assert keeper().post(f"{NET}zapas/{spare.pk}/opis/", said).status_code == 302
    spare.refresh_from_db()
    assert (spare.name, spare.part_number, spare.least, spare.quantity) == ("SFP LX", "X2", 3, 0)


def hanging() -> dict[str, tuple[int, str]]:
    """Of each kind one thing on which something hangs, and how that is called."""
    device = net.make_device("sw-7", ports=2)
    net.join(net.port(device), net.port(net.make_device("pc-1", ports=1)))
    vlan = Vlan.objects.create(number=10, name="biuro")
    Prefix.objects.create(network="10.0.0.0/29", name="sieć", vlan=vlan)
    Address(address="10.0.0.1").save()
    panel = PowerPanel.objects.create(name="R1", place=make_place())
    circuit = ElectricCircuit.objects.create(panel=panel, name="F1")
    Feed.objects.create(circuit=circuit, device=net.make_device("UPS-1"))
    return {
        "typ": (device.device_type_id, "sw-7"), "siec": (Prefix.objects.get().pk, "10.0.0.1"),
        "vlan": (vlan.pk, "10.0.0.0/29"), "rozdzielnia": (panel.pk, "F1"), "obwod": (circuit.pk, "UPS-1"),
        "port": (net.port(device).pk, "kabel"),
    }  # fmt: skip


@pytest.mark.parametrize("what", ["typ", "siec", "vlan", "rozdzielnia", "obwod", "port"])
def test_what_something_hangs_on_is_refused_by_name(what: str) -> None:
    pk, name = hanging()[what]
    page = removed(what, pk)
    assert "Nie usunięto, bo używają tego" in page
    assert name in page


def loose() -> dict[str, tuple[int, Any]]:
    """Of each kind one thing on which nothing hangs."""
    panel = PowerPanel.objects.create(name="R1", place=make_place())
    line = Circuit.objects.create(number="Ł1", supplier="Operator", down=1, up=1, near=make_place())
    return {
        "typ": (net.make_type().pk, DeviceType), "szafa": (net.make_rack().pk, Rack),
        "siec": (Prefix.objects.create(network="10.0.0.0/29", name="sieć").pk, Prefix),
        "vlan": (Vlan.objects.create(number=10, name="biuro").pk, Vlan), "lacze": (line.pk, Circuit),
        "rozdzielnia": (panel.pk, PowerPanel),
        "obwod": (ElectricCircuit.objects.create(panel=panel, name="F1").pk, ElectricCircuit),
        "port": (net.port(net.make_device("sw-7", ports=1)).pk, Port),
    }  # fmt: skip


@pytest.mark.parametrize("what", ["typ", "szafa", "siec", "vlan", "lacze", "obwod", "port"])
def test_what_nothing_hangs_on_goes_once(what: str) -> None:
    if what == "typ":
        kind = net.make_type("S9")
        pk, table = kind.pk, DeviceType
    else:
        pk, table = loose()[what]
    assert "Usunięto" in removed(what, pk)
    assert not table.objects.filter(pk=pk).exists()
    assert keeper().post(f"{NET}usuniecie/{what}/{pk}/").status_code == 404


def test_only_who_keeps_the_network_removes() -> None:
    vlan = Vlan.objects.create(number=10, name="biuro")
    worker = office.client_of(Account.objects.get(pk=net.technician().account_id))
    assert worker.post(f"{NET}usuniecie/vlan/{vlan.pk}/").status_code == 404
    assert worker.get(f"{NET}adresy/vlan/{vlan.pk}/").status_code == 404
    assert keeper().post(f"{NET}usuniecie/wszystko/{vlan.pk}/").status_code == 404
    assert Vlan.objects.exists()
    assert not FloorPlan.objects.exists()


def test_a_port_has_one_vlan_without_a_tag_and_several_with_one() -> None:
    device, other = net.make_device("sw-1", ports=1), net.make_device("sw-2", ports=1)
    net.join(net.port(device), net.port(other))
    port = net.port(device)
    for number in (10, 20, 21, 30):
        Vlan.objects.create(number=number, name=f"v{number}")
    own = Vlan.objects.get(number=10).pk
    said = {"mac": "", "speed": "1000", "vlan_id": own, "tagged": "20-21, 30", "note": ""}
    address = f"{NET}porty/{port.pk}/"
    assert keeper().post(address, said).status_code == 302
    assert keeper().post(address, said | {"tagged": "10, 20"}).status_code == 422
    assert keeper().post(address, said | {"tagged": "99"}).status_code == 422
    assert keeper().post(address, said | {"tagged": "x"}).status_code == 422
    assert "20-21, 30" in keeper().get(address).content.decode()
    assert "ze znacznikiem 20-21, 30" in keeper().get(f"{NET}urzadzenia/{device.pk}/").content.decode()
    seen = keeper().get(f"{NET}porty/{net.port(other).pk}/slad/").content.decode()
    assert "10 v10; ze znacznikiem 20-21, 30" in seen
    found = trace(port.pk, actor=net.administrator())
    assert found is not None
    assert [stop.tagged for stop in found.lines[0]] == ["20-21, 30", ""]
    swapped = said | {"vlan_id": Vlan.objects.get(number=20).pk, "tagged": "10"}
    assert keeper().post(address, swapped).status_code == 302
    assert list(TaggedVlan.objects.values_list("vlan__number", flat=True)) == [10]


def test_the_database_keeps_a_vlan_tagged_or_not() -> None:
    port, vlan = net.port(net.make_device("sw-1", ports=1)), Vlan.objects.create(number=10, name="biuro")
    TaggedVlan.objects.create(port=port, vlan=vlan)
    with pytest.raises(DatabaseError, match="with a tag"), transaction.atomic():
        Port.objects.filter(pk=port.pk).update(vlan=vlan)
    TaggedVlan.objects.all().delete()
    Port.objects.filter(pk=port.pk).update(vlan=vlan)
    with pytest.raises(DatabaseError, match="without a tag"), transaction.atomic():
        TaggedVlan.objects.create(port=port, vlan=vlan)
