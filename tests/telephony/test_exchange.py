"""The call matrix over really started exchanges of two buildings: our configuration, tables, real sound."""

import asyncio
from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from django.utils.timezone import localdate

from starostwo.telephony import testing
from starostwo.telephony.agent.call import Refused
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import IncomingCall, answering, busy, ringing_on
from starostwo.telephony.models import DayOff, Extension, HuntGroup, Node, Number, OpeningHours
from starostwo.telephony.rules.classes import INTERNAL
from starostwo.telephony.services import phones
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import phone, run, until
from tests.telephony.buildings import FREE, Buildings, change, group, refused, talks, two_buildings
from tests.telephony.exchange import exchange


@pytest.fixture(scope="module")
def started(committed_database_of_module: str) -> Iterator[Buildings]:
    buildings, nodes = two_buildings()
    with (
        exchange(nodes["A"], box=f"127.0.0.1:{buildings.box}", tries=3, reload_seconds=1),
        exchange(nodes["B"], box=f"127.0.0.1:{buildings.box}"),
    ):
        yield buildings


@pytest.fixture
def buildings(started: Buildings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Buildings]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a test changes a row between two calls
    yield started
    Extension.objects.update(**FREE, is_blocked=False, may_call=3)
    Number.objects.filter(kind=Number.Kind.GROUP).delete()


def test_sound_goes_both_ways(buildings: Buildings) -> None:
    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102", answering(hz=880)) as second:
            call = await (await first.call(f"sip:102@{DOMAIN}")).wait_until_up()
            call.media.play_tone(440)
            assert await call.hears(880)
            assert await second.calls[0].hears(440)
            await second.calls[0].hang_up()
            await call.over.wait()

    run(work())


def test_wrong_unknown_and_missing_passwords(buildings: Buildings) -> None:
    async def work() -> None:
        for number, password in (("103", "wrong"), ("999", "x")):
            proxy = ("127.0.0.1", buildings.ports["A"])
            told = {"credentials": Credentials.from_password(number, DOMAIN, password)}
            async with phone(number, proxy=proxy, **told) as stranger:
                with pytest.raises(Refused) as answer:
                    await stranger.register()
                assert answer.value.code == 401
                assert await refused(stranger, "102") == 407
        async with phone("103", proxy=("127.0.0.1", buildings.ports["A"])) as silent:
            assert await refused(silent, "102") == 407

    run(work())


def test_who_tries_too_often_is_locked_out_for_a_while(buildings: Buildings) -> None:
    async def work() -> None:
        codes = []
        for password in ["wrong"] * 4 + [buildings.passwords["104"]]:
            told = {"credentials": Credentials.from_password("104", DOMAIN, password)}
            async with phone("104", proxy=("127.0.0.1", buildings.ports["A"]), **told) as guesser:
                with pytest.raises(Refused) as answer:
                    await guesser.register()
                codes.append(answer.value.code)
        assert codes[0] == 401
        assert codes[-1] == 403

    run(work())


def test_names_that_nobody_has_are_not_remembered(buildings: Buildings) -> None:
    """Whoever makes up names by the thousand fills no memory; he is asked again."""

    async def work() -> None:
        told = {"credentials": Credentials.from_password("777", DOMAIN, "guessed")}
        async with phone("777", proxy=("127.0.0.1", buildings.ports["A"]), **told) as guesser:
            for _ in range(5):
                with pytest.raises(Refused) as answer:
                    await guesser.register()
                assert answer.value.code == 401

    run(work())


def test_two_quiet_phones_that_lead_to_each_other_over_both_buildings_end(buildings: Buildings) -> None:
    async def work() -> None:
        async with buildings.phone("101") as first:
            change("102", is_quiet=True, forward_busy="201")
            change("201", is_quiet=True, forward_busy="102")
            assert await refused(first, "102") == 482
            change("102", is_quiet=False, forward_busy="")
            change("201", is_quiet=False, forward_busy="")

    run(work())


def test_nobody_calls_in_anothers_name(buildings: Buildings) -> None:
    async def work() -> None:
        told = {"credentials": Credentials.from_password("102", DOMAIN, buildings.passwords["102"])}
        async with phone("101", proxy=("127.0.0.1", buildings.ports["A"]), **told) as liar:
            assert await refused(liar, "103") in (403, 407)

    run(work())


def test_busy_silent_unknown_and_nonsense(buildings: Buildings) -> None:
    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102", busy()) as second:
            assert await refused(first, "102") == 486
            second.behaviour = ringing_on()
            assert await refused(first, "102") in (408, 480)
            assert await refused(first, "103") == 480
            assert await refused(first, "199") == 404
            for nonsense in ("kot", "10'--2", "1;drop"):
                assert await refused(first, nonsense.replace("'", "%27").replace(";", "%3B")) == 484

    run(work())


def test_the_caller_gives_up(buildings: Buildings) -> None:
    async def work() -> None:
        async with buildings.phone("101") as first, buildings.phone("102", ringing_on()) as second:
            call = await first.call(f"sip:102@{DOMAIN}")
            await call.ringing.wait()
            [other] = second.calls
            await call.give_up()
            await other.over.wait()
            assert call.code == 487

    run(work())


def test_forwarding_always_busy_and_silent(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone("102", busy()) as second,
            buildings.phone("201", answering(hz=1300)),
        ):
            change("102", forward_busy="201")
            await talks(first, "102", 1300)
            second.behaviour = ringing_on()
            change("102", forward_busy="", forward_no_answer="201")
            await talks(first, "102", 1300)
            change("102", forward_no_answer="", forward_always="201")
            await talks(first, "102", 1300)
            change("201", forward_always="102")
            assert await refused(first, "102") == 482

    run(work())


def test_groups_ring_one_by_one_and_all_at_once(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone("102", ringing_on()) as second,
            buildings.phone("201", answering(0.3, hz=1300)),
        ):
            group("800", "103", "102", "201")
            await talks(first, "800", 1300)
            HuntGroup.objects.update(strategy="PARALLEL")
            await talks(first, "800", 1300)
            await until(lambda: not second.calls)
            HuntGroup.objects.update(strategy="SEQUENTIAL", then="102")
            second.behaviour = answering(hz=700)
            change("201", is_blocked=True)
            await talks(first, "800", 700)

    run(work())


def test_a_box_answers_when_nobody_does(buildings: Buildings) -> None:
    async def work() -> None:
        heard: list[str] = []

        async def record(call: Any) -> None:
            heard.append(call.request.headers.get("X-Mailbox"))
            await answering(hz=1000)(call)

        async with buildings.phone("101") as first, phone("box", record, port=buildings.box):
            change("103", has_voicemail=True)
            await talks(first, "103", 1000)
            group("800", "103", has_voicemail=True)
            await talks(first, "800", 1000)
            assert heard == ["103", "800"]

    run(work())


def test_a_box_is_told_when_its_own_person_calls_and_nobody_else_is_taken_for_him(
    buildings: Buildings,
) -> None:
    owner = testing.admin().account_id

    async def work() -> None:
        heard: list[tuple[str, str]] = []

        async def record(call: Any) -> None:
            headers = call.request.headers
            heard.append((headers.get("X-Mailbox"), headers.get("X-Mailbox-Owner")))
            await answering(hz=1000)(call)

        claims = ("X-Mailbox-Owner", "1")
        async with (
            buildings.phone("101", busy()) as first,
            buildings.phone("102", busy()) as second,
            buildings.phone("201", busy()) as other,
            phone("box", record, port=buildings.box),
        ):
            change("101", has_voicemail=True, account=owner)
            await talks(first, "101", 1000)
            await talks(first, "*97", 1000)
            for caller in (second, other):
                call = await (await caller.call(f"sip:101@{DOMAIN}", claims)).wait_until_up()
                assert await call.hears(1000)
                await call.hang_up()
            change("102", forward_always="101")
            await talks(first, "102", 1000)  # a forward is not a call of his own
            change("101", account=None)
        assert heard == [("101", "1"), ("101", "1"), ("101", ""), ("101", ""), ("101", "")]

    run(work())


def test_a_caller_number_alone_opens_no_box(buildings: Buildings) -> None:
    """102 with its own password says that it is 101; a line of an operator says so too."""
    owner = testing.admin().account_id

    async def work() -> None:
        change("101", has_voicemail=True, account=owner)
        secret = Credentials.from_password("102", DOMAIN, buildings.passwords["102"])
        proxy = ("127.0.0.1", buildings.ports["A"])
        async with (
            phone("101", proxy=proxy, credentials=secret) as false,
            phone("101", proxy=proxy) as stranger,
            phone("101", proxy=proxy, port=buildings.trunk) as operator,
        ):
            for dialled in ("101", "*97"):
                assert await refused(false, dialled) == 403
                assert await refused(stranger, dialled) == 407
                assert await refused(operator, dialled) == 404
        change("101", account=None)

    run(work())


def test_the_other_building_both_ways(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101", answering(hz=600)) as first,
            buildings.phone("201", answering(hz=1300)) as other,
        ):
            await talks(first, "201", 1300)
            await talks(other, "101", 600)
            other.behaviour = busy()
            assert await refused(first, "201") == 486

    run(work())


def test_a_phone_of_the_other_building_leaves_the_call_to_its_group(buildings: Buildings) -> None:
    """Its own forwards and its box would take the call away; alone it only rings."""

    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone("102", answering(hz=700)),
            buildings.phone("106", answering(hz=1100)),
            buildings.phone("201", ringing_on()) as other,
        ):
            group("800", "201", "102")
            change("201", has_voicemail=True, forward_busy="106", forward_no_answer="106")
            await talks(first, "800", 700)
            other.behaviour = busy()
            await talks(first, "800", 700)
            await talks(first, "201", 1100)

    run(work())


def test_at_night_and_on_days_off_a_group_goes_elsewhere(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            buildings.phone("101") as first,
            buildings.phone("102", answering(hz=700)),
            buildings.phone("106", answering(hz=1100)),
        ):
            group("800", "102", at_night="106")
            Node.objects.filter(code="A").update(mode="DAY")
            await talks(first, "800", 700)
            Node.objects.filter(code="A").update(mode="NIGHT")
            await talks(first, "800", 1100)
            Node.objects.filter(code="A").update(mode="BY_HOURS")
            today = localdate()
            OpeningHours.objects.all().delete()
            OpeningHours.objects.create(
                node=Node.objects.get(code="A"),
                weekday=today.weekday(),
                opens=time(0),
                closes=time(23, 59, 59),
            )
            await talks(first, "800", 700)
            DayOff.objects.get_or_create(day=today, defaults={"name": "zarządzenie"})
            await talks(first, "800", 1100)

    try:
        run(work())
    finally:
        DayOff.objects.filter(name="zarządzenie").delete()


def test_out_and_in_over_the_operators_line(buildings: Buildings) -> None:
    callers = []

    async def note_who_calls(call: IncomingCall) -> None:
        callers.append(call.caller.uri.number)
        await answering(hz=1500)(call)

    async def work() -> None:
        async with (
            buildings.phone("101", answering(hz=600)) as first,
            buildings.phone("201") as other,
            phone("operator", note_who_calls, port=buildings.trunk) as operator,
        ):
            await talks(first, "601234567", 1500)
            assert callers == ["+48422888100"]
            await talks(other, "601234567", 1500)
            change("101", may_call=INTERNAL)
            assert await refused(first, "601234567") == 403
            await talks(first, "112", 1500)
            operator.client.proxy = ("127.0.0.1", buildings.ports["A"])
            await talks(operator, "+48422888100", 600)
            for dialled in ("101", "+48601234567", "112"):
                assert await refused(operator, dialled) == 404

    run(work())


def test_emergency_numbers_need_no_password(buildings: Buildings) -> None:
    async def work() -> None:
        async with (
            phone("operator", answering(hz=1500), port=buildings.trunk),
            phone("999999", proxy=("127.0.0.1", buildings.ports["A"])) as stranger,
        ):
            await talks(stranger, "112", 1500)
            assert await refused(stranger, "601234567") == 407

    run(work())


def test_a_new_password_holds_soon_and_the_old_one_no_more(buildings: Buildings) -> None:
    async def registers(password: str) -> int:
        told = {"credentials": Credentials.from_password("105", DOMAIN, password)}
        async with phone("105", proxy=("127.0.0.1", buildings.ports["A"]), **told) as agent:
            try:
                await agent.register(60)
            except Refused as refused:
                return refused.code
            await agent.unregister()
            return 200

    async def work() -> None:
        old = buildings.passwords["105"]
        assert await registers(old) == 200
        buildings.passwords["105"] = new = phones.new_password("105", actor=testing.admin(), now=testing.NOW)
        await asyncio.sleep(2.5)
        assert await registers(new) == 200
        assert await registers(old) == 401
        change("105", is_blocked=True)
        await asyncio.sleep(2.5)
        assert await registers(new) == 401
        change("105", is_blocked=False)
        await asyncio.sleep(2.5)

    run(work())
