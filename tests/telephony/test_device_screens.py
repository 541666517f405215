"""Desk phones on the screen: who sees them, how they are entered, given a key, imported and retired."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from starostwo.assets import testing as assets
from starostwo.audit import api as audit
from starostwo.infrastructure import testing as network
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.office.models import Account
from starostwo.telephony import testing
from starostwo.telephony.models import Device
from starostwo.telephony.services import devices
from starostwo.telephony.services.devices import hash_of

pytestmark = pytest.mark.django_db
LIST = "/urzad/telefony/aparaty/"
MAC = "00:15:65:ab:cd:01"


@pytest.fixture(autouse=True)
def here() -> Device:
    office.make_office()
    testing.load_numbers()
    node = testing.make_node("A")
    testing.make_phone("101", node, account=office.anna(), label="p. 101")
    testing.make_phone("102", node, label="Sekretariat")
    return testing.make_device(MAC, "YEALINK", "101")


def of_admin() -> Client:
    return office.client_of(Account.objects.get(pk=testing.admin().account_id))


def said(**more: Any) -> dict[str, Any]:
    return {
        "mac": "0004.13AB.CD02",
        "kind": "SNOM/D785",
        "number": "102",
        "place": "",
        "asset": "",
        "note": "",
    } | more


def shown(answer: Any) -> str:
    text: str = answer.content.decode()
    return text


def test_the_register_is_found_by_any_of_its_words(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    testing.make_device("00:04:13:ab:cd:02", "SNOM", "102")
    client = of_admin()
    with django_assert_num_queries(6):
        whole = shown(client.get(LIST))

    assert "Yealink inny model" in whole
    assert "jeszcze nie" in whole
    for words, found in {
        "0015": True, "00-15-65": True, "001565abcd01": True, "ab:cd:01": True, "101": True, "nowak": True,
        "yealink": True, "sekretariat": False, "102": False, "00:04": False,
    }.items():  # fmt: skip
        assert (MAC in shown(client.get(LIST, {"q": words}))) is found, words
    assert "Spróbuj krótszego słowa" in shown(client.get(LIST, {"q": "nic takiego"}))


def test_who_sees_desk_phones() -> None:
    device = Device.objects.get()
    network_keeper = office.client_of(office.make_staff("w.kabel", "W. Kabel", rights=[Right.MANAGE_NETWORK]))
    for path in ("", f"{device.pk}/"):
        assert office.client_of(office.anna()).get(LIST + path).status_code == 404
        assert network_keeper.get(LIST + path).status_code == 200
    assert "Nowy aparat" not in shown(network_keeper.get(LIST))
    for path in ("nowy/", "import/", f"{device.pk}/opis/"):
        assert network_keeper.get(LIST + path).status_code == 404
    for path in ("klucz", "okno", "odebranie", "wycofanie"):
        assert network_keeper.post(f"{LIST}{device.pk}/{path}/").status_code == 404


def test_a_phone_is_entered_and_changed() -> None:
    client, room = of_admin(), office.make_place("SADOWA/1/105")
    number = assets.taken().number

    answer = client.post(f"{LIST}nowy/", said(place=room.path.lower(), asset=number.lower()))

    assert answer.status_code == 302
    made = Device.objects.get(mac="00:04:13:ab:cd:02")
    assert (made.vendor, made.model, made.extension_id, made.place_id) == ("SNOM", "D785", "102", room.pk)
    page = shown(client.get(f"{LIST}{made.pk}/"))
    assert number in page
    assert "Sekretariat" in page
    assert f'value="{number}"' in shown(client.get(f"{LIST}{made.pk}/opis/"))
    client.post(f"{LIST}{made.pk}/opis/", said(number="", kind="SNOM/D862", note="w szafie"))
    made.refresh_from_db()
    assert (made.model, made.extension_id, made.place_id, made.note) == ("D862", None, None, "w szafie")
    assert "bez numeru, w zapasie" in shown(client.get(f"{LIST}{made.pk}/"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"mac": MAC}, "jest już w wykazie"),
        ({"mac": "0015"}, "Adres MAC ma 12 cyfr szesnastkowych"),
        ({"place": "NIGDZIE"}, "Nie ma takiego miejsca"),
        ({"asset": "NIC"}, "Nie ma takiego składnika majątku"),
        ({"kind": "CISCO/7960"}, "kind-error"),
        ({"kind": ""}, "Wybierz „Producent i model”"),
        ({"number": "999"}, "number-error"),
    ],
)
def test_a_wrong_phone_is_refused_and_what_was_typed_stays(wrong: dict[str, str], says: str) -> None:
    answer = of_admin().post(f"{LIST}nowy/", said(note="moja uwaga") | wrong)

    assert answer.status_code == 422
    assert says in shown(answer)
    assert 'value="moja uwaga"' in shown(answer)
    assert Device.objects.count() == 1


def test_an_asset_is_one_phone() -> None:
    asset = assets.taken()
    Device.objects.update(asset=asset.pk)

    answer = of_admin().post(f"{LIST}nowy/", said(asset=asset.number))

    assert (answer.status_code, "ma już swój aparat" in shown(answer)) == (422, True)


def test_a_key_is_shown_once_and_kept_as_a_hash(here: Device) -> None:
    client = of_admin()

    answer = client.post(f"{LIST}{here.pk}/klucz/")

    assert "no-store" in answer["Cache-Control"]
    found = re.search(r"/prov/([A-Za-z0-9_-]{43})/<", shown(answer))
    assert found
    here.refresh_from_db()
    assert here.key_hash == hash_of(found[1])
    assert found[1] not in shown(client.get(f"{LIST}{here.pk}/"))
    assert "klucz nadany" in shown(client.get(LIST))
    [entry] = audit.history(f"telephony.device:{here.pk}")
    assert (entry.verb, found[1] in str(entry.payload)) == ("key", False)


def test_a_window_is_opened_and_everything_taken_back(here: Device) -> None:
    client = of_admin()
    assert "bez klucza" in shown(client.get(LIST))
    client.post(f"{LIST}{here.pk}/okno/")
    assert "okno otwarte" in shown(client.get(LIST))

    client.post(f"{LIST}{here.pk}/odebranie/")

    here.refresh_from_db()
    assert (here.key_hash, here.open_until) == ("", None)
    assert "bez klucza" in shown(client.get(LIST))


def test_a_phone_without_a_number_gets_no_key(here: Device) -> None:
    Device.objects.update(extension=None)
    client = of_admin()

    for path in ("klucz", "okno"):
        assert "Najpierw przypisz mu numer" in shown(client.post(f"{LIST}{here.pk}/{path}/", follow=True))
    here.refresh_from_db()
    assert (here.key_hash, here.open_until) == ("", None)


def test_a_retired_phone_leaves_the_list_and_its_mac_is_free(here: Device) -> None:
    client = of_admin()
    devices.new_key(here.pk, actor=testing.admin(), now=now())
    assert client.post(f"{LIST}{here.pk}/wycofanie/").status_code == 302

    assert MAC not in shown(client.get(LIST))
    assert MAC in shown(client.get(LIST, {"stan": "wycofane"}))
    assert "Nadaj nowy klucz" not in shown(client.get(f"{LIST}{here.pk}/"))
    for path in ("klucz", "okno", "odebranie", "wycofanie", "opis"):
        assert client.post(f"{LIST}{here.pk}/{path}/").status_code == 404
    assert client.post(f"{LIST}nowy/", said(mac=MAC)).status_code == 302


def test_phones_that_fetched_nothing_are_listed_alone(here: Device) -> None:
    other = testing.make_device("00:04:13:ab:cd:02", "SNOM", "102")
    Device.objects.filter(pk=other.pk).update(fetched_at=now(), fetched_file="x.xml", fetched_by="snom/1")

    page = shown(of_admin().get(LIST, {"stan": "bez-pobrania"}))

    assert MAC in page
    assert other.mac not in page
    assert "snom/1" in shown(of_admin().get(f"{LIST}{other.pk}/"))


def test_the_phone_the_socket_and_the_port_of_the_switch_stand_together(here: Device) -> None:
    network.make_phone_line(MAC)
    keeper = office.client_of(office.make_staff("w.kabel", "W. Kabel", rights=[Right.MANAGE_NETWORK]))

    page = shown(keeper.get(f"{LIST}{here.pk}/"))

    assert [one for one in ("TEL-1", "G-1", "SW-1") if one in page] == ["TEL-1", "G-1", "SW-1"]
    assert "G-1" not in shown(of_admin().get(f"{LIST}{here.pk}/"))


def upload(text: str, **more: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("aparaty.csv", text.encode()), **more}


def test_a_list_is_tried_first_and_entered_whole() -> None:
    client, room = of_admin(), office.make_place("SADOWA/1/105")
    text = (
        "MAC;Producent;Model;Numer;Miejsce;Uwagi\n"
        f"00-04-13-AB-CD-02;Snom;D785;102;{room.path};hol\n"
        "000B82ABCD03;grandstream;grp2614;;;\n"
    )
    tried = client.post(f"{LIST}import/", upload(text))
    assert "do wpisania 2, błędnych wierszy 0" in shown(tried)
    assert Device.objects.count() == 1

    assert client.post(f"{LIST}import/", upload(text, enter="1")).status_code == 302

    made = Device.objects.get(mac="00:04:13:ab:cd:02")
    assert (made.extension_id, made.place_id, made.note) == ("102", room.pk, "hol")
    assert Device.objects.get(mac="00:0b:82:ab:cd:03").model == "GRP2614"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("kot;Snom;D785;;", "nie jest adresem MAC"),
        (f"{MAC};Snom;D785;;", "jest już w wykazie"),
        ("000413abcd09;Snom;D785;;\n00-04-13-ab-cd-09;Snom;D785;;", "powtarza się w pliku"),
        ("000413abcd09;Cisco;7960;;", "nieznany producent"),
        ("000413abcd09;Snom;T33G;;", "nieznany model"),
        ("000413abcd09;Snom;D785;999;", "nie ma telefonu o numerze „999”"),
        ("000413abcd09;Snom;D785;;NIGDZIE", "nie ma miejsca „NIGDZIE”"),
    ],
)
def test_a_list_with_a_fault_enters_nothing(row: str, says: str) -> None:
    text = f"mac;producent;model;numer;miejsce\n000413abcd08;Snom;D785;;\n{row}\n"

    answer = of_admin().post(f"{LIST}import/", upload(text, enter="1"))

    assert answer.status_code == 422
    assert says in shown(answer)
    assert "błędnych wierszy 1" in shown(answer)
    assert Device.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "file-error"),
        ("mac;producent\n", "pusty"),
        ("x;y\n1;2\n", "brakuje kolumn: mac, producent, model"),
    ],
)
def test_what_is_no_list_is_refused(text: str, says: str) -> None:
    answer = of_admin().post(f"{LIST}import/", upload(text))

    assert (answer.status_code, says in shown(answer)) == (422, True)
