"""A dialog: what both ends of a call know of each other, and the requests within it (RFC 3261 section 12)."""

import secrets
from dataclasses import dataclass, field

from .addresses import DEFAULT_PORT, Address, BrokenMessage, Uri
from .messages import Headers, Request, Response

MAX_FORWARDS = "70"


def new_tag() -> str:
    """Name our side of a new dialog."""
    return secrets.token_hex(6)


@dataclass
class Dialog:
    """One side's view. `routes` are the proxies that want to see all requests, the nearest first."""

    call_id: str
    local: Address
    remote: Address
    target: str
    routes: list[str]
    contact: str
    sent: int = field(default_factory=lambda: secrets.randbelow(2**16))
    received: int = -1

    @classmethod
    def of_caller(cls, request: Request, response: Response, contact: str) -> "Dialog":
        """Build the caller's view from the response that made the dialog; the routes turn round."""
        routes = list(reversed(response.headers.listed("Record-Route")))
        target = response.contact.uri if response.contact else Uri.parse(request.uri)
        return cls(
            request.call_id, request.sender, response.receiver, str(target), routes, contact, request.cseq[0]
        )

    @classmethod
    def of_callee(cls, request: Request, tag: str, contact: str) -> "Dialog":
        """Build the callee's view from the request."""
        if request.contact is None:
            raise BrokenMessage("an INVITE without Contact")
        routes = request.headers.listed("Record-Route")
        for route in routes:
            Address.parse(route)
        return cls(
            request.call_id, request.receiver.tagged(tag), request.sender, str(request.contact.uri), routes,
            contact, received=request.cseq[0],
        )  # fmt: skip

    @property
    def key(self) -> tuple[str, str, str]:
        """How requests within the dialog are found."""
        return self.call_id, self.local.tag, self.remote.tag

    def request(self, method: str, *more: tuple[str, str], body: bytes = b"", cseq: int = 0) -> Request:
        """Build a request of the dialog, without Via; an ACK takes the number of its INVITE."""
        if not cseq:
            self.sent += 1
            cseq = self.sent
        uri, routes = self._way()
        headers = Headers(
            ("Max-Forwards", MAX_FORWARDS),
            *(("Route", route) for route in routes),
            ("From", str(self.local)),
            ("To", str(self.remote)),
            ("Call-ID", self.call_id),
            ("CSeq", f"{cseq} {method}"),
            ("Contact", f"<{self.contact}>"),
            *more,
        )
        return Request(headers=headers, body=body, method=method, uri=uri)

    def refresh(self, message: Request | Response) -> None:
        """A re-INVITE and its answer may say that the other side is reached elsewhere now."""
        if message.contact is not None:
            self.target = str(message.contact.uri)

    def is_in_order(self, request: Request) -> bool:
        """Whether the number is higher than those before (RFC 3261 section 12.2.2); remembers it."""
        number = request.cseq[0]
        if number <= self.received:
            return False
        self.received = number
        return True

    def _way(self) -> tuple[str, list[str]]:
        """Request URI and routes; a strict router of RFC 2543 gets itself as the URI (section 12.2.1.1)."""
        if not self.routes or Address.parse(self.routes[0]).uri.is_loose_router:
            return self.target, self.routes
        return str(Address.parse(self.routes[0]).uri), [*self.routes[1:], f"<{self.target}>"]


def next_hop(request: Request) -> tuple[str, int]:
    """Return host and port of the first route, or else of the URI."""
    routes = request.headers.listed("Route")
    uri = Address.parse(routes[0]).uri if routes else Uri.parse(request.uri)
    return uri.host.strip("[]"), uri.port or DEFAULT_PORT
