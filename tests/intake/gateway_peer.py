"""The test gateway as an HTTP peer in the test's own process, and a resident who presses its buttons."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.server import ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from starostwo.site.demo.identity_provider import Provider
from starostwo.site.demo.payment_gateway import Gateway
from starostwo.site.demo_idp import Handler

KEY = "klucz-bramki-do-testow"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


@contextmanager
def running_gateway(office: str) -> Iterator[tuple[str, Gateway]]:
    """Serve a gateway on a free loopback port; yield its address and the gateway itself."""
    handler = type("GatewayHandler", (Handler,), {"log_message": lambda *_: None})
    gateway = Gateway(key=KEY, office=office, late_seconds=0.5)
    handler.gateway = gateway  # type: ignore[attr-defined]
    handler.provider = Provider("", "", "", "", "", {})  # type: ignore[attr-defined]
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}/bramka", gateway
        finally:
            server.shutdown()


def opened(address: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Status, page and the address to which the answer sends on."""
    opener = build_opener(ProxyHandler({}), _Stay())
    body = urlencode(form).encode() if form is not None else None
    try:
        with opener.open(Request(address, data=body), timeout=10) as answer:
            return answer.status, answer.read().decode(), ""
    except HTTPError as told:
        with told:
            return told.code, told.read().decode(), told.headers.get("Location", "")


def press(order_address: str, state: str, fault: str = "") -> str:
    """Open the order's page, press a button; return the way back to the office."""
    status, page, _ = opened(order_address)
    assert status == 200, page
    found = re.search(r'name="proba" value="([^"]+)"', page)
    assert found, page
    base = order_address.partition("/platnosc")[0]
    form = {"proba": unescape(found[1]), "state": state, "fault": fault}
    status, _, back = opened(f"{base}/wybor", form)
    assert status == 303
    return back
