"""What a person hears and sees when it rings, and into what he speaks: with the policies of a usual Chromium.

Chromium's own devices of tests offer two microphones and two loudspeakers beside the usual ones. A script
hears beside the page what its sounds are made of, and keeps the notifications that the page makes.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.telephony.browser import HZ, WINDOW, BrowserPhone
from tests.telephony.browser_buildings import DESKS, LONG, Buildings, two_buildings

pytestmark = pytest.mark.journey
DESK = DESKS["103"][1]
FLAGS = (
    "--autoplay-policy=document-user-activation-required",
    "--use-fake-device-for-media-stream=device-count=3",
)
LISTENS = """
const contexts = [], notes = [];
Object.assign(window, { contexts, notes });
const connect = AudioNode.prototype.connect;
AudioNode.prototype.connect = function (to, ...more) {
  if (to === this.context.destination && !contexts.includes(this.context)) {
    contexts.push(this.context);
    this.context.ear = this.context.createAnalyser();
  }
  if (to === this.context.destination) connect.call(this, this.context.ear);
  return connect.call(this, to, ...more);
};
window.loudness = async () => {
  let most = 0;
  for (let tries = 0; tries < 40; tries += 1) {
    const samples = new Float32Array(2048);
    contexts[0]?.ear.getFloatTimeDomainData(samples);
    most = Math.max(most, ...samples.map(Math.abs));
    if (most > 0.1) break;
    await new Promise(done => setTimeout(done, 100));
  }
  return most;
};
const Real = Notification;
window.Notification = class extends Real {
  constructor(title, more) {
    super(title, more);
    const told = { title, body: more.body, note: this, happened: [] };
    for (const name of ["show", "error", "close"]) {
      this.addEventListener(name, () => told.happened.push(name));
    }
    notes.push(told);
  }
};
const asked = RTCPeerConnection;
window.connections = [];
window.RTCPeerConnection = class extends asked {
  constructor(...more) { super(...more); window.connections.push(this); }
};
"""
SENDS = "connections.at(-1).getSenders()[0].track.label"


@pytest.fixture(scope="module")
def people(
    committed_database_of_module: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Buildings]:
    with two_buildings(tmp_path_factory.mktemp("sound"), *FLAGS, script=LISTENS) as made:
        yield made


@pytest.fixture
def county(people: Buildings) -> Iterator[Buildings]:
    yield people
    people.end()


def holds(browser: BrowserPhone, what: str, arg: object = None) -> None:
    """Wait until something is true in the page; its policy lets no script of Playwright wait there."""
    end = time.monotonic() + LONG
    while not browser.page.evaluate(what, arg):
        assert time.monotonic() < end, f"{what}: {browser.page.evaluate('document.body.innerText')}"
        browser.page.wait_for_timeout(100)


def choose(browser: BrowserPhone, name: str, label: str) -> str:
    """Choose a device by its name; what it is called inside the browser."""
    if not browser.page.get_by_label("Mikrofon", exact=True).is_visible():
        browser.page.get_by_text("Mikrofon, głośnik, powiadomienia").click()
    field = browser.page.get_by_label(name, exact=True)
    expect(field.locator("option", has_text=label)).to_have_count(1)
    field.select_option(label=label)
    return field.input_value()


def untouched(browser: BrowserPhone) -> Callable[[str], Any]:
    """The window opened anew, and a look at it that is no touch to Chromium, as Playwright's is."""
    browser.page.goto("about:blank")
    former, browser.page = browser.page, browser.context.new_page()
    former.close()
    browser.page.goto(WINDOW)
    asked = browser.context.new_cdp_session(browser.page)

    def look(what: str) -> Any:
        told = asked.send(
            "Runtime.evaluate", {"expression": what, "returnByValue": True, "awaitPromise": True}
        )
        return told["result"].get("value")

    return look


def seen(look: Callable[[str], Any], what: str) -> None:
    """Wait until something is true there."""
    end = time.monotonic() + LONG
    while not look(what):
        assert time.monotonic() < end, look("document.body.innerText")
        time.sleep(0.1)


def test_it_rings_when_the_browser_lets_it_and_the_window_says_when_it_does_not(county: Buildings) -> None:
    ewa = county.ewa
    look = untouched(ewa)
    seen(look, "document.getElementById('stan').textContent === 'Gotowy do rozmowy.'")
    call = county.rings("203", "201")
    seen(look, "document.getElementById('stan').textContent.startsWith('Dzwoni do ciebie')")
    assert not look("navigator.userActivation.hasBeenActive")
    assert look("document.getElementById('wlacz').checkVisibility()")
    assert "Żeby dzwonek było słychać" in look("document.getElementById('wlacz').innerText")
    assert look("[contexts[0].state, contexts[0].currentTime]") == ["suspended", 0]
    assert look("loudness()") == 0
    ewa.press("Włącz telefon")
    expect(ewa.page.locator("#wlacz")).to_be_hidden()
    assert ewa.page.evaluate("loudness()") > 0.1
    before = ewa.page.evaluate("contexts[0].currentTime")
    holds(ewa, "before => contexts[0].currentTime > before + 0.5", before)
    county.beside.do(call.give_up(), LONG)
    ewa.says("Nieodebrana rozmowa.")
    ewa.page.wait_for_timeout(300)
    assert ewa.page.evaluate("loudness()") == 0


def test_behind_other_windows_a_notification_tells_who_calls_and_a_click_answers(county: Buildings) -> None:
    anna = county.anna
    anna.context.grant_permissions(["microphone", "notifications"])
    anna.page.evaluate("document.hasFocus = () => false")
    call = county.rings("103", "101")
    holds(anna, "notes.some(one => one.body.startsWith('Telefon 103 (103)'))")
    assert anna.page.evaluate("[Notification.permission, notes.at(-1).title, notes.at(-1).body]") == [
        "granted", "Dzwoni telefon", "Telefon 103 (103). Kliknij, żeby odebrać.",
    ]  # fmt: skip
    holds(anna, "notes.at(-1).happened.includes('show')")
    holds(anna, "document.title.startsWith('Dzwoni: Telefon 103')")
    anna.page.evaluate("notes.at(-1).note.dispatchEvent(new Event('click'))")
    anna.says("Rozmowa: ")
    call.media.play_tone(DESK)
    assert anna.hears(DESK) == "heard"
    holds(anna, "notes.at(-1).happened.includes('close')")
    anna.press("Rozłącz")


def test_devices_are_changed_in_a_call_and_the_other_side_hears_the_new_one(county: Buildings) -> None:
    anna = county.anna
    anna.dial("103")
    anna.says("Rozmowa: 103")
    call = county.desk("103")
    assert county.hears(call, HZ)
    for label in ("Fake Audio Input 2", "Fake Audio Input 1"):
        anna.page.evaluate("window.former = connections.at(-1).getSenders()[0].track")
        choose(anna, "Mikrofon", label)
        holds(anna, f"{SENDS} === '{label}'")
        assert anna.page.evaluate("former.readyState") == "ended"
        assert county.hears(call, HZ)
    spoken = choose(anna, "Głośnik rozmowy", "Fake Audio Output 1")
    rings = choose(anna, "Głośnik dzwonka", "Fake Audio Output 2")
    anna.press("Sprawdź dzwonek")
    assert anna.page.evaluate("loudness()") > 0.1
    assert rings != spoken
    holds(anna, "id => document.getElementById('slychac').sinkId === id", arg=spoken)
    holds(anna, "id => contexts[0].sinkId === id", arg=rings)
    assert anna.hears(DESK) == "heard"
    anna.press("Rozłącz")


def test_a_microphone_unplugged_in_a_call_is_told_and_the_usual_one_is_taken(county: Buildings) -> None:
    anna = county.anna
    choose(anna, "Mikrofon", "Fake Audio Input 2")
    anna.dial("103")
    anna.says("Rozmowa: 103")
    holds(anna, f"{SENDS} === 'Fake Audio Input 2'")
    anna.page.evaluate(
        """() => {
          const all = navigator.mediaDevices, list = all.enumerateDevices.bind(all);
          all.enumerateDevices = async () => (await list()).filter(one => one.label !== "Fake Audio Input 2");
          all.dispatchEvent(new Event("devicechange"));
        }"""
    )
    anna.page.get_by_text("Odłączono: Fake Audio Input 2. Mikrofon jest teraz domyślny.").wait_for()
    holds(anna, f"{SENDS} === 'Fake Default Audio Input'")
    assert county.hears(county.desk("103"), HZ)
    anna.page.evaluate(
        """() => {
          delete navigator.mediaDevices.enumerateDevices;
          navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
        }"""
    )
    holds(anna, f"{SENDS} === 'Fake Audio Input 2'")
    anna.press("Rozłącz")
