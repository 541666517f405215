"""A browser's calls into the other building and back, by the sound at both ends; two relays carry it."""

from collections.abc import Iterator

import pytest

from tests.telephony.browser import HZ
from tests.telephony.browser_buildings import DESKS, Buildings, two_buildings

pytestmark = pytest.mark.journey
DESK_B = DESKS["203"][1]


@pytest.fixture(scope="module")
def people(
    committed_database_of_module: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Buildings]:
    with two_buildings(tmp_path_factory.mktemp("sound"), relay_is_late=True) as made:
        yield made


@pytest.fixture
def county(people: Buildings) -> Iterator[Buildings]:
    yield people
    people.end()


@pytest.mark.parametrize("who_ends", ["caller", "called"])
def test_two_browsers_of_two_buildings_talk_hold_and_hang_up(county: Buildings, who_ends: str) -> None:
    anna, ewa = county.anna, county.ewa
    anna.dial("201")
    ewa.says("Dzwoni do ciebie: Anna Nowak (101)")
    ewa.press("Odbierz")
    anna.says("Rozmowa: 201")
    ewa.says("Rozmowa: Anna Nowak (101)")
    assert (anna.hears(HZ), ewa.hears(HZ)) == ("heard", "heard")
    for holder, held in ((anna, ewa), (ewa, anna)):
        holder.press("Wstrzymaj")
        held.says("Rozmówca wstrzymał rozmowę")
        assert held.hears(0) == "heard"
        holder.press("Wznów")
        held.says("Rozmowa: ")
        assert (anna.hears(HZ), ewa.hears(HZ)) == ("heard", "heard")
    ends, other = (anna, ewa) if who_ends == "caller" else (ewa, anna)
    ends.press("Rozłącz")
    other.says("Rozmowa zakończona.")
    ends.says("Rozmowa zakończona.")


def test_a_browser_calls_a_desk_phone_of_the_other_building(county: Buildings) -> None:
    anna = county.anna
    for is_ended_here in (True, False):
        anna.dial("203")
        anna.says("Rozmowa: 203")
        call = county.desk("203")
        assert anna.hears(DESK_B) == "heard"
        assert county.hears(call, HZ)
        anna.page.keyboard.press("7")
        county.until(lambda call=call: call.media.digits == "7")
        anna.press("Wstrzymaj")
        county.until(lambda call=call: call.is_held)
        anna.press("Wznów")
        county.until(lambda call=call: not call.is_held)
        assert anna.hears(DESK_B) == "heard"
        assert county.hears(call, HZ)
        if is_ended_here:
            anna.press("Rozłącz")
            county.until(call.over.is_set)
        else:
            county.beside.do(call.hang_up())
        anna.says("Rozmowa zakończona. 203")


def test_a_desk_phone_calls_a_browser_of_the_other_building(county: Buildings) -> None:
    anna = county.anna
    for is_ended_here in (True, False):
        call = county.rings("203", "101")
        anna.says("Dzwoni do ciebie: Telefon 203 (203)")
        anna.press("Odbierz")
        anna.says("Rozmowa: ")
        call.media.play_tone(DESK_B)
        assert anna.hears(DESK_B) == "heard"
        assert county.hears(call, HZ)
        county.beside.do(call.hold())
        anna.says("Rozmówca wstrzymał rozmowę")
        county.beside.do(call.resume())
        anna.says("Rozmowa: ")
        assert anna.hears(DESK_B) == "heard"
        assert county.hears(call, HZ)
        if is_ended_here:
            anna.press("Rozłącz")
            county.until(call.over.is_set)
        else:
            county.beside.do(call.hang_up())
        anna.says("Rozmowa zakończona. Telefon 203 (203)")
