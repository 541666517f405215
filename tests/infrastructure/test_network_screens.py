"""Addresses, power, lines, terms, stock and work orders on the screen."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from PIL import Image
from pypdf import PdfReader

from starostwo.infrastructure import testing as net
from starostwo.infrastructure.models import (
    Address,
    Circuit,
    Device,
    Expiry,
    Port,
    Prefix,
    Spare,
    WorkOrder,
)
from starostwo.infrastructure.queries.networks import next_free
from starostwo.infrastructure.queries.power import grid
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
NET, WORK = "/urzad/siec/", "/urzad/zlecenia/"


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()


def keeper() -> Client:
    return office.client_of(Account.objects.get(pk=net.administrator().account_id))


def technician() -> Client:
    return office.client_of(Account.objects.get(pk=net.technician().account_id))


def page_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


@pytest.mark.parametrize(
    ("network", "taken", "free"),
    [
        ("10.0.0.0/29", [], "10.0.0.1"),
        ("10.0.0.0/29", ["10.0.0.1", "10.0.0.2", "10.0.0.4"], "10.0.0.3"),
        ("10.0.0.0/29", ["10.0.0.2"], "10.0.0.1"),
        ("10.0.0.0/30", ["10.0.0.1", "10.0.0.2"], ""),
        ("10.0.0.0/31", ["10.0.0.0"], "10.0.0.1"),
        ("10.0.0.7/32", [], "10.0.0.7"),
        ("fd00::/64", ["fd00::1"], "fd00::2"),
    ],
)
def test_the_next_free_address(network: str, taken: list[str], free: str) -> None:
    prefix = Prefix.objects.create(network=network, name="sieć")
    for address in taken:
        Address(address=address).save()
    assert next_free(prefix) == free


def test_an_address_is_given_from_a_network_and_freed() -> None:
    device = net.make_device("SRV-1", ports=1)
    assert keeper().post(f"{NET}adresy/vlan/", {"number": "99", "name": "zarządzanie"}).status_code == 302
    for network, container in (("10.20.0.0/16", "on"), ("10.20.99.0/29", "")):
        said = {"network": network, "name": "urząd", **({"is_container": "on"} if container else {})}
        assert keeper().post(f"{NET}adresy/nowa/", said).status_code == 302
    prefix = Prefix.objects.get(is_container=False)
    here = f"{NET}adresy/{prefix.pk}/"
    told = {"address": "", "port": "SRV-1:1", "kind": "STATIC", "name": "srv.example"}
    assert keeper().post(f"{here}przydzial/", told).status_code == 302
    address = Address.objects.get()
    assert (str(address), address.port.device) == ("10.20.99.1", device)
    assert "10.20.99.2" in page_of(keeper().get(here))
    assert "1 z 6 adresów (17%)" in page_of(keeper().get(f"{NET}adresy/"))
    assert "srv.example" in page_of(keeper().get(f"{NET}szukanie/?q=10.20.99.1"))
    keeper().post(f"{NET}urzadzenia/{device.pk}/zarzadzanie/{address.pk}/")
    device.refresh_from_db()
    assert device.management == address
    for said, words in (
        ({"address": "10.20.99.1"}, "jest już zajęty"),
        ({"address": "10.99.0.1"}, "nie leży w żadnej sieci"),
        ({"port": "NIC:1"}, "Nie ma takiego portu"),
    ):
        refused = keeper().post(f"{here}przydzial/", {"kind": "STATIC"} | said)
        assert refused.status_code == 422
        assert words in page_of(refused)
    overlap = keeper().post(f"{NET}adresy/nowa/", {"network": "10.20.99.4/30", "name": "x"})
    assert "nakłada się" in page_of(overlap)
    keeper().post(f"{NET}adresy/adres/{address.pk}/zwolnienie/")
    assert not Address.objects.exists()


def powered() -> Device:
    """A server with two inlets at two supplies of which one is small."""
    server = net.make_device("SRV-1", device_type=net.make_type("R740", category="SERVER", units=2, draw=600))
    for name, capacity in (("UPS-1", 1000), ("UPS-2", 500)):
        kind = net.make_type(name, category="UPS", capacity=capacity)
        ups = net.make_device(name, device_type=kind, ports=2, kind="POWER_OUT")
        Port.objects.create(device=ups, kind="POWER_IN", name="IN")
        inlet = Port.objects.create(device=server, kind="POWER_IN", name=f"P{name}")
        net.join(inlet, net.port(ups, "1", "POWER_OUT"), kind="POWER")
    return server


def test_the_load_of_supplies_and_circuits_is_shown_with_a_warning() -> None:
    powered()
    place = office.make_place()
    assert (
        keeper().post(f"{NET}zasilanie/rozdzielnia/", {"name": "R-0", "place": place.pk}).status_code == 302
    )
    panel = (
        page_of(keeper().get(f"{NET}zasilanie/obwod/"))
        .partition("R-0")[0]
        .rpartition('value="')[2]
        .partition('"')[0]
    )
    said = {"panel_id": panel, "name": "F1", "amperes": "16", "volts": "230", "phases": "1", "note": ""}
    assert keeper().post(f"{NET}zasilanie/obwod/", said).status_code == 302
    found = grid(net.administrator())
    loads = {one.thing.name: (one.load.usual, one.load.worst, one.mood) for one in found.supplies}
    assert loads == {"UPS-1": (300, 600, "good"), "UPS-2": (300, 600, "warn")}
    circuit = found.circuits[0].thing.pk
    assert (
        keeper().post(f"{NET}zasilanie/podlaczenie/", {"device": "UPS-2", "circuit": circuit}).status_code
        == 302
    )
    page = page_of(keeper().get(f"{NET}zasilanie/"))
    assert "300 z 3680 W (8%)" in page
    assert "uważaj" in page
    refused = keeper().post(f"{NET}zasilanie/podlaczenie/", {"device": "SRV-1", "circuit": circuit})
    assert "podłącza się gniazdo elektryczne, UPS albo listwę" in page_of(refused)


def test_what_feeds_itself_is_said_on_the_screen() -> None:
    ups = net.make_device("UPS-1", device_type=net.make_type("U", category="UPS"), ports=1, kind="POWER_OUT")
    inlet = Port.objects.create(device=ups, kind="POWER_IN", name="IN")
    net.join(inlet, net.port(ups, "1", "POWER_OUT"), kind="POWER")
    assert "UPS-1 zasila samo siebie" in page_of(keeper().get(f"{NET}zasilanie/"))


def test_a_line_of_an_operator_is_a_part_of_the_trace() -> None:
    one, other = net.make_device("SW-S", ports=1), net.make_device("SW-D", ports=1)
    cable = net.join(net.port(one), net.port(other), kind="CIRCUIT", label="Ł-1")
    said = {
        "number": "ŁS/1", "supplier": "Sieci", "contract": "ZP.1", "down": "1000", "up": "1000",
        "monthly": "123,00",
        "since": "01.01.2026", "until": "31.12.2027", "near_id": office.make_place("SADOWA").pk,
        "far_id": office.make_place("DLUGA").pk, "cable": "ł-1",
    }  # fmt: skip
    assert keeper().post(f"{NET}lacza/nowe/", said).status_code == 302
    assert Circuit.objects.get().monthly == 123_00
    assert "ŁS/1, Sieci, 1 Gb/s / 1 Gb/s" in page_of(keeper().get(f"{NET}kable/{cable.pk}/"))
    refused = keeper().post(
        f"{NET}lacza/nowe/", said | {"number": "ŁS/2", "until": "01.01.2025", "cable": ""}
    )
    assert "Koniec umowy nie może być przed" in page_of(refused)
    assert Circuit.objects.count() == 1


def test_what_expires_is_listed_by_its_day_with_a_warning() -> None:
    today = localdate()
    for name, days in (("bip.example", 10), ("domena.example", 200), ("stary.example", -1)):
        said = {
            "kind": "CERTIFICATE", "name": name, "valid_until": f"{today + timedelta(days=days):%d.%m.%Y}",
            "warn_days": "30", "tcp_port": "443",
        }  # fmt: skip
        assert keeper().post(f"{NET}terminy/nowy/", said).status_code == 302
    page = page_of(keeper().get(f"{NET}terminy/"))
    assert page.index("stary.example") < page.index("bip.example") < page.index("domena.example")
    for words in ("po terminie", "jeszcze dni: 10", "jeszcze dni: 200"):
        assert words in page
    keeper().post(f"{NET}terminy/{Expiry.objects.get(name='stary.example').pk}/usuniecie/")
    assert Expiry.objects.count() == 2


def test_modules_come_into_stock_and_go_into_devices() -> None:
    net.make_device("SW-1")
    said = {
        "kind": "MODULE",
        "name": "SFP+ LR",
        "part_number": "LR-10",
        "place_id": office.make_place().pk,
        "least": "2",
    }
    answer = keeper().post(f"{NET}zapas/nowa/", said)
    here = answer["Location"]
    technician().post(here, {"direction": "1", "count": "3", "why": "zakup"})
    technician().post(here, {"direction": "-1", "count": "2", "device": "sw-1", "why": "łącze"})
    spare = Spare.objects.get()
    assert spare.quantity == 1
    assert "zamów" in page_of(keeper().get(f"{NET}zapas/"))
    assert "wydano 2 szt." in page_of(keeper().get(f"{NET}urzadzenia/{Device.objects.get().pk}/"))
    refused = technician().post(here, {"direction": "-1", "count": "5", "device": ""})
    assert refused.status_code == 422
    assert "nie ma tylu sztuk" in page_of(refused)
    spare.refresh_from_db()
    assert spare.quantity == 1


def photo(colour: str = "#14505c") -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (400, 300), colour).save(made, "JPEG")
    return SimpleUploadedFile("szafa.jpg", made.getvalue(), "image/jpeg")


def test_an_installation_is_worked_through_and_handed_over_with_a_protocol() -> None:
    device = net.make_device("SRV-1", state="PLANNED", serial_number="SN-7")
    said = {
        "kind": "INSTALL", "subject": "Montaż serwera", "place": device.place_id, "device": "srv-1",
        "assignee": net.technician().account_id, "due_on": f"{localdate():%d.%m.%Y}", "description": "",
        "steps": "Przykręć\nPodłącz",
    }  # fmt: skip
    answer = keeper().post(f"{WORK}nowe/", said)
    assert answer.status_code == 302
    here, order = answer["Location"], WorkOrder.objects.get()
    assert "Montaż serwera" in page_of(technician().get(f"{WORK}?moje=1"))
    early = technician().post(f"{here}odbior/", {"receiver": "Ewa Lis"})
    assert early.status_code == 422
    assert "nieodhaczone czynności: 2, brak zdjęcia sprzed pracy, brak zdjęcia po pracy" in page_of(early)
    for step in order.steps.all():
        technician().post(f"{WORK}czynnosci/{step.pk}/", {"done": "1"})
    for moment, colour in (("BEFORE", "#14505c"), ("AFTER", "#c08a2d")):
        told = {"photo": photo(colour), "moment": moment, "caption": "szafa R1"}
        assert technician().post(f"{here}zdjecie/", told).status_code == 302
    assert technician().get(f"{here}protokol.pdf").status_code == 404
    assert (
        technician().post(f"{here}odbior/", {"receiver": "Ewa Lis", "remarks": "dobrze"}).status_code == 302
    )
    device.refresh_from_db()
    assert device.state == "IN_USE"
    pdf = technician().get(f"{here}protokol.pdf")
    paper = PdfReader(BytesIO(pdf.content))
    text = " ".join(page.extract_text() for page in paper.pages)
    for words in ("ZL/1/", "Montaż serwera", "SN-7", "Przykręć", "Ewa Lis", "Tomasz Krosny"):
        assert words in text
    assert sum(len(page.images) for page in paper.pages) == 2
    late = technician().post(f"{WORK}czynnosci/{order.steps.first().pk}/", {"done": ""}, follow=True)
    assert "Zlecenie jest już zamknięte" in page_of(late)
    bad = technician().post(f"{here}zdjecie/", {"photo": photo(), "moment": "AFTER"})
    assert bad.status_code == 422


def test_a_photo_is_a_photo_and_orders_are_for_those_who_work() -> None:
    device = net.make_device("SRV-1")
    said = {"kind": "REPAIR", "subject": "Wentylator", "place": device.place_id}
    here = keeper().post(f"{WORK}nowe/", said)["Location"]
    told = {"photo": SimpleUploadedFile("x.jpg", b"tekst"), "moment": "BEFORE"}
    refused = technician().post(f"{here}zdjecie/", told)
    assert refused.status_code == 422
    assert "To nie jest zdjęcie" in page_of(refused)
    assert technician().post(f"{here}anulowanie/").status_code == 404
    assert office.client_of(office.anna()).get(here).status_code == 404
    keeper().post(f"{here}anulowanie/")
    assert WorkOrder.objects.get().state == "CANCELLED"
