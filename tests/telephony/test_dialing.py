"""Click to dial: links on screens, what is said when it cannot be, and a really started exchange."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from pytest_django import Settings

from starostwo.office import testing as office
from starostwo.office.api import Actor, actor_for
from starostwo.screens.templatetags.phones import phone_link
from starostwo.telephony import testing
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import Behaviour, answering
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.models import Extension, Node
from starostwo.telephony.rules.classes import INTERNAL
from starostwo.telephony.services import dialing, phones
from starostwo.telephony.services.phones import DOMAIN
from tests.ports import free_port
from tests.telephony.agents import phone, run, until
from tests.telephony.exchange import exchange

PAGE = "/urzad/telefony/zadzwon/"


@pytest.mark.parametrize(
    ("typed", "href", "read"),
    [
        ("601 234 567", "tel:+48601234567", "601 234 567"),
        ("0048 42 288 81 00", "tel:+48422888100", "42 288 81 00"),
        ("116", "tel:116", "116"),
    ],
)
def test_a_number_is_a_link_that_calls(typed: str, href: str, read: str) -> None:
    drawn = phone_link(typed)
    assert f'href="{href}" data-call="{href.removeprefix("tel:")}"' in drawn
    assert f"</span>{read}</a>" in drawn


def test_what_is_no_number_stays_as_it_was_typed() -> None:
    assert phone_link("42 288 81 00 wewn. 12") == "42 288 81 00 wewn. 12"
    assert phone_link("") == phone_link(None) == ""


@pytest.fixture
def node(db: None) -> Node:
    office.make_office()
    testing.load_numbers()
    made = testing.make_node()
    testing.make_phone("116", made, account=office.anna(), may_call=INTERNAL)
    testing.make_phone("102", made)
    return made


def outcome(account: office.Account, number: str) -> dict[str, object]:
    answer = office.client_of(account).post(PAGE, {"numer": number}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    told: dict[str, object] = answer.json()
    return told


def test_it_says_why_it_cannot_and_what_to_do(node: Node, settings: Settings, tmp_path: Path) -> None:
    settings.VOIP_DIR = tmp_path
    anna = office.anna()

    assert outcome(anna, "102") == {
        "said": "Centrala telefoniczna Twojego budynku nie odpowiada, więc nie da się zadzwonić stąd. "
        "Wybierz numer na telefonie i daj znać administratorowi.",
        "rings": False, "has_phone": True,
    }  # fmt: skip
    assert "nie może tam dzwonić" in str(outcome(anna, "601 234 567")["said"])
    assert "nie ma takiego numeru" in str(outcome(anna, "199")["said"])
    assert outcome(anna, "kot")["said"] == "To nie jest numer telefonu."
    nobody = outcome(office.jan(), "102")
    assert (nobody["has_phone"], nobody["rings"]) == (False, False)


def test_without_a_script_there_is_a_form(node: Node, settings: Settings, tmp_path: Path) -> None:
    settings.VOIP_DIR = tmp_path
    client = office.client_of(office.anna())
    page = client.get(PAGE, {"numer": "102"}).content.decode()
    assert "Najpierw zadzwoni Twój telefon 116" in page
    assert 'value="102"' in page
    assert f'<meta name="starostwo-dial" content="{PAGE}">' in page
    refused = client.post(PAGE, {"numer": "102"})
    assert (refused.status_code, "daj znać administratorowi" in refused.content.decode()) == (422, True)
    assert "Nie masz telefonu" in office.client_of(office.jan()).get(PAGE).content.decode()


def test_numbers_are_links_in_the_book(node: Node) -> None:
    page = office.client_of(office.jan()).get("/urzad/telefony/").content.decode()
    assert 'data-call="116"' in page
    assert 'data-call="102"' in page


@dataclass
class Started:
    """A running exchange with two phones."""

    port: int
    passwords: dict[str, str]
    anna: Actor

    @asynccontextmanager
    async def phone(self, number: str, behaviour: Behaviour, **more: Any) -> AsyncIterator[UserAgent]:
        """A phone that is signed in."""
        told = {"credentials": Credentials.from_password(number, DOMAIN, self.passwords[number])} | more
        async with phone(number, behaviour, proxy=("127.0.0.1", self.port), **told) as agent:
            await agent.register(60)
            try:
                yield agent
            finally:
                await agent.unregister()


@pytest.fixture(scope="module")
def started(committed_database_of_module: str) -> Iterator[tuple[Started, Path]]:
    testing.load_numbers()
    port = free_port()
    made = testing.make_node(port=port)
    admin = testing.admin()
    testing.make_phone("116", made, account=office.anna(), has_voicemail=True, forward_no_answer="102")
    testing.make_phone("102", made)
    passwords = {
        number: phones.new_password(number, actor=admin, now=testing.NOW) for number in ("116", "102")
    }
    with exchange(made) as folder, TemporaryDirectory(prefix="runs-") as place:
        runs = Path(place)
        runs.chmod(0o755)  # the exchange answers as another user
        (runs / made.code).symlink_to(folder)
        yield Started(port, passwords, actor_for(office.anna(), today=testing.TODAY)), runs


def test_the_own_telephone_rings_first_and_then_calls_the_number(
    started: tuple[Started, Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    building, settings.VOIP_DIR = started

    async def work() -> None:
        with pytest.raises(dialing.PhoneIsAway):
            dialing.call_from_own_phone("102", actor=building.anna, now=testing.NOW)
        async with (
            building.phone("116", answering(hz=440), accepts_transfers=True) as own,
            building.phone("102", answering(hz=880)) as other,
        ):
            ring = dialing.call_from_own_phone("102", actor=building.anna, now=testing.NOW)
            assert ring == "116"
            await until(lambda: other.calls, within=5)
            [there] = other.calls
            assert there.request.sender.uri.user == "116", "the call is the telephone's own"
            await until(lambda: [call.call_id for call in own.calls] == [there.call_id])  # the first is over
            [here] = own.calls
            assert await here.hears(880)
            here.media.play_tone(440)
            assert await there.hears(440)
            await here.hang_up()

    run(work())


def test_a_telephone_that_nobody_lifts_calls_nobody(
    started: tuple[Started, Path], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    building, settings.VOIP_DIR = started
    Extension.objects.filter(pk="116").update(may_call=INTERNAL)

    async def work() -> None:
        async with (
            building.phone("116", answering(after=60), accepts_transfers=True) as own,
            building.phone("102", answering()) as other,
        ):
            with pytest.raises(dialing.NotAllowed):
                dialing.call_from_own_phone("601 234 567", actor=building.anna, now=testing.NOW)
            dialing.call_from_own_phone("102", actor=building.anna, now=testing.NOW)
            await until(lambda: own.calls)
            own.calls[0].refuse(486)  # type: ignore[attr-defined]
            await asyncio.sleep(0.5)
            assert other.calls == []

    run(work())


def test_nobody_else_rings_a_telephone_in_the_name_of_the_exchange(started: tuple[Started, Path]) -> None:
    building, _ = started

    async def work() -> None:
        async with (
            phone("polacz", proxy=("127.0.0.1", building.port)) as stranger,
            building.phone("116", answering()) as own,
        ):
            call = await stranger.call(f"sip:116@{DOMAIN}")
            await call.over.wait()
            assert (call.code, own.calls) == (407, [])

    run(work())
