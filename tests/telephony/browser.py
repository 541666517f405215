"""The browser's phone in a real Chromium whose microphone hears a tone, and phones of ours beside it."""

import asyncio
import math
import struct
import threading
import wave
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.screens import testing

HZ = 441
SHOTS = Path(settings.ROOT) / "var" / "shots" / "telephony"
WINDOW = "/urzad/telefony/telefon/"
T = TypeVar("T")
HEARS = """async hz => {
  const context = new AudioContext(), found = context.createAnalyser();
  found.fftSize = 8192;
  context.createMediaStreamSource(document.getElementById("slychac").srcObject).connect(found);
  const levels = new Float32Array(found.frequencyBinCount);
  let best = [0, -Infinity];
  for (let times = 0, tries = 0; tries < 60; tries += 1) {
    await new Promise(done => setTimeout(done, 50));
    found.getFloatFrequencyData(levels);
    const at = levels.indexOf(Math.max(...levels)), heard = at * context.sampleRate / found.fftSize;
    best = [heard, levels[at]];
    const is = hz ? Math.abs(heard - hz) < 15 && levels[at] > -70 : levels[at] < -80;
    times = is ? times + 1 : 0;
    if (times === 3) { context.close(); return "heard"; }
  }
  context.close();
  return `heard ${best}`;
}"""


def flags(folder: Path) -> list[str]:
    """A microphone that hears a tone, and everything on this machine."""
    sound = folder / "tone.wav"
    with wave.open(str(sound), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48_000)
        wanted = (round(12_000 * math.sin(2 * math.pi * HZ * at / 48_000)) for at in range(48_000))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in wanted))
    return [
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={sound}", "--allow-loopback-in-peer-connection",
        "--autoplay-policy=no-user-gesture-required", "--disable-features=WebRtcHideLocalIpsWithMdns",
    ]  # fmt: skip


class BrowserPhone:
    """The window of one person."""

    def __init__(self, page: Page, faults: testing.Faults) -> None:
        self.page, self.faults = page, faults

    @property
    def context(self) -> BrowserContext:
        """The browser of the person, for other windows."""
        return self.page.context

    def switch_on(self) -> None:
        """Open the window; where the microphone is allowed already it signs in by itself."""
        self.page.goto(WINDOW)
        self.says("Gotowy do rozmowy.")

    def says(self, words: str) -> None:
        """Wait until the state is told so."""
        try:
            self.page.locator("#stan", has_text=words).wait_for(timeout=20_000)
        except TimeoutError as late:
            raise AssertionError(self.page.inner_text("body")) from late

    def dial(self, number: str) -> None:
        """Type a number and call."""
        self.page.get_by_label("Numer albo nazwisko").fill(number)
        self.page.get_by_role("button", name="Zadzwoń", exact=True).click()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name).click()

    def picture(self, name: str) -> None:
        """How the window looks now, for people."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    def end(self) -> None:
        """Leave no call behind."""
        for name in ("#odrzuc", "#rozlacz"):
            if self.page.locator(name).is_visible():
                self.page.locator(name).click()
        self.page.locator("#rozmowa").wait_for(state="hidden")

    def hears(self, hz: float) -> str:
        """`heard`, or what came instead; 0 is silence."""
        return str(self.page.evaluate(HEARS, hz))


@contextmanager
def browser_phone(browser: Browser, site: str, account: Account, width: int = 400) -> Iterator[BrowserPhone]:
    """A browser of a person who is signed in at the office."""
    with testing.page_of(browser, site, width=width) as (page, faults):
        [(name, cookie)] = [
            (n, c.value) for n, c in office.client_of(account).cookies.items() if "session" in n
        ]
        page.context.add_cookies([{"name": name, "value": cookie, "url": site}])
        yield BrowserPhone(page, faults)


class Beside:
    """An event loop in a thread of its own, where our agents live: Playwright has this thread's."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def do(self, work: Coroutine[Any, Any, T], within: float = 10.0) -> T:
        """Run something there and wait for its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(within)

    def stop(self) -> None:
        """End the loop."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()
