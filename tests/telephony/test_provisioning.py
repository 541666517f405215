"""Desk phones fetch their files: by key, once through an open window, and else nothing at all."""

import logging
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils.timezone import now

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.office.api import Actor
from starostwo.office.models import Account
from starostwo.site.masking import MaskKeys
from starostwo.telephony import testing
from starostwo.telephony.models import Device, DeviceCredential, Extension, Node
from starostwo.telephony.rules.devices import GRANDSTREAM, SNOM, VENDORS, YEALINK, file_of
from starostwo.telephony.services import devices
from starostwo.telephony.services.provisioning import password_of
from starostwo.telephony.web import provisioning

pytestmark = pytest.mark.django_db
MAC = {YEALINK: "00:15:65:ab:cd:01", SNOM: "00:04:13:ab:cd:02", GRANDSTREAM: "00:0b:82:ab:cd:03"}
NOWHERE = "x" * 43


@pytest.fixture(autouse=True)
def admin() -> Actor:
    office.make_office()
    node = testing.make_node("A")
    testing.make_phone("101", node, account=office.anna(), label="p. 101")
    testing.make_phone("102", node, label="Sekretariat")
    return testing.admin()


def make(vendor: str, number: str | None = "101") -> Device:
    return testing.make_device(MAC[vendor], vendor, number)


def key_of(device: Device, admin: Actor) -> str:
    return devices.new_key(device.pk, actor=admin, now=now())


def password_in(text: str) -> str:
    found = re.search(r"account\.1\.password = (\w+)|<user_pass[^>]*>(\w+)<|<P34>(\w+)<", text)
    assert found
    return next(one for one in found.groups() if one)


@pytest.mark.parametrize("vendor", list(VENDORS))
def test_a_phone_gets_its_settings_with_a_password(vendor: str, admin: Actor) -> None:
    device = make(vendor)
    key = key_of(device, admin)
    client = Client(headers={"user-agent": "Telefon 1.2"})

    answer = client.get(f"/prov/{key}/{file_of(vendor, device.mac)}")

    text = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    assert "Anna Nowak" in text
    assert f"/prov/{key}" in text
    assert not answer.cookies
    name, password = f"101-{device.mac.replace(':', '')}", password_in(text)
    assert len(password) == 32
    assert name in text
    device.refresh_from_db()
    assert device.fetched_from == "127.0.0.1"
    assert (device.fetched_by, device.fetched_file) == ("Telefon 1.2", file_of(vendor, device.mac))


def test_the_same_key_gives_the_same_password_and_one_line_of_history(admin: Actor) -> None:
    device = make(YEALINK)
    address = f"/prov/{key_of(device, admin)}/{file_of(YEALINK, device.mac)}"

    first, second = Client().get(address), Client().get(address)

    assert first.content == second.content
    lines = [entry.verb for entry in audit.history(f"telephony.device:{device.pk}")]
    assert lines.count("password") == 1
    secret = password_in(first.content.decode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE payload::text LIKE %s", [f"%{secret}%"])
        assert cursor.fetchone() == (0,)


def test_what_is_not_theirs_is_the_same_404(admin: Actor) -> None:
    device, other = make(YEALINK), make(SNOM, "102")
    key = key_of(device, admin)
    key_of(other, admin)
    in_store = make(GRANDSTREAM, None)
    addresses = [
        f"/prov/{NOWHERE}/{file_of(YEALINK, device.mac)}",  # a wrong key
        f"/prov/{key}/{file_of(SNOM, other.mac)}",  # another's file
        f"/prov/{key}/{file_of(SNOM, device.mac)}",  # another maker's
        f"/prov/{key}/cfg.xml",
        f"/prov/{key}/001565ffffff.cfg",
        f"/prov/{key_hash(device)}/{file_of(YEALINK, device.mac)}",  # what is kept of a key is no key
        f"/prov/{file_of(YEALINK, device.mac)}",  # no window is open
        f"/prov/{file_of(GRANDSTREAM, in_store.mac)}",
        "/prov/y000000000000.cfg",
        "/prov/ksiazka.xml",
    ]

    answers = [Client().get(address) for address in addresses]

    assert {(one.status_code, one.content, one["Content-Type"]) for one in answers} == {
        (404, b"Not Found\n", "text/plain; charset=utf-8")
    }
    assert not DeviceCredential.objects.exists()
    assert not Device.objects.exclude(fetched_at=None).exists()


def key_hash(device: Device) -> str:
    return Device.objects.values_list("key_hash", flat=True).get(pk=device.pk)


def test_a_yealink_gets_what_is_common_to_all_and_no_secret(admin: Actor) -> None:
    yealink, other = make(YEALINK), make(SNOM)
    key = key_of(yealink, admin)

    common = Client().get(f"/prov/{key}/y000000000000.cfg")

    assert (common.status_code, b"lang.gui = Polish" in common.content) == (200, True)
    assert key.encode() not in common.content
    assert Client().get(f"/prov/{key_of(other, admin)}/y000000000000.cfg").status_code == 404


def test_through_an_open_window_a_phone_gets_its_settings_once_and_a_key(admin: Actor) -> None:
    device = make(YEALINK)
    old = key_of(device, admin)
    devices.open_window(device.pk, actor=admin, now=now())
    file = file_of(YEALINK, device.mac)

    assert Client().get(f"/prov/{file_of(SNOM, device.mac)}").status_code == 404
    first = Client().get(f"/prov/{file.upper().replace('.CFG', '.cfg')}")
    assert first.status_code == 200
    assert Client().get(f"/prov/{file}").status_code == 404

    found = re.search(r"server\.url = \S+/prov/(\S{43})/", first.content.decode())
    assert found
    again = Client().get(f"/prov/{found[1]}/{file}")
    assert again.content == first.content
    assert Client().get(f"/prov/{old}/{file}").status_code == 404
    assert "first_fetch" in [entry.verb for entry in audit.history(f"telephony.device:{device.pk}")]


def test_a_window_closes_by_itself(admin: Actor) -> None:
    device = make(YEALINK)
    devices.open_window(device.pk, actor=admin, now=now() - timedelta(minutes=15))

    assert Client().get(f"/prov/{file_of(YEALINK, device.mac)}").status_code == 404


def test_who_asks_too_often_has_to_wait(admin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioning, "LIMIT", 3)
    device = make(YEALINK)
    address = f"/prov/{key_of(device, admin)}/{file_of(YEALINK, device.mac)}"

    codes = [
        Client().get(one).status_code for one in (address, "/prov/x.cfg", address, address, "/prov/x.cfg")
    ]

    assert codes == [200, 404, 200, 429, 429]
    assert int(Client().get(address)["Retry-After"]) > 500
    assert Client(REMOTE_ADDR="10.0.0.9").get(address).status_code == 200


def test_nothing_is_written_by_posting_and_a_language_changes_nothing(admin: Actor) -> None:
    device = make(YEALINK)
    address = f"/prov/{key_of(device, admin)}/{file_of(YEALINK, device.mac)}"

    assert Client().post(address).status_code == 405
    assert not DeviceCredential.objects.exists()
    assert Client().get(f"/en{address}")["Location"] == address


def test_the_application_cannot_read_what_phones_sign_in_with(admin: Actor) -> None:
    device = make(YEALINK)
    Client().get(f"/prov/{key_of(device, admin)}/{file_of(YEALINK, device.mac)}")

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        list(DeviceCredential.objects.all())
    assert list(DeviceCredential.objects.values_list("number")) == [("101",)]


def test_the_log_shows_no_key(admin: Actor) -> None:
    key = key_of(make(YEALINK), admin)
    line = logging.makeLogRecord({"msg": "Not Found: %s", "args": (f"/prov/{key}/001565abcd01.cfg",)})

    assert MaskKeys().filter(line)

    assert line.getMessage() == "Not Found: /prov/.../001565abcd01.cfg"


def test_a_password_follows_from_its_own_key_alone() -> None:
    made = {
        password_of(key, number, mac)
        for key in ("a" * 43, "b" * 43)
        for number in ("101", "102")
        for mac in (MAC[YEALINK], MAC[SNOM])
    }
    assert len(made) == 8
    assert all(re.fullmatch(r"[a-z2-7]{32}", one) for one in made)


@pytest.mark.parametrize(
    ("vendor", "file", "shows"),
    [
        (YEALINK, "ksiazka.xml", "<Name>Nowak Anna (GN)</Name>"),
        (SNOM, "ksiazka.xml", "<SnomIPPhoneDirectory>"),
        (GRANDSTREAM, "phonebook.xml", "<LastName>Nowak</LastName>"),
    ],
)
def test_the_phonebook_changes_at_once_and_is_sent_only_when_it_changed(
    vendor: str, file: str, shows: str, admin: Actor
) -> None:
    testing.make_group("800", Node.objects.get(code="A"), name="Informacja")
    address = f"/prov/{key_of(make(vendor), admin)}/{file}"
    first = Client().get(address)
    text = first.content.decode()
    assert first["Content-Type"] == "application/xml; charset=utf-8"
    assert shows in text
    assert text.index("Informacja") < text.index("Nowak") < text.index("Sekretariat")

    same = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")

    Extension.objects.filter(pk="102").update(is_blocked=True)
    Account.objects.filter(pk=office.anna().pk).update(is_active=False)
    changed = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert "Sekretariat" not in changed.content.decode()
    assert "Nowak" not in changed.content.decode()
    assert "p. 101" in changed.content.decode()
