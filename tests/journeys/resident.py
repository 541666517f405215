"""What a resident does in the browser: finds, logs in, fills, signs, sends, opens, answers."""

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pikepdf
from playwright.sync_api import Page, expect

TITLE = "Dzierżawa działki przy ulicy Wiśniowej"
TEXT = "Proszę o wydzierżawienie działki 112/5 w obrębie Proboszczewice na ogródek warzywny."


def a_pdf(title: str) -> bytes:
    """A small real PDF file."""
    made, page = BytesIO(), pikepdf.new()
    page.add_blank_page(page_size=(595, 842))
    with page.open_metadata() as about:
        about["dc:title"] = title
    page.save(made)
    return made.getvalue()


def a_file(name: str, content: bytes, kind: str = "application/pdf") -> Any:
    """A file as a browser hands it over."""
    return {"name": name, "mimeType": kind, "buffer": content}


def find_service(page: Page, words: str, title: str) -> None:
    """Search by words as people say them and open the service's card."""
    page.goto("/")
    page.get_by_label("Co chcesz załatwić?").fill(words)
    page.get_by_role("button", name="Szukaj").click()
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def log_in(page: Page, name: str) -> None:
    """Sign in at the test provider, from the page that asks for it."""
    page.get_by_role("link", name="Zaloguj się przez: testowy dostawca").click()
    page.get_by_role("button", name=name).click()


def go_on(page: Page) -> None:
    """The main button of a step, and the next page."""
    page.get_by_role("button", name="Zapisz i przejdź dalej").click()


def say_what_it_is_about(page: Page) -> None:
    """The first step; an empty one is refused with a summary that has the focus."""
    go_on(page)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_label("wniosek albo podanie").check()
    page.get_by_label("Temat").fill(TITLE)
    go_on(page)


def type_and_leave(page: Page) -> str:
    """Type the text, wait for the saving by itself, and return the address that another device opens."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Treść pisma")
    page.get_by_label("Treść", exact=True).press_sequentially(TEXT[:20])
    page.get_by_label("Treść", exact=True).fill(TEXT)
    expect(page.locator("[data-autosave-state]")).to_contain_text("Zapisano o", timeout=4_000)
    return page.url


def fill_the_rest(page: Page, *, family_name: str = "Wrona") -> None:
    """The text is there on the second device; the account's data are filled in."""
    expect(page.get_by_label("Treść", exact=True)).to_have_value(TEXT)
    go_on(page)
    page.get_by_label("we własnym").check()
    expect(page.get_by_label("Nazwisko", exact=True)).to_have_value(family_name)
    go_on(page)
    page.get_by_label("elektronicznie, na konto w tym serwisie").check()
    go_on(page)


def attach(page: Page, name: str, content: bytes) -> None:
    """Attach one file and go on to the answers."""
    page.locator("input[type=file]").set_input_files(a_file(name, content))
    page.get_by_role("button", name="Dołącz").click()
    expect(page.get_by_role("listitem").filter(has_text=name)).to_be_visible()
    page.get_by_role("button", name="Dalej: sprawdź odpowiedzi").click()


def close(page: Page) -> None:
    """Look over the answers and make the document."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Sprawdź odpowiedzi")
    expect(page.locator("main")).to_contain_text(TEXT)
    page.get_by_role("button", name="Przygotuj dokument do podpisu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Podpisz i wyślij")


def send(page: Page) -> str:
    """Send what is signed; return the number that the confirmation shows."""
    page.get_by_role("button", name="Wyślij do urzędu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Urząd odebrał")
    found = re.search(r"RPW/\d+/\d{4}", page.locator("main").inner_text())
    assert found, page.locator("main").inner_text()
    return found.group()


def downloaded(page: Page, link: str) -> bytes:
    """The bytes behind a link that downloads."""
    address = page.get_by_role("link", name=link).first.get_attribute("href")
    assert address
    answer = page.request.get(address)
    assert answer.status == 200, address
    return answer.body()


def open_case(page: Page, title: str) -> None:
    """From the person's own page to the case."""
    page.goto("/eboi/")
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def open_newest_letter(page: Page) -> None:
    """Open the letter that was not opened yet, which serves it."""
    page.get_by_role("button", name="Odbierz i otwórz pismo").first.click()
    expect(page.get_by_role("link", name="Pobierz pismo")).to_be_visible()


def appeal_until(served_on: date) -> date:
    """The last day of an appeal when nothing falls on a day off."""
    return served_on + timedelta(days=14)
