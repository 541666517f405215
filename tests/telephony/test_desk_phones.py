"""Phones that know only the file they fetched: what the exchange reads of them, and calls over a real one."""

import asyncio
import hashlib
import re
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.test import Client
from django.utils.timezone import now
from lxml import etree

from starostwo.office import testing as office
from starostwo.office.api import Actor
from starostwo.site import cluster
from starostwo.telephony import testing
from starostwo.telephony.agent.call import Refused
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import answering
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.models import Device, DeviceCredential, Extension, Node
from starostwo.telephony.rules.devices import GRANDSTREAM, SNOM, YEALINK, file_of
from starostwo.telephony.services import devices
from starostwo.telephony.services.phones import DOMAIN
from tests.ports import free_port
from tests.telephony.agents import phone, run, until
from tests.telephony.exchange import exchange
from tests.telephony.softphone import softphone

MAC = {YEALINK: "00:15:65:ab:cd:01", SNOM: "00:04:13:ab:cd:02", GRANDSTREAM: "00:0b:82:ab:cd:03"}


@dataclass
class Office:
    """The database as the exchange reaches it, and who enters phones."""

    address: str
    node: Node
    admin: Actor

    def signs_in(self) -> dict[str, str]:
        """What the exchange compares with."""
        with psycopg.connect(self.address.replace(cluster.APP_ROLE, cluster.EXCHANGE_ROLE)) as connection:
            return dict(connection.execute("SELECT key_name, key_value FROM sip.ha1cache").fetchall())

    def key(self, vendor: str, number: str) -> tuple[Device, str]:
        """A phone and its key."""
        device = testing.make_device(MAC[vendor], vendor, number)
        return device, devices.new_key(device.pk, actor=self.admin, now=now())


@dataclass(frozen=True)
class Told:
    """What a phone learns from its file and from nothing else."""

    number: str
    sign_in_name: str
    password: str
    host: str
    port: int


def fetched(device: Device, key: str) -> str:
    answer = Client().get(f"/prov/{key}/{file_of(device.vendor, device.mac)}")
    assert answer.status_code == 200
    return answer.content.decode()


def told(vendor: str, text: str) -> Told:
    """Read the file as the phone would."""
    if vendor == YEALINK:
        lines = dict(line.split(" = ", 1) for line in text.splitlines() if " = " in line)
        account = {name.removeprefix("account.1."): value for name, value in lines.items()}
        return Told(
            account["user_name"], account["auth_name"], account["password"],
            account["sip_server.1.address"], int(account["sip_server.1.port"]),
        )  # fmt: skip
    values = {str(element.tag): element.text or "" for element in etree.fromstring(text.encode()).iter("*")}
    names = {
        SNOM: ("user_name", "user_pname", "user_pass", "user_host"),
        GRANDSTREAM: ("P35", "P36", "P34", "P47"),
    }[vendor]
    number, name, password, server = (values[one] for one in names)
    host, _, port = server.partition(":")
    return Told(number, name, password, host, int(port))


@pytest.fixture(scope="module")
def started(committed_database_of_module: str) -> Iterator[Office]:
    office.make_office()
    testing.load_numbers()
    node = testing.make_node("A", port=free_port())
    for number in ("101", "102", "103"):
        testing.make_phone(number, node, ring_seconds=2)
    with exchange(node, reload_seconds=1):
        yield Office(committed_database_of_module, node, testing.admin())


@pytest.fixture
def here(started: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a test changes a row between two calls
    yield started
    DeviceCredential.objects.all().delete()
    Device.objects.all().delete()
    Extension.objects.update(is_blocked=False)


def test_the_exchange_knows_what_is_in_the_file_and_nobody_else_does(here: Office) -> None:
    device, key = here.key(YEALINK, "101")
    assert not here.signs_in()

    got = told(YEALINK, fetched(device, key))

    digest = hashlib.md5(f"{got.sign_in_name}:{DOMAIN}:{got.password}".encode()).hexdigest()
    assert here.signs_in() == {"101-001565abcd01": digest}
    Extension.objects.filter(pk="101").update(is_blocked=True)
    assert not here.signs_in()


def test_two_phones_of_one_number_have_a_password_each(here: Office) -> None:
    (one, key), (other, other_key) = here.key(YEALINK, "101"), here.key(SNOM, "101")
    passwords = {told(YEALINK, fetched(one, key)).password, told(SNOM, fetched(other, other_key)).password}
    assert len(passwords) == 2
    assert set(here.signs_in()) == {"101-001565abcd01", "101-000413abcd02"}

    devices.revoke(one.pk, actor=here.admin, now=now())

    assert set(here.signs_in()) == {"101-000413abcd02"}


def test_with_another_number_or_key_the_old_password_ends(here: Office) -> None:
    device, key = here.key(YEALINK, "101")
    before = told(YEALINK, fetched(device, key))
    devices.change_device(device.pk, devices.Said(YEALINK, "T33G", "102"), actor=here.admin, now=now())
    assert not here.signs_in()

    after = told(YEALINK, fetched(device, key))

    assert after.number == "102"
    assert after.password != before.password
    assert set(here.signs_in()) == {"102-001565abcd01"}
    devices.new_key(device.pk, actor=here.admin, now=now())
    assert not here.signs_in()


def test_a_retired_phone_signs_in_no_more(here: Office) -> None:
    device, key = here.key(YEALINK, "101")
    fetched(device, key)

    devices.retire(device.pk, actor=here.admin, now=now())

    assert not here.signs_in()


def test_baresip_with_a_fetched_file_registers_and_calls(here: Office, tmp_path: Path) -> None:
    """A phone that is not ours, set up by the file of a Yealink alone, talks with one set up by a Snom's."""
    caller = told(YEALINK, fetched(*here.key(YEALINK, "101")))
    called = told(SNOM, fetched(*here.key(SNOM, "102")))
    server = f"{caller.host}:{caller.port}"
    proof = f"auth_user={caller.sign_in_name};auth_pass={caller.password}"
    account = f"<sip:{caller.number}@{server}>;{proof};regint=60"

    async def work() -> None:
        await asyncio.sleep(2)  # until the exchange reads its keys
        async with phone_of(called, hz=440) as other:
            await other.register(60)
            async with softphone(tmp_path, 880, f"d sip:102@{server}", account=account) as one:
                await until(lambda: other.calls, within=8)
                call = other.calls[0]
                await call.up.wait()
                assert await call.hears(880)
                await asyncio.sleep(0.5)
                assert re.search(r"101@\S+.*200 OK", one.log)
                await one.stop()
                await call.over.wait()
                assert one.heard_for(440) > 0.2
            await other.unregister()

    run(work())


def test_a_phone_proves_its_own_number_alone_and_ends_with_its_key(here: Office) -> None:
    device, key = here.key(GRANDSTREAM, "103")
    got = told(GRANDSTREAM, fetched(device, key))

    async def answers(as_number: str) -> int:
        async with phone_of(got, number=as_number) as agent:
            try:
                await agent.register(60)
            except Refused as refused:
                return refused.code
            await agent.unregister()
            return 200

    async def work() -> None:
        await asyncio.sleep(2)
        assert await answers("103") == 200
        assert await answers("101") == 403
        devices.revoke(device.pk, actor=here.admin, now=now())
        await asyncio.sleep(2)
        assert await answers("103") == 401

    run(work())


def phone_of(got: Told, *, number: str = "", hz: float = 880) -> AbstractAsyncContextManager[UserAgent]:
    """Our agent, set up by a file alone."""
    credentials = Credentials.from_password(got.sign_in_name, DOMAIN, got.password)
    behaviour = answering(hz=hz)
    return phone(number or got.number, behaviour, proxy=(got.host, got.port), credentials=credentials)
