"""A browser asks a colleague while the caller waits and connects both, and picks up what rings elsewhere."""

from collections.abc import Iterator

import pytest

from starostwo.screens import testing as screens
from starostwo.telephony import testing
from starostwo.telephony.agent.incoming import answering, busy, ringing_on
from starostwo.telephony.models import Extension
from tests.telephony.browser import HZ
from tests.telephony.browser_buildings import DESKS, LONG, Buildings, two_buildings

pytestmark = pytest.mark.journey
HZ_104, HZ_203 = DESKS["104"][1], DESKS["203"][1]


@pytest.fixture(scope="module")
def people(
    committed_database_of_module: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Buildings]:
    with two_buildings(tmp_path_factory.mktemp("sound")) as made:
        members = [Extension.objects.get(pk=number) for number in ("101", "102", "103")]
        testing.make_group("800", made.nodes["A"], *members)
        yield made


@pytest.fixture
def county(people: Buildings) -> Iterator[Buildings]:
    yield people
    for number, (_, hz) in DESKS.items():
        people.desks[number].behaviour = answering(hz=hz)
    people.end()


def ask(county: Buildings, number: str, colleague: str) -> None:
    """Anna talks with somebody, who then waits while she asks a colleague; by the keyboard alone."""
    anna = county.anna
    anna.dial(number)
    anna.page.locator("#faza", has_text="Rozmowa").wait_for()
    anna.page.keyboard.press("k")
    field = anna.page.get_by_label("Zapytaj, a rozmówca poczeka")
    field.fill(colleague)
    anna.page.keyboard.press("Enter")


@pytest.mark.parametrize("colleague", ["104", "203"])
def test_a_colleague_is_asked_and_then_both_are_connected(county: Buildings, colleague: str) -> None:
    anna, jan = county.anna, county.jan
    anna.dial("102")
    jan.says("Dzwoni do ciebie")
    jan.press("Odbierz")
    anna.says("Rozmowa: ")
    anna.page.keyboard.press("k")
    anna.page.get_by_label("Zapytaj, a rozmówca poczeka").fill(colleague)
    anna.page.keyboard.press("Enter")
    jan.says("Rozmówca wstrzymał rozmowę")
    anna.says(f"Rozmowa: {colleague}. Czeka: 102")
    hz = DESKS[colleague][1]
    assert anna.hears(hz) == "heard"
    assert (screens.axe(anna.page), screens.sideways(anna.page)) == ([], 0)
    anna.picture("consultation")
    anna.page.keyboard.press("l")
    anna.says("Przekazano rozmowę.")
    jan.says(f"Rozmowa: {colleague}")
    last = county.desks[colleague].calls[-1]
    last.media.play_tone(hz)
    assert jan.hears(hz) == "heard"
    assert county.hears(last, HZ)
    jan.press("Rozłącz")


def test_two_browsers_of_two_buildings_are_connected(county: Buildings) -> None:
    anna, jan, ewa = county.anna, county.jan, county.ewa
    anna.dial("102")
    jan.says("Dzwoni do ciebie")
    jan.press("Odbierz")
    anna.says("Rozmowa: ")
    anna.press("Zapytaj kogoś")
    anna.page.get_by_label("Zapytaj, a rozmówca poczeka").fill("201")
    anna.page.keyboard.press("Enter")
    ewa.says("Dzwoni do ciebie")
    ewa.press("Odbierz")
    anna.says("Czeka: 102")
    anna.page.locator("#polacz").click()
    anna.says("Przekazano rozmowę.")
    jan.says("Rozmowa: 201")
    ewa.page.locator("#stan", has_text="Rozmowa: Jan Kos (102)").wait_for()
    assert (jan.hears(HZ), ewa.hears(HZ)) == ("heard", "heard")
    jan.press("Rozłącz")
    ewa.says("Rozmowa zakończona.")


def test_who_waits_is_there_again_when_the_colleague_is_busy_or_hangs_up(county: Buildings) -> None:
    anna = county.anna
    county.desks["104"].behaviour = busy()
    ask(county, "103", "104")
    anna.says("Zajęte. 104. Wróć do rozmówcy, który czeka: Wznów.")
    county.desks["104"].behaviour = answering(hz=HZ_104)
    anna.press("Wznów")
    assert anna.hears(DESKS["103"][1]) == "heard"
    anna.press("Zapytaj kogoś")
    anna.page.get_by_label("Zapytaj, a rozmówca poczeka").fill("104")
    anna.page.keyboard.press("Enter")
    anna.says("Rozmowa: 104. Czeka: 103")
    anna.press("Rozłącz")
    anna.says("Wróć do rozmówcy, który czeka: Wznów.")
    anna.press("Wznów")
    anna.says("Rozmowa: 103")
    assert county.hears(county.desk("103"), HZ)


def test_who_waits_hangs_up_and_the_talk_with_the_colleague_goes_on(county: Buildings) -> None:
    anna = county.anna
    ask(county, "103", "203")
    anna.says("Rozmowa: 203. Czeka: 103")
    county.beside.do(county.desk("103").hang_up(), LONG)
    anna.says("Rozmówca, który czekał, rozłączył się: 103.")
    assert anna.hears(HZ_203) == "heard"
    anna.page.locator("#polacz").wait_for(state="hidden")


def test_a_call_that_cannot_be_passed_on_stays_and_the_window_says_why(county: Buildings) -> None:
    anna = county.anna
    county.desks["104"].behaviour = busy()
    anna.dial("103")
    anna.says("Rozmowa: 103")
    anna.press("Przekaż")
    anna.page.get_by_label("Przekaż rozmowę do").fill("104")
    anna.page.keyboard.press("Enter")
    anna.says("Nie udało się połączyć z 104: zajęte. Rozmowa trwa.")
    assert anna.hears(DESKS["103"][1]) == "heard"


@pytest.mark.parametrize("typed", ["", "103"])
def test_a_ringing_call_of_a_colleague_is_picked_up(county: Buildings, typed: str) -> None:
    jan = county.jan
    county.desks["103"].behaviour = ringing_on()
    call = county.rings("104", "103")
    county.beside.do(call.ringing.wait(), LONG)
    jan.page.get_by_label("Przejmij rozmowę, która dzwoni u").fill(typed)
    jan.page.keyboard.press("Enter")
    jan.says("Rozmowa: ")
    call.media.play_tone(HZ_104)
    assert jan.hears(HZ_104) == "heard"
    assert county.hears(call, HZ)
    county.until(lambda: not county.desks["103"].calls)
    jan.press("Rozłącz")


def test_where_nothing_rings_nothing_is_picked_up(county: Buildings) -> None:
    jan = county.jan
    jan.page.get_by_label("Przejmij rozmowę, która dzwoni u").fill("kot")
    jan.page.keyboard.press("Enter")
    jan.page.get_by_text("Wpisz numer wewnętrzny, na przykład 105, albo zostaw pole puste.").wait_for()
    jan.page.get_by_label("Przejmij rozmowę, która dzwoni u").fill("103")
    jan.press("Przejmij")
    jan.says("Nic tam nie dzwoni albo nie jest to numer z twojej grupy lub komórki.")
