"""Makers for tests in a real browser: Chromium, a page that keeps its faults, axe, widths, a small server."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from starostwo.screens.build import build

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDTHS = {1920: 1080, 1280: 800, 360: 740}
NARROWEST = 320
MEANT = (
    "status of 404",
    "status of 413",
    "status of 422",
    "status of 429",
)  # a refusal is a page too; Chromium notes its number
VIOLATIONS = """async rules => {
  const found = await axe.run({ runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] });
  return found.violations.flatMap(
    one => one.nodes.map(node => `${one.id}: ${node.target[0]} (${one.help})`));
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Faults:
    """What a page did that no page of ours may do."""

    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def all(self) -> list[str]:
        """Every fault in one list; a quiet page has none."""
        return [*self.console, *self.outside, *self.broken]


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """A browser of this machine; the ORM stays usable in the test's thread while it is open."""
    build()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            connections.close_all()  # beside the browser's event loop Django keeps connections of its own
            browser.close()


@contextmanager
def page_of(
    browser: Browser, address: str, *, width: int = 1280, javascript: bool = True, **context: Any
) -> Iterator[tuple[Page, Faults]]:
    """A page in a fresh context at the address of the site, with the faults it collects on its way."""
    height = WIDTHS.get(width, 800)
    fresh = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": height},
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        java_script_enabled=javascript,
        **context,
    )
    page, faults = fresh.new_page(), Faults()
    page.set_default_timeout(10_000)
    _watch(page, faults, address)
    try:
        yield page, faults
    finally:
        fresh.close()


def _watch(page: Page, faults: Faults, address: str) -> None:
    own = urlsplit(address).netloc

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(answer in message.text for answer in MEANT):
            faults.console.append(f"{page.url}: {message.text}")

    def on_request(request: Request) -> None:
        if urlsplit(request.url).netloc not in {own, ""}:
            faults.outside.append(f"{page.url} -> {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: faults.broken.append(f"{page.url}: {error}"))


def axe(page: Page) -> list[str]:
    """The violations that axe finds, one line for each element; an accessible page has none.

    The window is as tall as the page meanwhile, so that a bar that sticks to its edge hides nothing.
    """
    before = page.viewport_size or {"width": 1280, "height": 800}
    height = page.evaluate("Math.max(document.documentElement.scrollHeight, innerHeight)")
    page.set_viewport_size({"width": before["width"], "height": height})
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(VIOLATIONS, RULES)
    page.set_viewport_size(before)
    return [f"{page.url} {line}" for line in found]


def sized(page: Page, width: int, height: int) -> None:
    """Give the window a size and wait until it is drawn: what is pressed next lies where it seems to."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")


def sideways(page: Page, *, width: int = NARROWEST) -> int:
    """By how many pixels the page can be scrolled sideways at this width; 0 is right (WCAG 1.4.10)."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 800})
    excess: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if before:
        page.set_viewport_size(before)
    return excess


def shots(page: Page, folder: Path, name: str) -> list[Path]:
    """Pictures of the page at 1920, 1280 and 360 pixels: the window, and the whole page on the phone."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        files.append(folder / f"{name}-{width}.png")
        page.screenshot(path=files[-1], full_page=width < 1000)
    return files


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own, whose connection to the database ends with it."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


class _QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    """The site in threads of this process, with its static files; yields its address."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    application = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
