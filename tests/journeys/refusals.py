"""Every form of a page is answered with nothing and with nonsense, until it refuses; nothing stays of it.

In our own process and in a transaction that is taken back, so that the county is as it was. The refused pages
are shown to the browser as if the server had sent them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from lxml import html

from starostwo.screens.languages import split

TAKES_ANYTHING = {
    "citizen:new": "one begins from an earlier application or from none; another's is as good as none",
    "ledger:new_plan_act": "an act in preparation is kept right or wrong; what is wrong in it stands beside",
    "ledger:new_contract": "a contract in preparation is kept right or wrong, as an act of the plan is",
    "ledger:contract_draft": "a contract in preparation is kept right or wrong, as an act of the plan is",
    "ledger:plan_draft": "an act in preparation is kept right or wrong; what is wrong in it stands beside",
}
WORD = "siedem"
WRONG = {"number": "-7", "email": "nie-adres", "date": "99.99.9999", "tel": "nie-numer"}
LONG = "Ą" * 5_001  # longer than any line may be
UNKNOWN = "qqqq"  # stands among no choices
FIELDS = ".//input[not(@type='hidden')] | .//select | .//textarea"
BUTTONS = {"submit", "button", "image"}
SAYS_SO = "//*[contains(@class, 'govuk-error-summary ') or @class='govuk-error-summary']"
NOTED = "//*[contains(@class, 'st-note--bad')]"


@dataclass(frozen=True)
class Tried:
    """What became of one form: the route that it asks, its fields, and the page that refused it, if any.

    Also whether that page came with the status of a refusal, or was led to.
    """

    route: str
    names: str
    page: bytes | None
    is_asking: bool
    is_said: bool = True


def kept(client: Client, address: str, done: set[tuple[str, str]], folder: Path) -> Iterator[str]:
    """Keep each refused page as a file; say which forms refuse nothing, and refusals that do not say why."""
    for tried in of_page(client, address, done):
        told = f"{address}: the form for {tried.route} ({tried.names})"
        if tried.page is None:
            if not tried.is_asking and tried.route not in TAKES_ANYTHING:
                yield f"{told} was refused neither empty nor with nonsense"
            continue
        if not tried.page:
            continue
        if not tried.is_said:
            yield f"{told}: the refused page comes with 200, not with 422"
        summaries = len(html.fromstring(tried.page).xpath(SAYS_SO))
        if summaries > 1:
            yield f"{told}: what is wrong is said twice"
        number = len(list(folder.iterdir()))
        (folder / f"{tried.route} {number} refused.html").write_bytes(tried.page)


def all_kept(client: Client, address: str, done: set[tuple[str, str]], folder: Path) -> list[str]:
    """All of them at once, on a connection of this thread that is closed afterwards."""
    try:
        return list(kept(client, address, done, folder))
    finally:
        connection.close()


def of_page(client: Client, address: str, done: set[tuple[str, str]]) -> Iterator[Tried]:
    """Each form of the page that has fields, once for all pages of whoever looks."""
    answer = client.get(address)
    if not answer.get("Content-Type", "").startswith("text/html") or not answer.content:
        return
    for form in html.fromstring(answer.content).xpath("//main//form"):
        target = urljoin(address, form.get("action") or address)
        if urlsplit(target).netloc:
            continue  # of another site
        names = " ".join(sorted({str(field.get("name") or "") for field in typed(form)} - {""}))
        route = resolve(split(urlsplit(target).path)[1]).view_name
        if names and (route, names) not in done:
            done.add((route, names))
            page, is_said = refusal(client, form, target)
            yield Tried(route, names, page, form.method == "GET", is_said)


def typed(form: html.FormElement) -> list[Any]:
    """The fields in which one may be wrong."""
    return [field for field in form.xpath(FIELDS) if field.get("type") not in BUTTONS]


def refusal(client: Client, form: html.FormElement, target: str) -> tuple[bytes | None, bool]:
    """The page that refuses nothing or nonsense, and whether its status says so too.

    None when the form takes both with each button; empty where there is no page to look at: choices that the
    form does not offer find no such address.
    """
    found: bytes | None = None
    hidden = [(one.get("name"), one.get("value") or "") for one in form.xpath(".//input[@type='hidden']")]
    wrong = [(field.get("name"), nonsense(field)) for field in typed(form) if field.get("type") != "file"]
    for button in [*form.xpath(".//button[@name]"), None]:
        pressed = [] if button is None else [(button.get("name"), button.get("value") or "")]
        for values in ([], wrong):
            answer, led_back = asked(client, form, target, [*hidden, *pressed, *values])
            if is_refused(answer, led_back=led_back):
                return answer.content, led_back or answer.status_code == 422
            if answer.status_code == 404:
                found = b""
    return found, True


def is_refused(answer: HttpResponse, *, led_back: bool) -> bool:
    """Whether the page says that something is wrong; also the one to which a refused act leads back."""
    if answer.status_code not in {200, 422} or not answer.content:
        return False
    page = html.fromstring(answer.content)
    may_note = led_back or answer.status_code == 422
    return bool(page.xpath(SAYS_SO) or (may_note and page.xpath(NOTED)))


def nonsense(field: Any) -> str:
    """What cannot be meant in this field."""
    if field.tag == "select" or field.get("type") in {"radio", "checkbox"}:
        return UNKNOWN
    if field.get("inputmode") == "numeric":
        return WORD
    return WRONG.get(field.get("type", ""), LONG)


def asked(
    client: Client, form: html.FormElement, target: str, pairs: list[tuple[str, str]]
) -> tuple[HttpResponse, bool]:
    """Post or get the form, and the page to which it leads, if any; take back all that it did."""
    with transaction.atomic():
        answer, led_back = _sent(client, form, target, pairs), False
        if answer.status_code == 302 and form.method == "POST":
            answer, led_back = client.get(answer["Location"]), True
        transaction.set_rollback(True)
    return answer, led_back


def _sent(client: Client, form: html.FormElement, target: str, pairs: list[tuple[str, str]]) -> Any:
    if form.method == "GET":
        return client.get(f"{target.split('?')[0]}?{urlencode(pairs)}")
    if "multipart" not in (form.get("enctype") or ""):
        return client.post(target, urlencode(pairs), "application/x-www-form-urlencoded")
    data: dict[str, list[str]] = {}
    for name, value in pairs:
        data.setdefault(name, []).append(value)
    return client.post(target, data)
