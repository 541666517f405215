"""Somebody who has a keyboard alone: Tab, arrows, Space, Enter and letters, for journeys in Chromium."""

from playwright.sync_api import Page

MOST_TABS = 120
FOCUSED = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0].innerText : at.innerText;
  return [at.type || '', (label || '').trim()];
}"""


def tab_to(page: Page, words: str, *, type_: str = "") -> None:
    """Go on by Tab until the focus stands on what is called so."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        type_of, label = page.evaluate(FOCUSED)
        if words in label and type_ in ("", type_of):
            return
    raise AssertionError(f"Tab never reaches {words!r} on {page.url}")


def press(page: Page, words: str) -> None:
    """Reach a button or a link by Tab and press it."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, words: str, text: str) -> None:
    """Reach a field by Tab and write over what stands there."""
    tab_to(page, words)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def tick(page: Page, words: str) -> None:
    """Reach a checkbox by Tab and mark it."""
    tab_to(page, words, type_="checkbox")
    page.keyboard.press("Space")


def choose(page: Page, first: str, wanted: str) -> None:
    """Reach a group of radio buttons by Tab and walk in it by arrows."""
    tab_to(page, first)
    for _ in range(MOST_TABS):
        if wanted in page.evaluate(FOCUSED)[1]:
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no {wanted!r} on {page.url}")


def give(page: Page, words: str, file: object) -> None:
    """A file is chosen in the browser's own window, which the keyboard opens."""
    with page.expect_file_chooser() as chooser:
        tab_to(page, words, type_="file")
        page.keyboard.press("Space")
    chooser.value.set_files(file)  # type: ignore[arg-type]
