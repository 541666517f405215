"""A resident calls the county; who answers in a browser sends him on, and the next one sees his number."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.telephony.browser import HZ
from tests.telephony.browser_buildings import COUNTY, DESKS, LONG, OUTSIDE, Buildings, two_buildings

pytestmark = pytest.mark.journey
TONE = 2000.0  # of who is outside


@pytest.fixture(scope="module")
def people(
    committed_database_of_module: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Buildings]:
    with two_buildings(tmp_path_factory.mktemp("sound"), line=True) as made:
        yield made


@pytest.fixture
def county(people: Buildings) -> Iterator[Buildings]:
    yield people
    for call in list(people.desks[OUTSIDE].calls):
        people.beside.do(call.hang_up(), LONG)
    people.end()


def talks_with_anna(county: Buildings) -> Any:
    """Somebody outside calls the county's number and Anna answers; both hear each other."""
    call = county.rings(OUTSIDE, COUNTY)
    county.anna.says("Dzwoni do ciebie: 601 234 567")
    county.anna.press("Odbierz")
    county.anna.says("Rozmowa: 601 234 567")
    call.media.play_tone(TONE)
    assert county.anna.hears(TONE) == "heard"
    assert county.hears(call, HZ)
    return call


@pytest.mark.parametrize("desk", ["104", "203"])
def test_somebody_outside_is_sent_from_a_browser_to_a_desk_phone(county: Buildings, desk: str) -> None:
    call = talks_with_anna(county)
    county.anna.press("Przekaż")
    county.anna.page.get_by_label("Przekaż rozmowę do").fill(desk)
    county.anna.page.keyboard.press("Enter")
    arrived = county.desk(desk)
    assert arrived.caller.uri.number == OUTSIDE
    county.anna.page.locator("#rozmowa").wait_for(state="hidden")
    assert county.hears(call, DESKS[desk][1])
    assert county.hears(arrived, TONE)


@pytest.mark.parametrize("number", ["102", "201"])
def test_somebody_outside_is_sent_from_a_browser_to_a_browser(county: Buildings, number: str) -> None:
    call = talks_with_anna(county)
    county.anna.press("Przekaż")
    county.anna.page.get_by_label("Przekaż rozmowę do").fill(number)
    county.anna.page.keyboard.press("Enter")
    colleague = county.browsers[number]
    colleague.says("Dzwoni do ciebie: 601 234 567")
    colleague.press("Odbierz")
    colleague.says("Rozmowa: 601 234 567")
    county.anna.page.locator("#rozmowa").wait_for(state="hidden")
    assert colleague.hears(TONE) == "heard"
    assert county.hears(call, HZ)
    colleague.press("Rozłącz")
    county.until(lambda: not county.desks[OUTSIDE].calls)
