"""Cables on the screen: plugged by names, panel to panel, removed; traces, plans, labels, exchange."""

import json
from io import BytesIO
from typing import Any

import pytest
import typst
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from starostwo.infrastructure import testing as net
from starostwo.infrastructure.labels import TEMPLATE, of_cables, of_devices
from starostwo.infrastructure.models import Cable, CableEnd, Device, FloorPlan, PlanSpot
from starostwo.infrastructure.queries.cables import with_ends
from starostwo.infrastructure.services import importing
from starostwo.infrastructure.services.cabling import NewCable, connect
from starostwo.infrastructure.services.hardware import withdraw
from starostwo.infrastructure.services.writing import Refused
from starostwo.office import testing as office
from starostwo.office.models import Account

pytestmark = pytest.mark.django_db
NET = "/urzad/siec/"
HEADS = "Nazwa;Producent;Model;Miejsce;U"
ENDS = "Jeden koniec;Drugi koniec;Rodzaj"
CORD = {"kind": "UTP6", "status": "CONNECTED", "label": "", "colour": "BLUE", "length": "1,5", "note": ""}


@pytest.fixture(autouse=True)
def the_office() -> None:
    office.make_office()


def keeper() -> Client:
    return office.client_of(Account.objects.get(pk=net.administrator().account_id))


def page_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def test_a_cable_is_plugged_by_the_names_of_its_ends() -> None:
    net.make_device("SW-1", ports=2)
    net.make_panel("PP-1")
    answer = keeper().post(f"{NET}kable/nowy/", CORD | {"near": "sw-1:1", "far": "PP-1:2", "label": "K-1"})
    assert answer.status_code == 302
    cable = Cable.objects.get()
    assert (cable.length, cable.colour) == (150, "BLUE")
    assert set(cable.ends.values_list("port__kind", flat=True)) == {"INTERFACE", "FRONT"}
    page = page_of(keeper().get(answer["Location"]))
    assert "1,5 m" in page
    assert "SW-1:1" in page
    rear = keeper().post(f"{NET}kable/nowy/", CORD | {"near": "SW-1:2", "far": "PP-1:2 tył"})
    assert rear.status_code == 302
    for near, far, words in (
        ("SW-1:1", "PP-1:3", "Do portu SW-1:1 jest już podłączony kabel"),
        ("PP-1:4", "PP-1:2", "Do portu PP-1:2 jest już podłączony kabel"),
        ("SW-1:9", "PP-1:3", "Nie ma takiego portu"),
        ("PP-1:3", "PP-1:3", "Wybierz dwa różne porty"),
    ):
        refused = keeper().post(f"{NET}kable/nowy/", CORD | {"near": near, "far": far})
        assert refused.status_code == 422
        assert words in page_of(refused)
        assert f'value="{near}"' in page_of(refused)
    assert Cable.objects.count() == 2


def test_free_ports_are_offered() -> None:
    switch = net.make_device("SW-1", ports=3)
    net.join(net.port(switch), net.port(switch, "2"))
    hits = keeper().get(f"{NET}podpowiedzi/porty/?q=sw-1").json()["hits"]
    assert [one["value"] for one in hits] == ["SW-1:3"]


def test_a_breakout_is_plugged_and_traced_to_each_end() -> None:
    net.make_device("SW-1", ports=1)
    net.make_device("SRV", ports=4)
    answer = keeper().post(
        f"{NET}kable/nowy/", CORD | {"kind": "DAC", "near": "SW-1:1", "far": "SRV:1; SRV:2; SRV:3; SRV:4"}
    )
    assert answer.status_code == 302
    page = page_of(keeper().get(answer["Location"]))
    assert page.count('<ol class="st-wire">') == 4


def test_panels_are_joined_at_once_or_not_at_all() -> None:
    net.make_panel("PP-1", ports=8)
    other = net.make_panel("PP-2", ports=8)
    said = CORD | {
        "near": "PP-1", "near_kind": "REAR", "near_first": "1", "far": "PP-2", "far_kind": "REAR",
        "far_first": "3", "count": "6", "label": "W-",
    }  # fmt: skip
    assert keeper().post(f"{NET}kable/wiazka/", said).status_code == 302
    assert sorted(Cable.objects.values_list("label", flat=True)) == [f"W-0{n}" for n in range(1, 7)]
    assert CableEnd.objects.get(port=net.port(other, "3", "REAR")).cable.label == "W-01"
    again = keeper().post(f"{NET}kable/wiazka/", said | {"near_first": "6", "far_first": "1", "count": "2"})
    assert again.status_code == 422
    assert "Zajęte porty: 6" in page_of(again)
    assert Cable.objects.count() == 6


def test_a_removed_cable_frees_its_ports_and_stays_in_the_books() -> None:
    one, other = net.make_device("SW-1", ports=1), net.make_device("SW-2", ports=1)
    cable = net.join(net.port(one), net.port(other), label="K-9")
    keeper().post(f"{NET}kable/{cable.pk}/usuniecie/")
    cable.refresh_from_db()
    assert cable.status == "REMOVED"
    assert "K-9" not in page_of(keeper().get(f"{NET}kable/"))
    assert "K-9" in page_of(keeper().get(f"{NET}kable/?stan=REMOVED"))
    assert net.join(net.port(one), net.port(other), label="K-9").pk
    assert keeper().post(f"{NET}kable/{cable.pk}/opis/", CORD).status_code == 422


def test_the_list_and_a_trace_ask_a_fixed_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    one, other = net.make_device("SW-1", ports=60), net.make_panel("PP-1", ports=60)
    for number in range(1, 61):
        net.join(net.port(one, str(number)), net.port(other, str(number), "FRONT"), label=f"K-{number:02d}")
    client = keeper()
    client.get(f"{NET}kable/")
    with django_assert_num_queries(7):
        assert page_of(client.get(f"{NET}kable/")).count("data-row-open") == 50
    assert page_of(client.get(f"{NET}kable/?q=k-07")).count("data-row-open") == 1
    with django_assert_num_queries(10):
        page = page_of(client.get(f"{NET}porty/{net.port(one, '7').pk}/slad/"))
    assert "PP-1" in page
    assert "7 → 7 (tył)" in page


def image(width: int = 800, height: int = 600) -> bytes:
    made = BytesIO()
    Image.new("RGB", (width, height), "#ffffff").save(made, "PNG")
    return made.getvalue()


def plan_with_a_socket() -> tuple[FloorPlan, Device]:
    floor = office.make_place("SADOWA/1")
    socket = net.make_panel("G-105", ports=1, place=office.make_place("SADOWA/1/105"))
    file = SimpleUploadedFile("rzut.png", image())
    answer = keeper().post(f"{NET}rzuty/nowy/", {"place": floor.pk, "image": file})
    assert answer.status_code == 302
    return FloorPlan.objects.get(), socket


def test_a_socket_is_marked_on_a_plan_by_typed_coordinates() -> None:
    plan, socket = plan_with_a_socket()
    here = f"{NET}rzuty/{plan.pk}/"
    assert (plan.width, plan.height) == (800, 600)
    assert "jeszcze bez punktu" in page_of(keeper().get(here))
    keeper().post(f"{here}punkt/", {"device": socket.pk, "x": "25,5", "y": "60"})
    spot = PlanSpot.objects.get()
    assert (spot.x, spot.y) == (2550, 6000)
    assert 'transform="translate(204 360)"' in page_of(keeper().get(here))
    shown = keeper().get(f"{here}obraz.jpg")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    keeper().post(f"{here}punkt/", {"device": socket.pk, "x": "0", "y": "0", "unmark": "1"})
    assert not PlanSpot.objects.exists()


def test_a_mark_outside_of_the_plan_or_of_the_floor_is_refused() -> None:
    plan, socket = plan_with_a_socket()
    elsewhere = net.make_panel("G-901", ports=1, place=office.make_place("DLUGA/0/001"))
    here = f"{NET}rzuty/{plan.pk}/punkt/"
    told = {"device": elsewhere.pk, "x": "10", "y": "10"}
    refused = keeper().post(here, told, headers={"Accept": "application/json"})
    assert (refused.status_code, refused.json()["words"]) == (422, "Tego urządzenia nie ma na tym piętrze.")
    for x in ("101", "sto"):
        typed = keeper().post(here, {"device": socket.pk, "x": x, "y": "1,5"})
        assert typed.status_code == 422
        page = page_of(typed)
        assert "od 0 do 100" in page
        assert (f'name="x" value="{x}"' in page, 'name="y" value="1,5"' in page) == (True, True)
    assert not PlanSpot.objects.exists()
    file = SimpleUploadedFile("rzut.png", b"to nie obraz")
    bad = keeper().post(f"{NET}rzuty/nowy/", {"place": office.make_place("SADOWA/1").pk, "image": file})
    assert bad.status_code == 422


def test_labels_of_cables_and_sockets_are_read_again() -> None:
    one, other = net.make_device("SW-1", ports=1), net.make_panel("G-105", ports=1)
    cable = net.join(net.port(one), net.port(other, "1", "FRONT"), label="K-105-01")
    made = [*of_cables(with_ends([cable])), *of_devices([other])]
    values = json.dumps({"single": False, "labels": made})
    png = typst.compile(str(TEMPLATE), format="png", ppi=203, sys_inputs={"data": values})
    found = zxingcpp.read_barcodes(Image.open(BytesIO(png)).convert("L"))
    assert sorted(code.text for code in found) == ["G-105", "K-105-01", "K-105-01"]
    for address in ("kable.pdf", "kable.pdf?uklad=pojedyncze", f"urzadzenia.pdf?s={other.pk}"):
        assert keeper().get(f"{NET}etykiety/{address}").content.startswith(b"%PDF")
    assert keeper().get(f"{NET}etykiety/kable.pdf?q=nic").status_code == 404


def sent(content: str, **said: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("plik.csv", content.encode()), **said}


def test_devices_come_from_a_file_tried_first_and_go_out_as_they_came() -> None:
    net.make_type("S24")
    net.make_rack()
    office.make_place("SADOWA/1/105")
    content = (
        "Nazwa;Producent;Model;Miejsce;U;Strona;Numer seryjny\n"
        "SW-1;Test;S24;SADOWA/0/003/R1;10;przód;A1\nSW-2;Test;S24;sadowa/1/105;;;A2\n"
    )
    page = page_of(keeper().post(f"{NET}import/urzadzenia/", sent(content)))
    assert "do wpisania 2, błędnych wierszy 0" in page
    assert not Device.objects.exists()
    assert keeper().post(f"{NET}import/urzadzenia/", sent(content, enter="1")).status_code == 302
    assert list(Device.objects.order_by("id").values_list("name", "unit")) == [("SW-1", 10), ("SW-2", None)]
    out = keeper().get(f"{NET}urzadzenia.csv").content.decode("utf-8-sig")
    assert "SW-1;Test;S24;SADOWA/0/003/R1;10;przód;A1;;" in out
    bad = f"{HEADS}\nSW-1;Test;S24;SADOWA/1/105;\nSW-3;Test;X;SADOWA/1/105;\nSW-4;Test;S24;NIE;\n"
    page = page_of(keeper().post(f"{NET}import/urzadzenia/", sent(bad, enter="1")))
    for words in ("nazwa „SW-1”", "nie ma typu „Test X”", "nie ma miejsca „NIE”"):
        assert words in page
    clash = f"{HEADS}\nSW-5;Test;S24;SADOWA/0/003/R1;11\nSW-6;Test;S24;SADOWA/0/003/R1;11\n"
    page = page_of(keeper().post(f"{NET}import/urzadzenia/", sent(clash, enter="1")))
    assert "stoi już inne urządzenie" in page
    assert Device.objects.count() == 2


def test_cables_come_from_a_file_and_each_fault_is_named() -> None:
    net.make_device("SW-1", ports=3)
    net.make_panel("PP-1")
    content = f"{ENDS};Oznaczenie;Kolor;Długość\nSW-1:1;PP-1:1;skrętka kat. 6;K-1;żółty;1,5\n"
    assert "do wpisania 1" in page_of(keeper().post(f"{NET}import/kable/", sent(content)))
    assert keeper().post(f"{NET}import/kable/", sent(content, enter="1")).status_code == 302
    assert Cable.objects.get().length == 150
    out = keeper().get(f"{NET}kable.csv").content.decode("utf-8-sig")
    assert "SW-1:1;PP-1:1;skrętka kat. 6;K-1;żółty;1,5;" in out
    bad = f"{ENDS}\nSW-1:1;PP-1:2;UTP6\nSW-1:2;PP-9:1;UTP6\nSW-1:3;PP-1:3;sznurek\n"
    page = page_of(keeper().post(f"{NET}import/kable/", sent(bad, enter="1")))
    for words in ("jest już podłączony kabel", "nie ma portu „PP-9:1”", "nieznany rodzaj „sznurek”"):
        assert words in page
    assert Cable.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("SW-1:2;SW-1:2;UTP6;;;", "ten sam port jest podany dwa razy"),
        ("SW-1:2;PP-1:2;PP-1:2;UTP6;;;", "nieznany rodzaj"),
        ("SW-1:2;PP-1:2;UTP6;k-1;;", "kabel z oznaczeniem „k-1” już jest"),
        ("SW-1:2;PP-1:2;UTP6;K-2;;-5", "ma być od 0 do 100000 m"),
        ("SW-1:2;PP-1:2;UTP6;K-2;;1e9", "ma być od 0 do 100000 m"),
        ("SW-1:2;PP-1:2;UTP6;K-2;;NaN", "ma być od 0 do 100000 m"),
        ("SW-1:2;PP-1:2;UTP6;K-2;;dwa", "nie jest długością"),
    ],
)
def test_a_wrong_cable_of_a_file_is_named_by_its_row(row: str, words: str) -> None:
    switch, panel = net.make_device("SW-1", ports=2), net.make_panel("PP-1")
    net.join(net.port(switch), net.port(panel, kind="FRONT"), label="K-1")
    content = f"{ENDS};Oznaczenie;Kolor;Długość\n{row}\n"
    page = page_of(keeper().post(f"{NET}import/kable/", sent(content, enter="1")))
    assert words in page
    assert Cable.objects.count() == 1


def test_a_label_that_a_file_gives_twice_and_a_cable_with_nine_far_ends_are_named() -> None:
    net.make_device("SW-1", ports=20)
    ends = "; ".join(f"SW-1:{number}" for number in range(5, 14))
    content = f'{ENDS};Oznaczenie\nSW-1:1;SW-1:2;UTP6;K-1\nSW-1:3;SW-1:4;UTP6;k-1\nSW-1:20;"{ends}";MM;\n'
    page = page_of(keeper().post(f"{NET}import/kable/", sent(content, enter="1")))
    assert "kabel z oznaczeniem „k-1” już jest" in page
    assert "najwyżej 8 końców" in page
    refused = keeper().post(
        f"{NET}kable/nowy/", {"near": "SW-1:20", "far": ends, "kind": "MM", "status": "CONNECTED"}
    )
    assert refused.status_code == 422
    assert "najwyżej 8 końców" in refused.content.decode()
    assert not Cable.objects.exists()


def test_no_cable_is_connected_to_a_withdrawn_device() -> None:
    one, other = net.port(net.make_device("SW-1", ports=1)), net.port(net.make_device("SW-2", ports=1))
    actor = net.administrator()
    withdraw(other.device_id, actor=actor, now=net.NOW)
    with pytest.raises(Refused, match="SW-2 jest wycofane"):
        connect(one.pk, [other.pk], NewCable(), actor=actor, now=net.NOW)
    assert not Cable.objects.exists()


def test_a_file_of_cables_is_entered_in_as_many_statements_whatever_its_length() -> None:
    net.make_device("SW-1", ports=40)
    net.make_device("SW-2", ports=40)
    lines = [f"SW-1:{number};SW-2:{number};UTP6;K-{number}" for number in range(1, 41)]
    actor = net.administrator()
    counts = []
    for part in (lines[:3], lines[3:]):
        content = "\n".join([f"{ENDS};Oznaczenie", *part]).encode()
        with CaptureQueriesContext(connection) as seen:
            importing.bring_in("cables", content, actor=actor, now=net.NOW)
        counts.append(sum("audit_entry" not in one["sql"] for one in seen.captured_queries))
    assert counts == [14, 14]
    assert CableEnd.objects.count() == 80
