"""The clerk's keyboard: shortcuts, rows, overlay, lookup; nothing happens while he types."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from starostwo.screens import testing

pytestmark = pytest.mark.journey

STOP = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const box = element.getBoundingClientRect();
  const drawn = [element, element.nextElementSibling].filter(Boolean).flatMap((one) =>
    [null, '::before'].map((part) => getComputedStyle(one, part).outlineStyle));
  const name = element.id || element.name || element.textContent.trim();
  return [name, box.width > 0 && box.bottom <= innerHeight + 1, drawn.includes('solid')];
}"""
FOCUSED = "document.activeElement.textContent.trim() || document.activeElement.id"


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    with testing.page_of(browser, site) as (page, faults):
        yield page
        assert faults.all() == []


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("body.js-enabled")


def test_j_and_k_walk_the_rows_and_enter_opens(page: Page) -> None:
    open_page(page, "/clerk/?rows=3")
    seen = []
    for key in ["j", "j", "j", "j", "k"]:
        page.keyboard.press(key)
        seen.append(page.evaluate(FOCUSED))

    assert seen == ["RPW/4120/2026", "RPW/4119/2026", "RPW/4118/2026", "RPW/4118/2026", "RPW/4119/2026"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/clerk/case/?2")


def test_x_selects_the_row_and_the_count_is_told(page: Page) -> None:
    open_page(page, "/clerk/?rows=3")
    for key in ["j", "x", "j", "x", "x"]:
        page.keyboard.press(key)

    assert page.locator("[data-row] input:checked").count() == 1
    assert page.text_content("[data-selected-count]") == "Zaznaczono: 1"
    page.check("[data-select-all]")
    assert page.text_content("[data-selected-count]") == "Zaznaczono: 3"


def test_a_key_inside_a_row_belongs_to_the_row_with_the_focus(page: Page) -> None:
    open_page(page, "/clerk/?rows=3")
    page.keyboard.press("d")
    assert "/clerk/?rows=3" in page.url, "no row has the focus"

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("d")

    page.wait_for_url("**/clerk/form/?RPW/4119/2026")


def test_after_an_act_on_a_row_the_next_one_waits_in_its_place(page: Page) -> None:
    open_page(page, "/clerk/assign/")
    for key in ["j", "j", "1"]:
        page.keyboard.press(key)

    page.wait_for_selector("#done >> text=quick RPW/4119/2026")
    page.wait_for_selector("[data-row]:nth-child(2) a:focus")


@pytest.mark.parametrize("key", ["Enter", "Control+Enter"])
def test_enter_in_a_field_is_never_the_small_button_of_the_first_row(page: Page, key: str) -> None:
    open_page(page, "/clerk/assign/")
    page.fill("#id_order", "proszę o opinię")
    page.keyboard.press(key)

    page.wait_for_selector("#done >> text=assign 1")


def test_one_key_and_two_keys_lead_away(page: Page) -> None:
    open_page(page, "/clerk/?rows=1")
    page.keyboard.press("n")
    page.wait_for_url("**/clerk/form/")
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/clerk/")


def test_nothing_happens_while_a_person_types(page: Page) -> None:
    open_page(page, "/clerk/?rows=3")
    page.keyboard.press("/")
    assert page.evaluate(FOCUSED) == "st-q"

    page.keyboard.type("jn?x/")

    assert page.input_value("#st-q") == "jn?x/"
    assert page.locator("dialog").count() == 0
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == "RPW/4120/2026"


def test_question_mark_lists_the_keys_and_switches_them_off(page: Page) -> None:
    open_page(page, "/clerk/?rows=3")
    assert page.get_attribute("a.govuk-button[data-key=n]", "aria-keyshortcuts") == "n"
    page.keyboard.press("?")
    listed = dict(
        zip(
            page.locator("dialog dt").all_inner_texts(),
            page.locator("dialog dd").all_inner_texts(),
            strict=True,
        )
    )

    assert listed["n"] == "Zarejestruj pismo"
    assert listed["g m"] == "Moja praca"
    assert listed["j"] == "następny wiersz"
    assert testing.axe(page) == []
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]')") is None
    assert page.get_attribute("a.govuk-button[data-key=n]", "aria-keyshortcuts") is None

    page.click("[data-keys-open]")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == "RPW/4120/2026"


def test_htmx_replaces_a_list_and_the_keys_work_in_the_new_one(page: Page) -> None:
    open_page(page, "/clerk/?rows=5")
    page.evaluate("document.body.dataset.kept = 'yes'")
    page.click("text=Filtruj")
    page.wait_for_selector("[data-row]:nth-child(2):last-child")
    assert page.locator("body[data-kept]").count() == 1, "the page was not loaded again"

    page.keyboard.press("j")

    assert page.evaluate(FOCUSED) == "RPW/4120/2026"
    assert "unit=" in page.url, "the address says what is shown"


def test_ctrl_enter_sends_the_form(page: Page) -> None:
    open_page(page, "/clerk/form/")
    page.focus("#id_note")
    page.keyboard.press("Control+Enter")

    page.wait_for_selector(".govuk-error-summary")


def test_lookup_offers_from_the_third_letter_and_fills_the_form(page: Page) -> None:
    open_page(page, "/clerk/form/")
    page.focus("#id_sender")
    page.keyboard.type("no")
    page.wait_for_timeout(300)
    assert page.locator("[role=option]").count() == 0

    page.keyboard.type("w")
    page.wait_for_selector("[role=option]")
    assert testing.axe(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert page.input_value("#id_sender") == "Nowacki Jan"
    assert page.input_value("#id_party") == "8"
    assert page.input_value("#id_title") == "Pismo: Nowacki Jan"
    assert page.get_attribute("#id_sender", "aria-expanded") == "false"
    page.keyboard.type("x")
    assert page.input_value("#id_party") == "", "a changed text is nobody's choice"


def test_every_stop_of_the_tab_key_is_visible_and_marked(page: Page) -> None:
    open_page(page, "/clerk/form/")
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        stops.append(stop)

    names = [name for name, _, _ in stops]
    assert names[0] == "Przejdź do treści"
    assert {"st-q", "id_sender", "id_received", "id_kind_0", "id_files", "Zarejestruj"} <= set(names)
    assert [stop for stop in stops if not (stop[1] and stop[2])] == []
