"""The demonstration's gateway of SMS: takes messages over HTTP, shows them, reports what became of them.

It has the faults of real ones, each at a number of its own, so that everybody can try them.
"""

import hashlib
import hmac
import html
import json
import threading
import time
import urllib.request
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

REFUSES = "+48600000001"
TAKES_AND_IS_SILENT = "+48600000002"  # the first time the message is taken and no answer comes
REPORTS_TWICE = "+48600000003"
IS_DOWN_AT_FIRST = "+48600000004"  # two tries fail
NEVER_ARRIVES = "+48600000005"
SILENCE_SECONDS = 11.0
KEPT = 50
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class NoAnswer(Exception):
    """The gateway takes the message and says nothing."""


@dataclass
class SmsGateway:
    """What was taken, by the key of who sent it; everything is forgotten when the process ends."""

    token: str
    secret: str
    silence: float = SILENCE_SECONDS
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    shown: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))
    tries: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, body: bytes, authorization: str) -> tuple[HTTPStatus, dict[str, Any]]:
        """Take a message; one that is known by its id is answered as before and sent no second time."""
        if not hmac.compare_digest(authorization.encode(), f"Bearer {self.token}".encode()):
            return HTTPStatus.UNAUTHORIZED, {"error": "token"}
        try:
            said = json.loads(body)
            key, number, text = str(said["id"]), str(said["to"]), str(said["text"])
        except (ValueError, KeyError, TypeError):
            return HTTPStatus.BAD_REQUEST, {"error": "message"}
        if number == REFUSES:
            return HTTPStatus.UNPROCESSABLE_ENTITY, {"error": "number"}
        with self.lock:
            self.tries[key] = tried = self.tries.get(key, 0) + 1
            if number == IS_DOWN_AT_FIRST and tried <= 2:
                return HTTPStatus.SERVICE_UNAVAILABLE, {"error": "later"}
            if key in self.taken:
                return HTTPStatus.OK, self.taken[key]
            answer = {"reference": f"G{len(self.taken) + 1:06d}", "parts": -(-len(text) // 160)}
            self.taken[key] = answer
            self.shown.appendleft({"to": number, "text": text, "at": time.strftime("%H:%M:%S")})
        self._report(key, number, str(said.get("report_to", "")))
        if number == TAKES_AND_IS_SILENT:
            time.sleep(self.silence)
            raise NoAnswer
        return HTTPStatus.CREATED, answer

    def page(self) -> str:
        """The messages as the telephones of the demonstration show them."""
        if not self.shown:
            return "<p>Nikt nie dostał jeszcze SMS-a.</p>"
        rows = "".join(
            f"<li><strong>{html.escape(one['to'])}</strong> {one['at']}<br>{html.escape(one['text'])}</li>"
            for one in list(self.shown)
        )
        return f"<p>To nie są prawdziwe telefony. Najnowsze stoją wyżej.</p><ul>{rows}</ul>"

    def _report(self, key: str, number: str, address: str) -> None:
        if urlsplit(address).hostname not in LOOPBACK:
            return
        outcome = "undelivered" if number == NEVER_ARRIVES else "delivered"
        body = json.dumps({"id": key, "outcome": outcome}).encode()
        again = 2 if number == REPORTS_TWICE else 1
        threading.Thread(target=self._call, args=(address, body, again), daemon=True).start()

    def _call(self, address: str, body: bytes, again: int) -> None:
        """Tell it a little later, over the wire; who does not listen is not told again."""
        signature = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Signature": signature, "Content-Type": "application/json"}
        for _ in range(again):
            time.sleep(0.5)
            request = urllib.request.Request(address, data=body, headers=headers)  # noqa: S310  loopback alone
            with suppress(OSError):
                urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=5).close()
