"""Passes of browsers: whose they are, how long they hold, what the exchange says to everything else."""

import base64
import hashlib
import hmac
import shutil
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from starostwo.office import testing as office
from starostwo.office.api import actor_for
from starostwo.office.models import Account
from starostwo.platform import sealing
from starostwo.site import testing as site
from starostwo.site.commands.nginx import phones as led
from starostwo.site.nginx import configuration
from starostwo.telephony import testing
from starostwo.telephony.exchange.rtpengine import media_at
from starostwo.telephony.models import BrowserPass, Extension, Node
from starostwo.telephony.rules.passes import LASTS, PURPOSE, Pass, make_pass
from starostwo.telephony.services import phones
from starostwo.telephony.services.passes import give_pass
from tests.ports import free_port
from tests.telephony.agents import phone, run
from tests.telephony.browser_socket import BrowserSocket
from tests.telephony.exchange import exchange
from tests.telephony.test_exchange import refused

ASKED = "/urzad/telefony/telefon/przepustka/"


def test_a_pass_says_until_when_and_for_whom_and_is_signed() -> None:
    made = make_pass("101", "secret", testing.NOW)

    assert made.until - testing.NOW == LASTS == timedelta(hours=10)
    assert made.username == f"{int(made.until.timestamp())}:101"
    signed = hmac.new(b"secret", made.username.encode(), hashlib.sha256).digest()
    assert base64.b64decode(made.password) == signed
    assert make_pass("102", "secret", testing.NOW).password != made.password


def test_what_is_shared_is_neither_a_key_nor_the_same_for_two_purposes() -> None:
    [first], [second] = sealing.shared("a"), sealing.shared("b")
    assert len(first) == 64
    assert first != second
    assert sealing.unseal(sealing.seal(b"x", "a"), "a") == b"x"


@pytest.fixture(scope="module")
def node(committed_database_of_module: str) -> Iterator[Node]:
    testing.load_numbers()
    made = testing.make_node("A", port=free_port())
    Node.objects.filter(pk=made.pk).update(websocket=f"127.0.0.1:{free_port()}")
    made.refresh_from_db()
    testing.make_phone("101", made, account=office.anna())
    testing.make_phone("102", made, account=office.make_staff("j.kos", "Jan Kos"))
    testing.make_trunk(made, port=free_port())
    with exchange(made, media=media_at(made.websocket), reload_seconds=1):  # type: ignore[arg-type]
        yield made


def of(number: str, seconds: int = 60, secret: str = "") -> Pass:
    moment = testing.NOW.fromtimestamp(time.time() + seconds, tz=testing.NOW.tzinfo) - LASTS
    return make_pass(number, secret or sealing.shared(PURPOSE)[0], moment)


def test_the_office_gives_a_pass_for_the_own_number_alone(node: Node) -> None:
    client = office.client_of(office.anna())
    given = client.post(ASKED)

    assert "no-store" in given["Cache-Control"]
    assert given.json()["username"].endswith(":101")
    with BrowserSocket(node.websocket) as browser:
        assert browser.register("101", given.json()["username"], given.json()["password"]) == 200
    assert client.get(ASKED).status_code == 405
    assert office.client_of(office.make_staff("b.bez", "Beata Bez")).post(ASKED).status_code == 404
    assert Client(enforce_csrf_checks=True).post(ASKED).status_code == 403


def test_another_number_another_secret_and_yesterdays_pass_are_refused(node: Node) -> None:
    own, late, forged = of("101"), of("101", seconds=-1), of("101", secret="guessed")
    with BrowserSocket(node.websocket) as browser:
        assert browser.register("101", own.username, own.password) == 200
        assert browser.register("102", own.username, own.password) == 403
        assert browser.register("101", late.username, late.password) == 403
        assert browser.register("101", forged.username, forged.password) == 403
        assert browser.register("101", "x", "y") == 403
        assert browser.call("102", "101", own.username, own.password) == 403
        assert browser.call("101", "199", own.username, own.password) == 404


def test_the_password_of_a_desk_phone_is_no_pass_and_a_pass_is_no_password(node: Node) -> None:
    password = phones.new_password("101", actor=testing.admin(), now=testing.NOW)
    with BrowserSocket(node.websocket) as browser:
        assert browser.register("101", "101", password) == 403

    async def work() -> None:
        own = of("101")
        from_desk = phone("101", proxy=("127.0.0.1", node.port))
        async with from_desk as desk:
            assert own.password
            assert await refused(desk, "102") == 407

    run(work())


def test_a_websocket_calls_nobody_without_a_pass_not_even_an_emergency_number(node: Node) -> None:
    with BrowserSocket(node.websocket) as browser:
        assert browser.call("101", "112") == 407
    with BrowserSocket(node.websocket, "/other") as browser:
        assert " 404 " in browser.greeting


def test_the_offices_web_server_leads_browsers_on(node: Node) -> None:
    folder, port = Path(mkdtemp(prefix="st-phones-")), site.free_port()
    made = configuration(
        name="localhost", application=f"127.0.0.1:{site.free_port()}", static=folder, bulletin=folder,
        visits=folder, certificate=None, listen=f"127.0.0.1:{port}", log=folder / "access.log", phones=led(),
    )  # fmt: skip
    own = of("101")
    with site.nginx(made, folder, port=port):
        with BrowserSocket(f"127.0.0.1:{port}", "/ws/A/") as browser:
            assert browser.register("101", own.username, own.password) == 200
        with BrowserSocket(f"127.0.0.1:{port}", "/ws/B/") as browser:
            assert " 101 " not in browser.greeting
    shutil.rmtree(folder)


@pytest.mark.parametrize("how", ["signs out", "is signed out elsewhere"])
def test_signing_out_of_the_office_ends_the_phone_within_seconds(node: Node, how: str) -> None:
    client, other = office.client_of(office.anna()), office.client_of(office.anna())
    given, another = (one.post(ASKED).json() for one in (client, other))
    with BrowserSocket(node.websocket) as browser, BrowserSocket(node.websocket) as second:
        assert browser.register("101", given["username"], given["password"]) == 200
        assert second.register("101", another["username"], another["password"]) == 200
        if how == "signs out":
            assert client.post("/wylogowanie/").status_code == 302
        else:
            Session.objects.filter(session_key=client.session.session_key).delete()
        assert browser.is_closed_within(10)
        assert second.register("101", another["username"], another["password"]) == 200
    with BrowserSocket(node.websocket) as browser:
        assert browser.register("101", given["username"], given["password"]) == 403
        assert browser.call("101", "102", given["username"], given["password"]) == 403


def test_two_passes_of_one_moment_are_two(node: Node) -> None:
    first, second = (
        give_pass(actor=actor_for(office.anna(), today=testing.TODAY), session_key=key, now=testing.NOW)
        for key in ("one", "two")
    )
    assert second.until - first.until == timedelta(seconds=1)
    later = testing.NOW + timedelta(days=1)
    give_pass(actor=actor_for(office.anna(), today=testing.TODAY), session_key="one", now=later)
    assert not BrowserPass.objects.filter(until__lte=later).exists()


@pytest.mark.parametrize("why", ["blocked", "left"])
def test_who_is_blocked_or_left_is_refused_within_seconds(node: Node, why: str) -> None:
    own = of("102")
    with BrowserSocket(node.websocket) as browser:
        assert browser.register("102", own.username, own.password) == 200
        _change(why, is_out=True)
        time.sleep(2.5)
        assert browser.register("102", own.username, own.password) == 403
        _change(why, is_out=False)
        time.sleep(2.5)
        assert browser.register("102", own.username, own.password) == 200


def _change(why: str, *, is_out: bool) -> None:
    if why == "blocked":
        Extension.objects.filter(pk="102").update(is_blocked=is_out)
    else:
        Account.objects.filter(login="j.kos").update(is_active=not is_out)
