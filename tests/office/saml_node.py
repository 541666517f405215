"""The national node as an HTTP peer in the test's own process, which can be made to lie in one point."""

import logging
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from django.test import Client
from lxml import etree

from starostwo.office.models import Account
from starostwo.site.demo.identity_provider import Provider
from starostwo.site.demo.national_node import NationalNode
from starostwo.site.demo_idp import Handler

ISSUER = "wezel.test"
OFFICE = "http://testserver"
PEOPLE = {
    "maria": {"given_name": "Maria", "family_name": "Zych", "pesel": "75051256786", "town": "Zgierz"},
    "piotr": {"given_name": "Piotr", "family_name": "Wrona", "pesel": "80010112340", "town": "Zgierz"},
}


class Liar(NationalNode):
    """A node that says what it likes: `facts_by` before signing, `envelope_by` after, `sign_by` instead."""

    facts_by: Callable[[dict[str, Any]], Any] | None = None
    clear_by: Callable[[str], str] | None = None
    envelope_by: Callable[[bytes], bytes] | None = None
    sign_by: Callable[[str], str] | None = None
    encrypt_by: Callable[[str], str] | None = None
    asked: list[bytes]

    def resolve(self, envelope: bytes) -> bytes:
        self.asked = [*getattr(self, "asked", []), envelope]
        answer = super().resolve(envelope)
        return self.envelope_by(answer) if self.envelope_by else answer

    def envelope(self, facts: dict[str, Any], *, resolve_id: str) -> bytes:
        if self.facts_by:
            self.facts_by(facts)
        return super().envelope(facts, resolve_id=facts.get("resolve_id", resolve_id))

    def encrypt(self, clear: str) -> str:
        changed = self.clear_by(clear) if self.clear_by else clear
        return self.encrypt_by(changed) if self.encrypt_by else super().encrypt(changed)

    def sign(self, text: str) -> str:
        return self.sign_by(text) if self.sign_by else super().sign(text)


@contextmanager
def running_node(keys: Path, *, office: str = OFFICE) -> Iterator[tuple[str, Liar]]:
    """Serve a node on a free loopback port; yield its address and the node itself."""
    handler = type("NodeHandler", (Handler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}/wezel"
        node = Liar(
            issuer=ISSUER,
            system=office,
            back=f"{office}/logowanie/wezel/powrot/",
            sign_on_url=f"{address}/logowanie",
            people=PEOPLE,
            keys=keys,
        )
        handler.node = node  # type: ignore[attr-defined]
        handler.provider = Provider(address, "", "", "", "", PEOPLE)  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield address, node
        finally:
            server.shutdown()
            thread.join(10)


def post(url: str, form: dict[str, str]) -> str:
    """The page that answers a form; a refusal raises HTTPError."""
    request = Request(url, data=urlencode(form).encode())
    with build_opener(ProxyHandler({})).open(request, timeout=5) as answer:
        page: str = answer.read().decode()
    return page


def fields_of(page: str) -> tuple[str, dict[str, str]]:
    """Where the form of a page goes and what it carries."""
    form = etree.HTML(page).find(".//form[@method='post']")
    assert form is not None
    hidden = {str(f.get("name")): str(f.get("value")) for f in form.iterfind(".//input[@type='hidden']")}
    return str(form.get("action")), hidden


def away(client: Client, wanted: str = "") -> tuple[str, dict[str, str]]:
    """Begin a log-in; what the browser is to take to the node."""
    page = client.get("/logowanie/wezel/", {"next": wanted})
    assert page.status_code == 200
    return fields_of(page.content.decode())


def choose(
    client: Client, subject: str = "maria", *, level: str = "substantial", wanted: str = ""
) -> dict[str, str]:
    """Go to the node over HTTP, choose a resident; return what the browser brings back."""
    address, fields = away(client, wanted)
    _, marks = fields_of(post(address, fields))
    back = post(address.replace("/logowanie", "/wybor"), {**marks, "subject": subject, "level": level})
    return fields_of(back)[1]


def back(client: Client, answer: dict[str, str]) -> int:
    """Come back with the answer, as a POST of a browser that kept its cookie."""
    return client.post("/logowanie/wezel/powrot/", answer).status_code


def is_refused(client: Client, answer: dict[str, str], caplog: pytest.LogCaptureFixture, why: str) -> None:
    """Nobody is let in, the page says what to do, the log names the rule and nothing of the person."""
    known = Account.objects.count()
    with caplog.at_level(logging.WARNING):
        page = client.post("/logowanie/wezel/powrot/", answer)
    assert page.status_code == 400
    assert "Zacznij od nowa" in page.content.decode()
    assert "_auth_user_id" not in client.session
    assert Account.objects.count() == known
    assert why in caplog.text
    assert not re.search(r"\d{11}|Zych|<saml2:|PRIVATE", caplog.text)
