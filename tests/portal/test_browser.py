"""In a real browser: the editor by keyboard and without scripts, axe, 320 pixels, weight of a first visit."""

import gzip
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, Page, Response, expect

from starostwo.office import testing as office
from starostwo.portal.models import Alert, Article, Event, Place
from starostwo.portal.services import things
from starostwo.portal.testing import editing, editor, make_article, make_image
from starostwo.screens import testing

pytestmark = pytest.mark.journey
MOST_FONT_BYTES = 25_000
MOST_BYTES = 40_000
NEW = "/urzad/portal/teksty/aktualnosci/nowy/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with testing.chromium() as found:
        yield found


@pytest.fixture
def site(committed_database: str) -> Iterator[str]:
    """A county with something of everything."""
    office.make_office()
    image, moment = make_image(now=now()), now()
    block = {
        "kind": "image",
        "image": str(image.pk),
        "alt": "Most",
        "decorative": "",
        "caption": "Po remoncie",
    }
    table = {
        "kind": "table",
        "caption": "Kwoty",
        "rows": "Gmina | Kwota\nZgierz | 100 zł",
        "head_row": "on",
        "head_column": "",
    }
    for number in range(3):
        make_article(f"Wiadomość {number}", now=moment, blocks=[block, table], easy="Most jest naprawiony.")
    make_article("O powiecie", kind=Article.Kind.PAGE, now=moment)
    event = {
        "title": "Kiermasz",
        "summary": "Krótko.",
        "place": "Zgierz",
        "starts_at": moment,
        "is_shown": True,
    }
    things.add(Event, actor=editing(), values=event, now=moment)
    alert = {
        "text": "Awaria telefonów.",
        "starts_at": moment,
        "ends_at": moment.replace(year=moment.year + 1),
    }
    things.add(Alert, actor=editing(), values=alert, now=moment)
    for name, degrees in (("Park", (51.85, 19.41)), ("Dwór", (51.97, 19.3))):
        place = {"name": name, "category": "park", "text": "Opis.", "address": "Zgierz"}
        place |= {"latitude": degrees[0], "longitude": degrees[1]}  # type: ignore[dict-item]
        things.add(Place, actor=editing(), values=place, now=moment)
    with testing.serving() as address:
        yield address


def signed_in(page: Page, site: str) -> None:
    name = settings.SESSION_COOKIE_NAME
    session = office.client_of(editor()).cookies[name].value
    page.context.add_cookies([{"name": name, "value": session, "url": site}])


def test_a_page_is_written_by_keyboard_alone_and_without_scripts(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, width=1280, javascript=False) as (page, faults):
        signed_in(page, site)
        page.goto(NEW)
        page.get_by_label("Tytuł").focus()
        page.keyboard.type("Most otwarty")
        page.keyboard.press("Tab")
        page.keyboard.type("Od piątku jedziemy mostem.")
        page.keyboard.press("Tab")
        page.keyboard.type("Zobacz [tutaj](/powiat/).")
        press(page, "nagłówek")
        expect(page.locator("[name=b1-text]")).to_be_focused()
        page.keyboard.type("Co dalej")
        press(page, "Wyżej: blok 2")
        expect(page.locator("[name=b0-text]")).to_be_focused()
        press(page, "Zapisz wersję roboczą")

        assert page.locator(".govuk-error-summary").inner_text().count("nie mówi, dokąd prowadzi") == 1
        page.get_by_label("Treść").nth(1).fill("Zobacz [stronę o powiecie](/powiat/).")
        press(page, "Zapisz wersję roboczą")
        press(page, "Opublikuj wersję 1")
        page.goto("/aktualnosci/most-otwarty/")
        assert page.locator("main h2").inner_text() == "Co dalej"
        assert faults.all() == []


def press(page: Page, label: str) -> None:
    """Walk to a button by the Tab key and press it."""
    for _ in range(150):
        page.keyboard.press("Tab")
        told = page.evaluate("[document.activeElement.tagName, document.activeElement.textContent.trim()]")
        if told[0] == "BUTTON" and told[1] == label:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the Tab key does not reach {label!r}")


PUBLIC = [
    "/",
    "/aktualnosci/",
    "/aktualnosci/wiadomosc-0/",
    "/powiat/",
    "/powiat/o-powiecie/",
    "/wydarzenia/",
    "/wydarzenia/kiermasz/",
    "/kontakt/",
    "/miejsca/",
    "/konsultacje/",
    "/rada/",
    "/rada/interpelacje/",
    "/newsletter/",
]


def test_public_pages_are_for_everybody(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, width=1280) as (page, faults):
        found: list[Any] = []
        for address in PUBLIC:
            page.goto(address)
            found += testing.axe(page)
            if sideways := testing.sideways(page):
                found.append((address, sideways))
        assert [*found, *faults.all()] == []
        assert localdate().year > 2000


def test_the_desk_of_editors_is_for_everybody(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, width=1280) as (page, faults):
        signed_in(page, site)
        found: list[Any] = []
        article = Article.objects.filter(kind="NEWS").order_by("id")[0].pk
        for address in (
            "/urzad/portal/teksty/strony/",
            NEW,
            f"/urzad/portal/teksty/{article}/",
            f"/urzad/portal/teksty/{article}/zmiana/",
            "/urzad/portal/obrazy/",
            "/urzad/portal/wpisy/wydarzenia/",
            "/urzad/portal/wpisy/komunikaty/nowy/",
            "/urzad/portal/newsletter/",
        ):
            page.goto(address)
            found += testing.axe(page)
            if sideways := testing.sideways(page):
                found.append((address, sideways))
        assert [*found, *faults.all()] == []


@pytest.mark.parametrize("address", ["/", "/aktualnosci/wiadomosc-0/", "/miejsca/", "/kontakt/"])
def test_a_first_visit_weighs_at_most_40_kb(site: str, browser: Browser, address: str) -> None:
    """Compressed, without fonts and pictures."""
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type not in ("font", "image"):
            weights[urlsplit(response.url).path] = len(gzip.compress(response.body(), 6))

    with testing.page_of(browser, site, width=360) as (page, _):
        page.on("response", weigh)
        page.goto(address, wait_until="networkidle")
    assert "/static/screens/public.css" in weights
    assert sum(weights.values()) <= MOST_BYTES, weights


def test_a_polish_page_loads_the_two_fonts_that_its_head_names(site: str, browser: Browser) -> None:
    """And all its letters are drawn with them: the extended file is for foreign names alone."""
    loaded: dict[str, int] = {}

    def weigh(response: Response) -> None:
        if response.request.resource_type == "font":
            loaded[urlsplit(response.url).path.rpartition("/")[2]] = len(response.body())

    with testing.page_of(browser, site, width=360) as (page, _):
        page.on("response", weigh)
        page.goto("/", wait_until="networkidle")
        named = page.eval_on_selector_all("link[rel=preload]", "links => links.map(one => one.href)")
        page.evaluate("(words) => document.body.append(words)", "Zażółć gęślą jaźń ĄĆĘŁŃÓŚŹŻ")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next Variable\"', 'aąż')")
        extended = page.evaluate("document.fonts.check('16px \"Atkinson Hyperlegible Next Variable\"', 'ș')")
    assert {one.rpartition("/")[2] for one in named} == set(loaded)
    assert sum(loaded.values()) < MOST_FONT_BYTES
    assert not extended
