"""Two people with browsers' phones and two desk phones: what they do with them, by the sound at both ends."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import expect

from starostwo.office import testing as office
from starostwo.screens import testing as screens
from starostwo.telephony import testing
from starostwo.telephony.agent.digest import Credentials
from starostwo.telephony.agent.incoming import answering
from starostwo.telephony.agent.user_agent import UserAgent
from starostwo.telephony.exchange.rtpengine import media_at
from starostwo.telephony.services import phones
from starostwo.telephony.services.phones import DOMAIN
from tests.ports import free_port
from tests.telephony.agents import until
from tests.telephony.browser import HZ, SHOTS, WINDOW, Beside, BrowserPhone, browser_phone, flags
from tests.telephony.exchange import exchange
from tests.telephony.relay import relay

pytestmark = pytest.mark.journey
DESKS = {"103": 880.0, "104": 1300.0}


class County:
    """Anna (101) and Jan (102) at their browsers, desk phones 103 and 104."""

    def __init__(
        self, anna: BrowserPhone, jan: BrowserPhone, beside: Beside, desks: dict[str, UserAgent]
    ) -> None:
        self.anna, self.jan, self.beside, self.desks = anna, jan, beside, desks

    def desk(self, number: str) -> Any:
        """The one call of a desk phone."""
        self.beside.do(until(lambda: self.desks[number].calls, 20), 25)
        return self.desks[number].calls[0]

    def on_desk(self, number: str, hz: float) -> None:
        """The desk phone hears the tone."""
        call = self.desk(number)
        call.media.forget()
        assert self.beside.do(call.hears(hz))


@pytest.fixture
def county(people: County) -> Iterator[County]:
    yield people
    for browser in (people.anna, people.jan):
        browser.end()
    people.beside.do(until(lambda: not any(desk.calls for desk in people.desks.values()), 20), 25)


@pytest.fixture(scope="module")
def people(committed_database_of_module: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    office.make_office()
    testing.load_numbers()
    node = testing.make_node("A", port=free_port())
    node.websocket = f"127.0.0.1:{free_port()}"
    node.save()
    staff = {"101": office.anna(), "102": office.make_staff("j.kos", "Jan Kos", unit="AB")}
    for number, account in staff.items():
        testing.make_phone(number, node, account=account, ring_seconds=5)
    passwords = {}
    for number in DESKS:
        testing.make_phone(number, node, ring_seconds=5)
        passwords[number] = phones.new_password(number, actor=testing.admin(), now=testing.NOW)
    media = media_at(node.websocket)
    assert media is not None
    beside, desks = Beside(), {}
    with ExitStack() as stack:
        stack.callback(beside.stop)
        stack.enter_context(relay(media))
        stack.enter_context(exchange(node, media=media))  # type: ignore[arg-type]
        for number, hz in DESKS.items():
            shown = Credentials.from_password(number, DOMAIN, passwords[number])
            desks[number] = UserAgent(
                number, DOMAIN, proxy=("127.0.0.1", node.port), credentials=shown, behaviour=answering(hz=hz),
                accepts_transfers=True,
            )  # fmt: skip
            beside.do(desks[number].start())
            beside.do(desks[number].register(300))
            stack.callback(lambda agent: beside.do(agent.stop()), desks[number])
        site = stack.enter_context(screens.serving())
        browser = stack.enter_context(screens.chromium(*flags(tmp_path_factory.mktemp("sound"))))
        anna = stack.enter_context(browser_phone(browser, site, staff["101"]))
        jan = stack.enter_context(browser_phone(browser, site, staff["102"]))
        anna.switch_on()
        jan.switch_on()
        yield County(anna, jan, beside, desks)


def test_two_browsers_talk_hold_and_mute(county: County) -> None:
    anna, jan = county.anna, county.jan
    assert (screens.axe(anna.page), screens.sideways(anna.page)) == ([], 0)
    anna.page.get_by_label("Numer albo nazwisko").press_sequentially("Kos")
    anna.page.get_by_role("option", name="Jan Kos").click()
    anna.page.keyboard.press("Enter")
    jan.says("Dzwoni do ciebie: Anna Nowak (101)")
    assert "Dzwoni: " in jan.page.title() or jan.page.wait_for_function(
        "document.title.startsWith('Dzwoni: ')"
    )
    assert screens.axe(jan.page) == []
    jan.picture("rings")
    jan.page.keyboard.press("o")
    anna.says("Rozmowa: Jan Kos (102)")
    assert (anna.hears(HZ), jan.hears(HZ)) == ("heard", "heard")
    assert screens.axe(anna.page) == []
    anna.press("Wstrzymaj")
    jan.says("Rozmówca wstrzymał rozmowę")
    anna.picture("held")
    anna.press("Wznów")
    jan.says("Rozmowa: ")
    assert jan.hears(HZ) == "heard"
    anna.press("Wycisz")
    anna.says("Rozmowa, mikrofon wyciszony")
    assert jan.hears(0) == "heard"
    anna.press("Włącz głos")
    jan.press("Rozłącz")
    anna.says("Rozmowa zakończona. Jan Kos (102)")


def test_to_a_desk_phone_with_digits_hold_and_transfer(county: County) -> None:
    anna = county.anna
    anna.dial("103")
    anna.says("Rozmowa: 103")
    assert anna.hears(DESKS["103"]) == "heard"
    county.on_desk("103", HZ)
    for digit in "5#":
        anna.page.keyboard.press(digit)
    anna.page.get_by_text("Wysłane znaki: 5#").wait_for()
    call = county.desk("103")
    county.beside.do(until(lambda: call.media.digits == "5#", 20), 25)
    anna.press("Wstrzymaj")
    county.beside.do(until(lambda: call.is_held, 20), 25)
    anna.press("Wznów")
    county.beside.do(until(lambda: not call.is_held, 20), 25)
    assert anna.hears(DESKS["103"]) == "heard"
    anna.press("Przekaż")
    anna.picture("transfer")
    anna.page.get_by_label("Przekaż rozmowę do").fill("104")
    anna.page.keyboard.press("Enter")
    anna.says("Przekazano rozmowę. 103")
    assert county.beside.do(call.transferred.hears(DESKS["104"]))
    county.beside.do(call.transferred.hang_up())


def test_a_desk_phone_calls_is_refused_missed_answered_and_passes_on(county: County) -> None:
    anna, desk = county.anna, county.desks["103"]

    def rings(number: str = "101") -> Any:
        return county.beside.do(desk.call(f"sip:{number}@{DOMAIN}"))

    call = rings()
    anna.says("Dzwoni do ciebie: Telefon 103 (103)")
    county.beside.do(call.give_up())
    anna.page.get_by_role("button", name="Oddzwoń: Telefon 103 (103)").wait_for()
    call = rings()
    anna.says("Dzwoni do ciebie")
    anna.press("Odrzuć")
    county.beside.do(until(lambda: call.code == 486, 20), 25)
    call = rings()
    anna.says("Dzwoni do ciebie")
    anna.press("Odbierz")
    anna.says("Rozmowa: ")
    call.media.play_tone(DESKS["103"])
    assert anna.hears(DESKS["103"]) == "heard"
    county.on_desk("103", HZ)
    second = county.beside.do(county.desks["104"].call(f"sip:101@{DOMAIN}"))
    county.beside.do(until(lambda: second.code == 486, 20), 25)
    assert county.beside.do(call.transfer(f"sip:104@{DOMAIN}")) == 200
    county.beside.do(call.hang_up())
    anna.says("Rozmowa: 104")
    assert anna.hears(DESKS["104"]) == "heard"
    anna.press("Rozłącz")
    anna.says("Rozmowa zakończona. 104")


def test_other_pages_talk_to_the_window_and_come_and_go(county: County) -> None:
    anna = county.anna
    page = anna.context.new_page()
    page.goto("/urzad/telefony/")
    page.evaluate("new BroadcastChannel('starostwo-telefon').postMessage({call: '103'})")
    anna.says("Rozmowa: 103")
    page.goto(WINDOW)
    page.get_by_text("Telefon jest już otwarty w innym oknie").wait_for()
    page.goto("/urzad/telefony/")
    pages = len(anna.context.pages)
    page.get_by_role("link", name="Telefon", exact=True).click()
    page.get_by_text("To okno jest już otwarte.").wait_for()
    assert len(anna.context.pages) == pages
    page.close()
    assert anna.hears(DESKS["103"]) == "heard"
    county.beside.do(county.desk("103").hang_up())
    anna.says("Rozmowa zakończona. 103")


def test_devices_are_chosen_and_kept(county: County) -> None:
    anna = county.anna
    anna.page.get_by_text("Mikrofon, głośnik, powiadomienia").click()
    field = anna.page.get_by_label("Mikrofon", exact=True)
    expect(field.locator("option")).not_to_have_count(1)
    anna.dial("103")
    anna.says("Rozmowa: 103")
    label = field.locator("option").nth(1).text_content()
    field.select_option(index=1)
    county.on_desk("103", HZ)
    anna.press("Sprawdź dzwonek")
    anna.press("Rozłącz")
    anna.page.reload()
    anna.says("Gotowy do rozmowy.")
    expect(anna.page.get_by_label("Mikrofon", exact=True).locator("option:checked")).to_have_text(
        label or "?"
    )
    screens.shots(anna.page, SHOTS, "phone-ready")
    assert (screens.axe(anna.page), screens.sideways(anna.page)) == ([], 0)


def test_what_cannot_be_called_is_told_in_words(county: County) -> None:
    anna = county.anna
    anna.dial("kot")
    anna.page.get_by_text("wybierz osobę z podpowiedzi").wait_for()
    anna.picture("refused")
    anna.dial("199")
    anna.says("Nie ma takiego numeru. 199")
    expect(anna.page.get_by_role("button", name="Zadzwoń", exact=True)).to_be_visible()
    assert [*anna.faults.all(), *county.jan.faults.all()] == []
