"""What the staff does in the browser: registers, assigns, opens, drafts, accepts, signs, dispatches."""

import re

from playwright.sync_api import Page, expect

from starostwo.office import demonstration

SENTENCES = {
    "[uzupełnij: przepisy prawa materialnego]": "art. 35 ustawy o gospodarce nieruchomościami",
    "[uzupełnij: rozstrzygnięcie]": "wydzierżawić wnioskowaną działkę na trzy lata",
    "[uzupełnij: uzasadnienie faktyczne]": "Działka jest wolna.",
    "[uzupełnij: uzasadnienie prawne]": "Ogródki warzywne mieszczą się w przeznaczeniu terenu.",
    "[uzupełnij: treść odpowiedzi]": "sprawa jest rozpatrywana",
    "[uzupełnij: brak do usunięcia]": "podanie powierzchni, która ma być wydzierżawiona",
    "{organ.odwolawczy}": "Samorządowe Kolegium Odwoławcze w Łodzi",
}


def sign_in(page: Page, login: str) -> None:
    """Password and code, by keyboard alone."""
    page.goto("/urzad/logowanie/?next=/urzad/")
    page.focus("#id_login")
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(demonstration.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kod/")
    code = page.text_content(".st-note strong") or ""
    page.focus("#id_code")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Moja praca")


def find_in_queue(page: Page, number: str, *, sender: str = "Wrona") -> None:
    """The mail desk's one queue for all channels shows the letter that came through the account."""
    page.goto("/urzad/kancelaria/")
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text(sender)
    row.get_by_role("link", name=number).click()
    expect(page.locator("main")).to_contain_text("podpis ważny TEST")


def register_on_paper(page: Page, *, title: str, unit: str) -> str:
    """A paper letter by keyboard alone: sender by three letters, title, unit, Ctrl+Enter; its number."""
    page.keyboard.press("Escape")
    page.goto("/urzad/kancelaria/")
    page.keyboard.press("n")
    page.wait_for_url("**/nowe/")
    expect(page.get_by_label("Nadawca", exact=True)).to_be_focused()
    page.keyboard.type("Wro")
    expect(page.locator(".st-lookup__list [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(title)
    page.get_by_label("Przekaż do").focus()
    page.keyboard.type(unit)
    page.keyboard.press("Control+Enter")
    note = page.locator(".st-note--good")
    expect(note).to_contain_text(title)
    found = re.search(r"RPW/\d+/\d{4}", note.inner_text())
    assert found
    return found.group()


def assign_to_unit(page: Page, number: str, unit: str) -> None:
    """Hand the letter to a unit, with an instruction."""
    open_letter(page, "/urzad/dekretacja/", number)
    page.keyboard.press("d")
    page.wait_for_url("**/dekretacja/")
    page.get_by_label("Prowadzący").select_option(f"u:{unit}")
    page.get_by_label("Polecenie").fill("Proszę załatwić")
    page.get_by_role("button", name="Dekretuj").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def assign_by_one_key(page: Page, number: str, person: str) -> None:
    """Move to the letter's row and press the key of the person."""
    page.goto("/urzad/dekretacja/")
    key = page.locator(f"button.st-quick[title='{person}']").first.get_attribute("data-key")
    assert key
    go_to_row(page, number)
    page.keyboard.press(key)
    expect(page.get_by_role("row").filter(has_text=number)).to_have_count(0)


def go_to_row(page: Page, text: str) -> None:
    """Press j until the row with the text has the focus."""
    for _ in range(page.locator("[data-row]").count()):
        page.keyboard.press("j")
        focused = page.evaluate("document.activeElement.closest('[data-row]')?.innerText ?? ''")
        if text in focused:
            return
    raise AssertionError(f"no row with {text} on {page.url}")


def open_letter(page: Page, listed: str, number: str) -> None:
    """Open a letter from a list."""
    page.goto(listed)
    page.get_by_role("link", name=number, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)


def open_case(page: Page, number: str) -> str:
    """Two clicks from the letter: 'Sprawa', 'Załóż sprawę'; the mark of the case."""
    open_letter(page, "/urzad/pisma/", number)
    page.get_by_role("link", name="Sprawa s").click()
    if not page.get_by_role("radio").count():  # nobody of the unit has had such a case: nothing to propose
        page.get_by_label("Inna klasa").fill("6843")
    page.get_by_role("button", name="Załóż sprawę").click()
    page.wait_for_url(re.compile(r"/urzad/sprawy/GN\.\d+\.\d+\.\d{4}/$"))
    return page.url.rstrip("/").split("/")[-1]


def draft(page: Page, mark: str, kind: str) -> str:
    """Make a letter from its template, fill the blanks as a second version; its address."""
    page.goto(f"/urzad/sprawy/{mark}/dokumenty/nowy/")
    page.get_by_label(kind, exact=True).check()
    page.get_by_role("button", name="Utwórz projekt z szablonu").click()
    expect(page.get_by_label("Treść", exact=True)).to_be_visible()
    fill_blanks(page)
    return page.url


def fill_blanks(page: Page) -> None:
    """Replace what stands in square brackets and save the version by Ctrl+Enter."""
    text = page.get_by_label("Treść", exact=True).input_value()
    for blank, words in SENTENCES.items():
        text = text.replace(blank, words)
    write(page, text)


def write(page: Page, text: str) -> None:
    """Save the text as the next version."""
    days = page.get_by_label("Dni na odpowiedź")
    if "## Wezwanie" in text and not days.input_value():
        days.fill("7")
    page.get_by_label("Treść", exact=True).fill(text)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/urzad/dokumenty/\d+/$"))


def correct(page: Page, document: str, words: str) -> None:
    """Add words to the end of the reasons and save."""
    page.goto(f"{document}tresc/")
    text = page.get_by_label("Treść", exact=True).input_value()
    write(page, text.replace("Działka jest wolna.", words))


def submit(page: Page, document: str, signer: str = "") -> None:
    """Hand the letter over; the head of the unit is proposed as the one who signs."""
    page.goto(document)
    if signer:
        option = page.get_by_label("Podpisuje").locator("option").filter(has_text=signer).first
        page.get_by_label("Podpisuje").select_option(option.get_attribute("value"))
    page.get_by_role("button", name="Przekaż").click()
    expect(page.locator("main")).to_contain_text("Akceptacja")


def compare(page: Page, older: str, newer: str) -> None:
    """Show what changed from one version to another."""
    page.get_by_label("Porównaj wersję").select_option(older)
    page.get_by_label("z wersją").select_option(newer)
    page.get_by_role("button", name="Porównaj").click()


def give_back(page: Page, mark: str, remark: str) -> None:
    """Return the letter of the case with a remark."""
    page.goto("/urzad/akceptacja/")
    page.get_by_role("row").filter(has_text=mark).get_by_role("link").first.click()
    page.get_by_label("Uwaga").fill(remark)
    page.get_by_role("button", name="Zwróć do poprawy").click()
    page.wait_for_url("**/urzad/akceptacja/")


def sign_all(page: Page, mark: str, *, count: int) -> None:
    """Select the letters of the case and sign them in one action."""
    page.goto("/urzad/akceptacja/")
    rows = page.get_by_role("row").filter(has_text=mark)
    expect(rows).to_have_count(count)
    for row in rows.all():
        row.get_by_role("checkbox").check()
    page.keyboard.press("p")
    expect(page.locator(".st-note--good")).to_have_count(count)


def dispatch(page: Page, document: str) -> None:
    """Send the signed letter the way that is proposed."""
    page.goto(document)
    page.get_by_role("link", name="Wyślij").click()
    page.get_by_role("button", name="Wyślij").click()
    expect(page.locator("main")).to_contain_text("Wysłano")


def sequence(number: str) -> int:
    """The running part of a number in a register."""
    return int(number.split("/")[1])
