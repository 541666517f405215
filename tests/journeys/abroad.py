"""A resident who reads English or Ukrainian: the same way through the same pages, by other words."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys import resident

# Text of the page, and of what is read aloud, that has a Polish letter and is not marked as Polish.
UNMARKED = """() => {
  const polish = /[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ]/, found = [];
  const own = (element) => !element || !element.closest('[lang="pl"]');
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const inside = node.parentElement;
    // What the person wrote himself stands in no marked element; a title of a window cannot be marked.
    if (/^(SCRIPT|STYLE|TEXTAREA|TITLE)$/.test(inside.tagName)) continue;
    if (inside.closest(".govuk-summary-list__value")) continue;
    if (polish.test(node.data) && own(inside)) found.push(node.data.trim().slice(0, 90));
  }
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      const said = element.getAttribute(name) ?? "";
      if (polish.test(said) && own(element)) found.push(`${name}: ${said.slice(0, 90)}`);
    }
  return found;
}"""
WORDS = {
    "en": {
        "log_in": "Log in through",
        "book": "Book a visit",
        "apply": "Apply online",
        "begin": "Begin",
        "save": "Save and continue",
        "topic": "an application",
        "own": "my own",
        "answer": "electronically, to the account in this service",
        "check": "Continue: check the answers",
        "document": "Prepare the document for signature",
        "sign": "Sign (TEST)",
        "send": "Send to the office",
        "continue": "Continue",
        "query": "car bought",
        "found": "Registration of a vehicle bought in Poland",
    },
    "uk": {
        "log_in": "Увійти через",
        "book": "Записатися на візит",
        "apply": "Подати через інтернет",
        "begin": "Почати",
        "save": "Зберегти й продовжити",
        "topic": "заява або клопотання",
        "own": "від власного",
        "answer": "електронно, в обліковий запис у цьому сервісі",
        "check": "Далі: перевірити відповіді",
        "document": "Підготувати документ до підпису",
        "sign": "Підписати (TEST)",
        "send": "Надіслати до установи",
        "continue": "Далі",
        "query": "автомобіль",
        "found": "Реєстрація транспортного засобу, купленого в Польщі",
    },
}
PUBLIC = (
    "",
    "aktualnosci/",
    "powiat/",
    "wydarzenia/",
    "kontakt/",
    "konsultacje/",
    "rada/",
    "miejsca/",
    "newsletter/",
    "uslugi/",
    "uslugi/pozwolenie-na-budowe/",
    "uslugi/wyciecie-drzew/",
    "logowanie/",
    "nie-ma-takiej-strony/",
)
OWN = ("eboi/", "eboi/konto/", "eboi/konto/usuniecie/", "eboi/wizyty/")
Look = Callable[[Page, str], None]


def read_public_pages(page: Page, language: str, look: Look) -> None:
    """Everything that a stranger reads."""
    for place in PUBLIC:
        page.goto(f"/{language}/{place}")
        look(page, place.strip("/").replace("/", "-") or "start")


def find(page: Page, language: str) -> None:
    """A service is found by words of the language."""
    words = WORDS[language]
    page.goto(f"/{language}/uslugi/?q={words['query']}")
    expect(page.get_by_role("link", name=words["found"])).to_be_visible()


def book(page: Page, language: str, look: Look) -> None:
    """The four pages of booking, as far as the person's data."""
    on = WORDS[language]["continue"]
    page.goto(f"/{language}/wizyty/")
    look(page, "visit-1")
    page.locator("input[type=checkbox]").first.check()
    page.get_by_role("button", name=on).click()
    look(page, "visit-2")
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name=on).click()
    look(page, "visit-3")
    page.locator("input[type=radio]").first.check()
    page.get_by_role("button", name=on).click()
    look(page, "visit-4")
    page.locator("main button.govuk-button").last.click()
    look(page, "visit-4-refused")


def begin(page: Page, language: str, code: str, look: Look) -> None:
    """From the card to the first question, through the log-in and back in the same language."""
    words = WORDS[language]
    page.goto(f"/{language}/uslugi/{code}/")
    page.get_by_role("link", name=words["apply"]).click()
    if "/logowanie/" in page.url:
        page.get_by_role("link", name=words["log_in"]).first.click()
        page.get_by_role("button", name="Maria Zych").click()
    expect(page).to_have_url(re.compile(f"/{language}/eboi/uslugi/"))
    look(page, f"{code}-before")
    page.get_by_role("button", name=words["begin"]).click()


def fill(page: Page, language: str, look: Look) -> None:
    """The general letter: refused when it is empty, filled, checked and made a document."""
    words = WORDS[language]
    save = page.get_by_role("button", name=words["save"])
    save.click()
    look(page, "letter-refused")
    page.get_by_label(words["topic"]).check()
    page.locator("input[type=text]").first.fill("Request about a culvert")
    save.click()
    look(page, "letter-2")
    page.locator("textarea").first.fill("Please repair it.")
    save.click()
    look(page, "letter-3")
    page.get_by_label(words["own"]).check()
    save.click()
    look(page, "letter-3b")
    page.get_by_label(words["answer"]).check()
    save.click()
    look(page, "letter-attachments")
    page.locator("input[type=file]").first.set_input_files(
        resident.a_file("map.pdf", resident.a_pdf("A map"))
    )
    page.get_by_role("button", name=words["check"]).click()
    look(page, "letter-check")
    page.get_by_role("button", name=words["document"]).click()
    look(page, "letter-sign")


def send(page: Page, language: str, look: Look) -> None:
    """Sign with the demonstration's key and send; the receipt."""
    words = WORDS[language]
    page.get_by_role("button", name=words["sign"]).click()
    look(page, "letter-signed")
    page.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_text(re.compile(r"RPW/\d+/\d{4}"))).to_be_visible()
    look(page, "letter-receipt")


def look_at_own_pages(page: Page, language: str, look: Look) -> None:
    """What the account shows, one case with its letters among it."""
    for place in OWN:
        page.goto(f"/{language}/{place}")
        look(page, place.strip("/").replace("/", "-"))
    page.goto(f"/{language}/eboi/")
    for number, address in enumerate(
        page.eval_on_selector_all(
            "a[href*='/eboi/sprawy/']", "all => all.map((one) => one.getAttribute('href'))"
        )
    ):
        page.goto(address)
        look(page, f"case-{number}")
