"""What scripts add to forms: autosave, the question before leaving, dropped files, counting of characters."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from starostwo.screens import testing
from tests.screens import site as small_site

pytestmark = pytest.mark.journey


@pytest.fixture
def page(site: str, browser: Browser) -> Iterator[Page]:
    small_site.saved.clear()
    with testing.page_of(browser, site, width=360) as (page, faults):
        yield page
        assert faults.outside == []
        assert faults.broken == []


DROP = """(element) => {
  const files = new DataTransfer();
  files.items.add(new File(['x'.repeat(2500)], 'skan.pdf', {type: 'application/pdf'}));
  element.dispatchEvent(new DragEvent('drop', {dataTransfer: files, bubbles: true, cancelable: true}));
}"""


def test_what_is_typed_is_saved_within_three_seconds(page: Page) -> None:
    page.goto("/resident/form/")
    page.fill("#id_title", "Dziura w drodze")

    page.wait_for_selector("text=/^Zapisano o/", timeout=3000)

    assert small_site.saved[-1]["title"] == "Dziura w drodze"
    assert "files" not in small_site.saved[-1]
    assert page.get_attribute("[data-autosave-state]", "role") == "status"


def test_a_failed_save_says_so_and_tries_again(page: Page) -> None:
    page.goto("/resident/form/")
    page.route("**/autosave/", lambda route: route.abort())
    page.fill("#id_title", "Dziura")
    page.wait_for_selector("text=Nie udało się zapisać")
    assert small_site.saved == []

    page.unroute("**/autosave/")

    page.wait_for_selector("text=/^Zapisano o/")
    assert small_site.saved[-1]["title"] == "Dziura"


def test_unsaved_text_is_not_left_without_a_question(page: Page) -> None:
    page.goto("/clerk/form/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#id_title", "Wniosek")
    page.goto("/resident/")
    assert asked == ["beforeunload"]

    page.goto("/clerk/form/")
    page.fill("#id_title", "Wniosek")
    page.wait_for_selector("text=/^Zapisano o/")
    page.goto("/resident/")
    assert asked == ["beforeunload"], "what is saved may be left"


def test_dropped_files_are_listed_added_and_sent(page: Page) -> None:
    page.goto("/resident/form/")
    page.wait_for_selector("[data-drop-hint]:not([hidden])")
    page.eval_on_selector("[data-drop]", DROP)
    page.eval_on_selector("[data-drop]", DROP)

    assert page.locator("[data-drop-list] li").all_inner_texts() == ["skan.pdf (2,5 kB)", "skan.pdf (2,5 kB)"]
    assert page.eval_on_selector("#id_files", "(input) => input.files.length") == 2


def test_characters_left_are_counted_in_polish(page: Page) -> None:
    page.goto("/resident/form/")
    page.wait_for_selector("body.js-enabled")
    page.fill("#id_body", "x" * 1998)

    page.wait_for_selector(".govuk-character-count__status >> text=Pozostały 2 znaki")


def test_without_javascript_the_form_is_whole(site: str, browser: Browser) -> None:
    with testing.page_of(browser, site, javascript=False) as (page, _):
        page.goto("/clerk/form/")
        assert page.locator("[data-keys-open]:visible, [data-drop-hint]:visible").count() == 0
        page.click("main button.govuk-button")

        assert page.locator(".govuk-error-summary a").count() == 4
        page.fill("#id_sender", "Nowak")
        page.fill("#id_received", "23112026")
        page.fill("#id_title", "Wniosek")
        page.check("#id_kind_0")
        page.click("main button.govuk-button")
        assert page.inner_text(".st-note--good") == "Zarejestrowano pismo RPW/4121/2026."
