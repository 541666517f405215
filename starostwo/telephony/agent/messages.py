"""Messages of SIP, read and written (RFC 3261 sections 7, 8.2.6, 18.3, 20), with limits on all that grows.

What is read has passed the checks on which the rest of the agent relies: a start line, Via, From, To, Call-ID
and CSeq that make sense, no header twice that may stand once. Anything else is a BrokenMessage.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .addresses import Address, BrokenMessage, Uri, read_parameters, split_outside, split_port, whole_number

LONGEST_DATAGRAM = 16384  # bytes; a message of a phone has 500-3000
LONGEST_LINE = 4096  # characters of one header after unfolding
MOST_HEADERS = 128
VERSION = "SIP/2.0"
HIGHEST_CSEQ = 2**31 - 1  # RFC 3261 section 8.1.1.5
MAGIC = "z9hG4bK"  # RFC 3261 section 8.1.1.7
COMPACT = {  # RFC 3261 section 7.3.3, RFC 3515 and RFC 6665 for r and o
    "i": "Call-ID", "m": "Contact", "e": "Content-Encoding", "l": "Content-Length", "c": "Content-Type",
    "f": "From", "s": "Subject", "k": "Supported", "t": "To", "v": "Via", "r": "Refer-To", "o": "Event",
    "b": "Referred-By", "u": "Allow-Events", "x": "Session-Expires",
}  # fmt: skip
SINGLE = ("from", "to", "call-id", "cseq", "content-length", "max-forwards", "content-type")
REASONS = {
    100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK", 202: "Accepted",
    302: "Moved Temporarily", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 407: "Proxy Authentication Required", 408: "Request Timeout",
    415: "Unsupported Media Type", 420: "Bad Extension", 480: "Temporarily Unavailable",
    481: "Call/Transaction Does Not Exist", 486: "Busy Here", 487: "Request Terminated",
    488: "Not Acceptable Here", 491: "Request Pending", 500: "Server Internal Error", 501: "Not Implemented",
    503: "Service Unavailable", 600: "Busy Everywhere", 603: "Decline",
}  # fmt: skip
_TOKEN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.!%*_+`'~")


@dataclass(frozen=True)
class Via:
    """One hop: who sent the message, and the branch that names its transaction."""

    host: str
    port: int | None
    parameters: dict[str, str]

    @property
    def branch(self) -> str:
        """The name of the transaction; empty when the sender is older than RFC 3261."""
        return self.parameters.get("branch", "")


class Headers:
    """Headers in their order; names are compared without case, compact forms are spelled out."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self._pairs: list[tuple[str, str]] = []
        for name, value in pairs:
            self.add(name, value)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)

    def add(self, name: str, value: str) -> None:
        """Append a header; line breaks and control characters do not get in."""
        if any(ord(char) < 32 and char != "\t" for char in value) or "\x7f" in value:
            raise BrokenMessage(f"control characters in {name}")
        self._pairs.append((COMPACT.get(name.lower(), name), value))

    def get(self, name: str, default: str = "") -> str:
        """Return the first value of the name."""
        wanted = name.lower()
        return next((value for key, value in self._pairs if key.lower() == wanted), default)

    def all(self, name: str) -> list[str]:
        """Return the values of the name, line by line."""
        wanted = name.lower()
        return [value for key, value in self._pairs if key.lower() == wanted]

    def listed(self, name: str) -> list[str]:
        """Return the values of the name, also those that share a line (RFC 3261 section 7.3.1)."""
        values = (part.strip() for line in self.all(name) for part in split_outside(line, ","))
        return [value for value in values if value]

    def replace(self, name: str, value: str) -> None:
        """Put one value in the place of all of the name."""
        self._pairs = [pair for pair in self._pairs if pair[0].lower() != name.lower()]
        self.add(name, value)


@dataclass
class _Message:
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""

    @property
    def call_id(self) -> str:
        """The name of the call."""
        return self.headers.get("Call-ID")

    @property
    def cseq(self) -> tuple[int, str]:
        """Number and method."""
        number, _, method = self.headers.get("CSeq").strip().partition(" ")
        return whole_number(number, HIGHEST_CSEQ), method.strip()

    @property
    def sender(self) -> Address:
        """From: who began the transaction."""
        return Address.parse(self.headers.get("From"))

    @property
    def receiver(self) -> Address:
        """To: whom it is for."""
        return Address.parse(self.headers.get("To"))

    @property
    def via(self) -> Via:
        """The last hop."""
        return _read_via(self.headers.listed("Via"))

    @property
    def contact(self) -> Address | None:
        """Where the sender itself is reached."""
        found = self.headers.listed("Contact")
        return Address.parse(found[0]) if found else None

    def _written(self, start: str) -> bytes:
        lines = [start, *(f"{name}: {value}" for name, value in self.headers if name != "Content-Length")]
        lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass
class Request(_Message):
    """A request; the URI stays text until somebody routes by it."""

    method: str = ""
    uri: str = ""

    def __bytes__(self) -> bytes:
        return self._written(f"{self.method} {self.uri} {VERSION}")

    def reply(self, code: int, reason: str = "", tag: str = "") -> "Response":
        """Build the response with what it takes over (RFC 3261 section 8.2.6.2), tagged if it is not yet."""
        response = Response(code=code, reason=reason or REASONS.get(code, "Unknown"))
        for name in (
            "Via",
            "From",
            "To",
            "Call-ID",
            "CSeq",
            *(("Record-Route",) if 100 < code < 300 else ()),
        ):
            for value in self.headers.all(name):
                response.headers.add(name, value)
        if tag and code > 100 and not self.receiver.tag:
            response.headers.replace("To", str(self.receiver.tagged(tag)))
        return response


@dataclass
class Response(_Message):
    """A response."""

    code: int = 0
    reason: str = ""

    def __bytes__(self) -> bytes:
        return self._written(f"{VERSION} {self.code} {self.reason}")

    @property
    def is_final(self) -> bool:
        """Whether it ends its transaction."""
        return self.code >= 200


def parse(datagram: bytes) -> Request | Response:
    """Read one datagram, or say in a BrokenMessage what is wrong with it."""
    if len(datagram) > LONGEST_DATAGRAM:
        raise BrokenMessage("too long")
    head, gap, body = datagram.lstrip(b"\r\n").partition(b"\r\n\r\n")
    if not gap:
        raise BrokenMessage("no empty line after the headers")
    try:
        lines = head.decode("utf-8").split("\r\n")
    except UnicodeDecodeError:
        raise BrokenMessage("headers that are no UTF-8") from None
    message = _start(lines[0])
    _read_headers(message.headers, lines[1:])
    _check(message)
    length = message.headers.get("Content-Length")
    size = whole_number(length, LONGEST_DATAGRAM) if length else len(body)
    if size > len(body):
        raise BrokenMessage("the body is cut")
    message.body = body[:size]
    return message


def _start(line: str) -> Request | Response:
    first, _, rest = line.partition(" ")
    second, _, third = rest.partition(" ")
    if first.upper() == VERSION:
        code = whole_number(second, 699)
        if code < 100 or not third.isprintable():
            raise BrokenMessage("no status")
        return Response(code=code, reason=third)
    if third.upper() != VERSION or not second or not _is_token(first):
        raise BrokenMessage("no start line of SIP")
    return Request(method=first, uri=str(Uri.parse(second)))


def _read_headers(headers: Headers, lines: list[str]) -> None:
    unfolded: list[list[str]] = []
    for line in lines:
        if line[:1] in (" ", "\t") and unfolded:
            unfolded[-1].append(line.strip())
        else:
            unfolded.append([line])
    if len(unfolded) > MOST_HEADERS:
        raise BrokenMessage("too many headers")
    for parts in unfolded:
        line = " ".join(parts)
        name, colon, value = line.partition(":")
        if len(line) > LONGEST_LINE or not colon or not _is_token(name.rstrip()):
            raise BrokenMessage("no header")
        headers.add(name.rstrip(), value.strip())


def _check(message: Request | Response) -> None:
    for name in SINGLE:
        if len(message.headers.all(name)) > 1:
            raise BrokenMessage(f"{name} more than once")
    if not message.call_id:
        raise BrokenMessage("no Call-ID")
    _read_via(message.headers.listed("Via"))
    Address.parse(message.headers.get("From"))
    Address.parse(message.headers.get("To"))
    method = message.cseq[1]
    if not _is_token(method) or (isinstance(message, Request) and method != message.method):
        raise BrokenMessage("CSeq does not belong to the method")


def _read_via(values: list[str]) -> Via:
    first, parameters = read_parameters(values[0]) if values else ("", {})
    protocol, _, place = first.partition(" ")
    if not protocol.upper().startswith(f"{VERSION}/"):
        raise BrokenMessage("no Via")
    return Via(*split_port(place), parameters)


def _is_token(text: str) -> bool:
    return bool(text) and _TOKEN.issuperset(text)
