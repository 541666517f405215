"""Devices, racks and types on the screen: who sees them, numbers of queries, made from types, refusals."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from starostwo.assets import testing as assets
from starostwo.audit.models import Entry
from starostwo.infrastructure import testing as net
from starostwo.infrastructure.models import Device, DeviceType, Port
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
NET = "/urzad/siec/"


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()


def keeper() -> Client:
    return office.client_of(Account.objects.get(pk=net.administrator().account_id))


def technician() -> Client:
    return office.client_of(Account.objects.get(pk=net.technician().account_id))


def page_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def test_a_type_is_a_template_of_ports() -> None:
    said = {
        "category": "SWITCH", "maker": "Mostek", "model": "S24", "units": "1", "draw": "40", "capacity": "0",
        "interfaces": "ge1-24, sfp1-2", "speed": "1000", "fronts": "", "per_trunk": "1",
        "inlets": "PSU1", "outlets": "",
    }  # fmt: skip
    assert keeper().post(f"{NET}typy/nowy/", said).status_code == 302
    kind = DeviceType.objects.get()
    told = {"device_type": kind.pk, "name": "SW-1", "state": "IN_USE", "place": office.make_place().pk}
    answer = keeper().post(f"{NET}urzadzenia/nowe/", told)
    assert answer.status_code == 302
    device = Device.objects.get()
    assert Port.objects.filter(device=device, kind="INTERFACE").count() == 26
    page = page_of(keeper().get(answer["Location"]))
    assert "sfp2" in page
    assert "PSU1" in page
    assert "SW-1" in page_of(keeper().get(f"{NET}?rodzaj=SWITCH&miejsce=sadowa"))
    answer = keeper().post(f"{NET}typy/nowy/", said | {"interfaces": "ge9-1"})
    assert answer.status_code == 422
    assert "Zakres" in page_of(answer)


def test_a_panel_gets_a_rear_port_behind_each_front() -> None:
    said = {
        "category": "PANEL",
        "maker": "Krosno",
        "model": "P24",
        "units": "1",
        "fronts": "1-24",
        "per_trunk": "12",
    }
    keeper().post(f"{NET}typy/nowy/", said)
    kind = DeviceType.objects.get()
    told = {"device_type": kind.pk, "name": "FO-1", "state": "IN_USE", "place": office.make_place().pk}
    keeper().post(f"{NET}urzadzenia/nowe/", told)
    front = Port.objects.get(kind="FRONT", name="13")
    assert (front.rear.name, front.rear_position) == ("T2", 1)


def test_a_device_is_an_asset_by_its_number() -> None:
    asset = assets.taken(name="Serwer plików")
    kind, place = net.make_type("R740", category="SERVER", units=2), office.make_place().pk
    told = {"device_type": kind.pk, "name": "SRV-1", "state": "IN_USE", "place": place, "asset": asset.number}
    answer = keeper().post(f"{NET}urzadzenia/nowe/", told)
    assert asset.number in page_of(keeper().get(answer["Location"]))
    again = keeper().post(f"{NET}urzadzenia/nowe/", told | {"name": "SRV-2"})
    assert again.status_code == 422
    assert "ma już swoje urządzenie" in page_of(again)
    unknown = keeper().post(f"{NET}urzadzenia/nowe/", told | {"name": "SRV-3", "asset": "ST/2020/0001"})
    assert "Nie ma takiego składnika" in page_of(unknown)
    assert Device.objects.count() == 1


def test_a_rack_is_drawn_on_both_sides_beside_a_table(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    place = office.make_place("SADOWA/0/003/R1").pk
    answer = keeper().post(
        f"{NET}szafy/nowa/", {"place": place, "units": "12", "width": "600", "depth": "1000"}
    )
    assert answer.status_code == 302
    rack = answer["Location"].rstrip("/").rpartition("/")[2]
    kind = net.make_type("R740", category="SERVER", units=2)
    for name, unit, face in (("SRV-1", "3", "FRONT"), ("SRV-2", "3", "REAR"), ("SRV-3", "7", "FRONT")):
        told = {
            "device_type": kind.pk,
            "name": name,
            "state": "IN_USE",
            "rack": rack,
            "unit": unit,
            "face": face,
        }
        assert keeper().post(f"{NET}urzadzenia/nowe/", told).status_code == 302, name
    client = keeper()
    client.get(answer["Location"])
    with django_assert_num_queries(7):
        page = page_of(client.get(answer["Location"]))
    assert page.count("st-rack__box ") == 3
    assert "Wolne, przód: 8 U." in page
    assert "3–4" in page
    taken = keeper().post(
        f"{NET}urzadzenia/nowe/",
        {
            "device_type": kind.pk,
            "name": "SRV-4",
            "state": "IN_USE",
            "rack": rack,
            "unit": "4",
            "face": "FRONT",
        },
    )
    assert taken.status_code == 422
    assert "stoi już inne urządzenie" in page_of(taken)
    assert 'value="SRV-4"' in page_of(taken)
    assert Device.objects.count() == 3


def test_a_device_moves_and_is_withdrawn_when_nothing_is_plugged() -> None:
    one, other = net.make_device("sw-1", ports=2), net.make_device("sw-2", ports=2)
    cable = net.join(net.port(one), net.port(other))
    place = office.make_place("DLUGA/0/001")
    here = f"{NET}urzadzenia/{one.pk}/"
    assert keeper().post(f"{here}miejsce/", {"place": place.pk, "face": "FRONT"}).status_code == 302
    one.refresh_from_db()
    assert one.place == place
    assert "najpierw je odłącz" in page_of(keeper().post(f"{here}wycofanie/", follow=True)).lower()
    keeper().post(f"{NET}kable/{cable.pk}/usuniecie/")
    keeper().post(f"{here}wycofanie/")
    one.refresh_from_db()
    assert one.state == "WITHDRAWN"
    assert Entry.objects.filter(payload__contains="withdraw").exists()


def test_a_port_keeps_its_mac_and_is_found_by_it() -> None:
    device = net.make_device("pc-7", ports=1)
    port = net.port(device)
    here = f"{NET}porty/{port.pk}/"
    assert keeper().post(here, {"mac": "00-1A-2B-3C-4D-5E", "speed": "1000", "note": ""}).status_code == 302
    port.refresh_from_db()
    assert port.mac == "00:1a:2b:3c:4d:5e"
    assert "pc-7:1" in page_of(keeper().get(f"{NET}szukanie/?q=001a.2b3c.4d5e"))
    refused = keeper().post(here, {"mac": "bzdura", "speed": "1000", "note": ""})
    assert refused.status_code == 422
    assert "Adres MAC zapisz tak" in page_of(refused)


def test_the_list_is_narrowed_and_asks_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(60):
        net.make_device(f"sw-{number:02d}")
    net.make_device("Żuraw", role="kamera na dachu")
    client = keeper()
    client.get(NET)
    with django_assert_num_queries(6):
        page = page_of(client.get(NET))
    assert page.count("data-row-open") == 50
    assert page_of(client.get(NET, {"q": "zuraw dach"})).count("data-row-open") == 1
    assert page_of(client.get(NET, {"rodzaj": "UPS"})).count("data-row-open") == 0


def test_who_does_not_keep_the_network_learns_nothing_of_it() -> None:
    device = net.make_device("sw-1", ports=1)
    stranger = office.client_of(office.anna())
    for address in (
        "",
        f"urzadzenia/{device.pk}/",
        "kable/",
        "szafy/",
        "adresy/",
        f"porty/{net.port(device).pk}/slad/",
    ):
        assert stranger.get(NET + address).status_code == 404, address
    assert technician().get(f"{NET}urzadzenia/{device.pk}/").status_code == 200
    for address in ("urzadzenia/nowe/", "kable/nowy/", f"urzadzenia/{device.pk}/opis/", "adresy/nowa/"):
        assert technician().get(NET + address).status_code == 404, address
    assert technician().post(f"{NET}urzadzenia/{device.pk}/wycofanie/").status_code == 404
