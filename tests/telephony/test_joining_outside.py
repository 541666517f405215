"""Two people outside are joined by the phone that talks with both; what operators ask within such a call."""

import asyncio
from collections.abc import Iterator

import pytest
from django.utils.timezone import now

from starostwo.telephony.agent.addresses import Address, Uri
from starostwo.telephony.agent.call import Call, State, replacing
from starostwo.telephony.agent.dialog import Dialog
from starostwo.telephony.agent.timers import Timers
from starostwo.telephony.agent.transactions import ServerTransaction
from starostwo.telephony.models import Extension
from starostwo.telephony.rules.classes import INTERNAL
from starostwo.telephony.services.phones import DOMAIN
from tests.telephony.agents import phone, run, until
from tests.telephony.buildings import FREE, RINGS, change
from tests.telephony.outside import PATIENT, County, asks_again, both_hear, calls_in, started_county

ASKED = "602000111"


@pytest.fixture(scope="module")
def started(committed_database_of_module: str) -> Iterator[County]:
    with started_county() as county:
        yield county


@pytest.fixture
def county(started: County, monkeypatch: pytest.MonkeyPatch) -> Iterator[County]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a test changes a row between two calls
    yield started
    Extension.objects.update(**FREE, may_call=3, ring_seconds=RINGS)


@pytest.mark.parametrize("number", ["101", "201"])
def test_two_people_outside_are_joined_after_asking(county: County, number: str) -> None:
    """The phone, of this building or the other one, talks with both; both talk with each other without it."""

    async def work() -> None:
        begun = now()
        async with (
            county.switchboard(),
            county.switchboard("B"),
            county.operator() as operator,
            county.buildings.phone(number) as first,
        ):
            change("101", forward_always="" if number == "101" else number)
            call = await calls_in(county, operator)
            mine = first.calls[0]
            await mine.hold()
            asked = await (await first.call(f"sip:{ASKED}@{DOMAIN}")).wait_until_up()
            [other] = [one for one in operator.calls if one is not call]
            assert await mine.transfer(f"sip:{ASKED}@{DOMAIN}", replacing(asked)) == 200
            await asked.over.wait()
            await mine.over.wait()
            await both_hear(call, other)
            await call.hold()
            await until(lambda: other.is_held, PATIENT)
            await call.resume()
            await both_hear(call, other)
            await asyncio.sleep(2)
            left = now()
            await other.hang_up()
            await call.over.wait()
            if number == "101":
                records = await county.recorded(begun, 2)
                paid = next(one for one in records if one.direction == "OUT")
                assert paid.ended_at >= left  # paid to its end
                assert (paid.caller, paid.answered_by, paid.cost is None) == ("101", f"+48{ASKED}", False)

    run(work())


def test_two_who_called_are_joined(county: County) -> None:
    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
        ):
            call = await calls_in(county, operator)
            mine = first.calls[0]
            await mine.hold()
            operator.number = f"+48{ASKED}"
            other = await calls_in(county, operator)
            second = first.calls[1]
            assert await mine.transfer(f"sip:{ASKED}@{DOMAIN}", replacing(second)) == 200
            await second.over.wait()
            await both_hear(call, other)
            await call.hang_up()
            await other.over.wait()

    run(work())


def test_who_may_not_call_outside_joins_nobody_outside(county: County) -> None:
    """Both calls stay, and go on."""

    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
        ):
            call = await calls_in(county, operator)
            mine = first.calls[0]
            await mine.hold()
            asked = await (await first.call(f"sip:{ASKED}@{DOMAIN}")).wait_until_up()
            change("101", may_call=INTERNAL)
            assert await mine.transfer(f"sip:{ASKED}@{DOMAIN}", replacing(asked)) == 603
            assert (asked.state, mine.state) == (State.UP, State.UP)
            [other] = [one for one in operator.calls if one is not call]
            await both_hear(other, asked)
            await mine.resume()
            await both_hear(call, mine)
            await asked.hang_up()
            await mine.hang_up()
            await call.over.wait()

    run(work())


@pytest.mark.parametrize("who_ends", ["first", "second"])
def test_when_the_agent_dies_both_outside_go_on_and_end(county: County, who_ends: str) -> None:
    async def work() -> None:
        async with county.operator() as operator, county.buildings.phone("101") as first:
            program = await county.program()
            try:
                call = await calls_in(county, operator)
                asked = await (await first.call(f"sip:{ASKED}@{DOMAIN}")).wait_until_up()
                [other] = [one for one in operator.calls if one is not call]
                assert await first.calls[0].transfer(f"sip:{ASKED}@{DOMAIN}", replacing(asked)) == 200
                await until(lambda: not first.calls, PATIENT)
            finally:
                program.kill()
                program.wait()
            await both_hear(call, other)
            ends: tuple[Call, Call] = (call, other) if who_ends == "first" else (other, call)
            await ends[0].hang_up()
            await ends[1].over.wait()

    run(work())


def test_nobody_calls_outside_by_saying_that_he_is_in_a_call(county: County) -> None:
    """A stranger names the exchange as his way and a tag that nobody gave; the line stays silent."""

    async def work() -> None:
        seen: list[str] = []
        async with county.operator() as operator, phone("stranger", timers=Timers()) as stranger:

            def meet(transaction: ServerTransaction) -> bool:
                seen.append(transaction.request.method)
                return False

            operator.on_stranger = meet
            target = f"sip:+48700123456@127.0.0.1:{county.buildings.trunk}"
            way = f"<sip:127.0.0.1:{county.buildings.ports['A']};lr>"
            they = Address(Uri.parse(target)).tagged("guessed")
            made = Dialog("guessed", stranger.address.tagged("mine"), they, target, [way], stranger.contact)
            response = await stranger.client.transact(lambda: made.request("INVITE"))
            assert (response.code, seen) == (481, [])

    run(work())


def test_an_operator_asks_for_an_offer_within_the_call(county: County) -> None:
    """His re-INVITE names nothing: whom the agent leads him to offers, and his ACK answers."""

    async def work() -> None:
        async with (
            county.switchboard(),
            county.operator() as operator,
            county.buildings.phone("101") as first,
            county.buildings.phone("103") as third,
        ):
            call = await calls_in(county, operator)
            assert await first.calls[0].transfer(f"sip:103@{DOMAIN}") == 200
            await until(lambda: not first.calls, PATIENT)
            [arrived] = third.calls
            await asks_again(call)
            await both_hear(call, arrived)
            await asks_again(call)
            await both_hear(call, arrived)
            await call.hold()
            await until(lambda: arrived.is_held, PATIENT)
            await arrived.hang_up()
            await call.over.wait()

    run(work())
