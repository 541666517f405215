"""A crawler as each role: every link is followed, every form is posted empty and filled; nothing breaks.

Addresses that differ only in a number are one kind of page, of which a few are opened. In Chromium, where
the console stays quiet and nothing outside is asked for, nobody opens each public kind once, and who signs in
each kind of his own place.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from django.urls import Resolver404, resolve
from lxml import html

from starostwo.screens.languages import split
from tests.journeys.conftest import Visit, cookie_of
from tests.journeys.county import County

pytestmark = pytest.mark.journey
ROLES = {
    "nobody": None,
    "resident": "piotr-wrona",
    "second resident": "maria-zych",
    "mail desk": "z.mak",
    "case worker": "a.nowak",
    "head of unit": "e.lis",
    "head with counters": "c.droga",
    "starosta": "t.sokol",
    "coordinator": "i.bielska",
    "administrator": "o.bak",
    "editor": "p.cis",
    "editor of the portal": "n.widok",
    "finance": "w.grosz",
    "accountant": "k.saldo",
    "chief accountant": "g.ksiega",
    "treasurer": "m.zareba",
    "privacy": "m.tarcza",
    "inspector": "s.proba",
    "network": "w.kabel",
}
STARTS = ("/", "/urzad/", "/eboi/", "/bip/")
PLACES = ("/urzad/", "/eboi/")  # what stands elsewhere everybody sees alike
OF_EACH_KIND = 2
SIGNS_OUT = (
    "/wylogowanie/",
    "/zakonczenie/",
    "/blokada/",
    "/haslo/",
    "/haslo-z-katalogu/",
    "/drugi-skladnik/",
)
ALLOWED = {200, 302, 303, 400, 404, 405, 409, 413, 422, 429}
PLAUSIBLE = {"number": "7", "email": "jan@example.pl", "tel": "600100200", "date": "2026-11-23"}


@dataclass
class Crawl:
    """One role's way through the product."""

    address: str
    session: requests.Session
    waiting: deque[tuple[str, str]] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    posted: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Follow every link, then post every form."""
        forms: list[tuple[str, str, list[tuple[str, str]], str]] = []
        for start in STARTS:
            self._wait_for(start, "the start")
        while self.waiting:
            path, origin = self.waiting.popleft()
            page = self._open(path, origin)
            if page is not None:
                forms += self._forms(page, path)
        for action, kind, fields, origin in forms:
            for values in ([], fields):
                self._post(action, kind, values, origin)

    def _wait_for(self, path: str, origin: str) -> None:
        kind = kind_of(path)
        if path in self.seen or self.kinds[kind] >= OF_EACH_KIND:
            return
        self.seen.add(path)
        self.kinds[kind] += 1
        self.waiting.append((path, origin))

    def _open(self, path: str, origin: str) -> html.HtmlElement | None:
        answer = self.session.get(self.address + path, timeout=60)
        wanted = {200} if origin != "the start" else {200, 404}
        if not answer.url.startswith(self.address):
            return None  # the identity provider, which is meant to be another site
        if answer.status_code not in wanted:
            self.faults.append(f"{origin} links to {path}: {answer.status_code}")
            return None
        if not answer.headers.get("Content-Type", "").startswith("text/html") or not answer.text.strip():
            return None
        page = html.fromstring(answer.content)
        if any(urlsplit(str(action)).netloc for action in page.xpath("//form/@action")):
            return None  # a form to the national node, which sends itself there
        self.pages.setdefault(kind_of(path), path)
        for link in self._links(page, answer.url):
            self._wait_for(link, path)
        return page

    def _links(self, page: html.HtmlElement, base: str) -> Iterator[str]:
        for found in page.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
            target = urlsplit(urljoin(base, str(found)))
            if target.netloc == urlsplit(self.address).netloc:
                yield target.path + (f"?{target.query}" if target.query else "")
            elif target.scheme in {"http", "https"} and "gov.pl" not in target.netloc:
                self.faults.append(f"{base} leads outside: {found}")

    def _forms(
        self, page: html.HtmlElement, path: str
    ) -> Iterator[tuple[str, str, list[tuple[str, str]], str]]:
        for form in page.forms:
            target = urlsplit(urljoin(self.address + path, form.get("action") or path)).path
            names = " ".join(sorted(str(name) for name in form.fields if name))
            key = (kind_of(target), names)
            if key in self.posted or form.method.upper() != "POST":
                continue
            self.posted.add(key)
            if not target.endswith(SIGNS_OUT):
                yield target, form.get("enctype") or "", list(filled(form)), path

    def _post(self, action: str, kind: str, values: list[tuple[str, str]], origin: str) -> None:
        token = self.session.cookies.get("csrftoken", "")
        fields = [("csrfmiddlewaretoken", token), *(one for one in values if one[0] != "csrfmiddlewaretoken")]
        address = self.address + action
        answer = self.session.post(
            address, data=fields, allow_redirects=False, timeout=60, headers={"Referer": address},
            files=[("nothing", ("", b""))] if "multipart" in kind else None,
        )  # fmt: skip
        if answer.status_code not in ALLOWED:
            self.faults.append(f"POST {action} from {origin}: {answer.status_code}")


def filled(form: html.FormElement) -> Iterator[tuple[str, str]]:
    """Plausible values for every field of a form."""
    yield from form.form_values()
    for field_ in form.inputs:
        if not field_.name or field_.name == "csrfmiddlewaretoken" or field_.value:
            continue
        if field_.tag == "textarea":
            yield field_.name, "Proszę o odpowiedź w tej sprawie."
        elif field_.tag == "select":
            options = [option for option in field_.value_options if option]
            if options:
                yield field_.name, options[0]
        elif field_.tag == "input" and field_.get("type", "text") not in {"file", "submit", "checkbox"}:
            yield field_.name, PLAUSIBLE.get(field_.get("type", "text"), "Dąbrówka 7")


def kind_of(path: str) -> str:
    """The kind of page that an address leads to: its language, its route and the names of its parameters."""
    parts = urlsplit(path)
    language, plain = split(parts.path)
    asked = " ".join(sorted(set(re.findall(r"(\w+)=", parts.query))))
    try:
        found = resolve(plain)
    except Resolver404:
        return f"{language} {plain} {asked}"
    return f"{language} {found.view_name} {asked}"


@pytest.mark.parametrize("role", ROLES)
def test_nothing_breaks_for(role: str, county: County, visit: Visit) -> None:
    session, login = requests.Session(), ROLES[role]
    if login:
        cookie = cookie_of(login)
        session.cookies.set(cookie["name"], cookie["value"])
    crawl = Crawl(county.address, session)
    crawl.run()
    with visit(login) as (page, faults):
        for path in crawl.pages.values():
            if not login or split(path)[1].startswith(PLACES):
                page.goto(path)
    print(f"{role}: {len(crawl.seen)} addresses, {len(crawl.kinds)} kinds, {len(crawl.posted)} forms")
    assert "\n".join([*crawl.faults, *faults.all(), *county.complaints()]) == ""
    assert len(crawl.kinds) >= 8
