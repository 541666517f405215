"""Calls of this program to another one: over TLS or to this machine's own loopback alone, with limits."""

import urllib.request
from collections.abc import Mapping
from email.message import Message
from typing import Any, NoReturn
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 5
LARGEST_ANSWER = 256 * 1024
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class NoAnswer(Exception):
    """The other side was not asked or did not answer; the text says why without what was sent."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The endpoints of another program do not send us elsewhere."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Message, newurl: str
    ) -> NoReturn:
        raise NoAnswer("the other side redirects a call between programs")


def answer_to(url: str, *, headers: Mapping[str, str], body: bytes | None = None) -> bytes:
    """Return what the other side answers: to a POST where there is a body, else to a GET."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise NoAnswer(f"not a safe address: {url}")
    request = urllib.request.Request(url, data=body, headers=dict(headers))  # noqa: S310  checked above
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
    try:
        with opener.open(request, timeout=TIMEOUT_SECONDS) as response:
            answer: bytes = response.read(LARGEST_ANSWER + 1)
    except (OSError, ValueError) as fault:
        raise NoAnswer(f"{parts.path}: {fault}") from fault
    if len(answer) > LARGEST_ANSWER:
        raise NoAnswer(f"{parts.path}: the answer is too long")
    return answer
