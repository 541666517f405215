"""Pages that were kept as files are looked at in the browser, with the styles and scripts of the site."""

from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, Response, Route

from starostwo.screens import testing as screens


def violations(page: Page, files: list[Path], address: str) -> Iterator[str]:
    """What axe finds in each file, shown as if it stood at the address of the site."""
    for number, file in enumerate(files):
        place = f"{address}/kept/{number}/"
        page.route(place, _answering(file))
        page.goto(place)
        yield from (f"{file.name} {line}" for line in screens.axe(page))
        page.unroute(place)


def _answering(file: Path) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=file.read_bytes(), content_type="text/html; charset=utf-8")


def press(page: Page, button: str) -> Response:
    """Press the button and return what the server answered."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    by_name = page.locator("main").get_by_role("button", name=button)
    target = page.locator(button) if button.startswith("main ") else by_name
    with page.expect_navigation() as moved:
        target.first.click()
    assert moved.value is not None
    return moved.value
