"""Requests sent out: where to, by which proxy, with the password when asked (RFC 3261 section 22).

It asks no name server: who is not an address of IP is reached through the proxy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from .addresses import BrokenMessage
from .dialog import Dialog, next_hop
from .digest import Challenge, Credentials, answer
from .messages import Headers, Request, Response
from .transactions import ClientTransaction, Hop, Send, Transactions, new_branch

NAME = "Starostwo"
MOST_ATTEMPTS = 3  # asked for a password, told that the nonce is stale, and no more
CHALLENGES = {
    401: ("WWW-Authenticate", "Authorization"),
    407: ("Proxy-Authenticate", "Proxy-Authorization"),
}
Progress = Callable[[Response], None]


class Unreachable(RuntimeError):
    """The next hop is no address of IP, and there is no proxy to ask."""


@dataclass
class Client:
    """The sending half of an agent. `local` is what stands in Via: host and port of the own socket."""

    transactions: Transactions
    send: Send
    proxy: Hop | None
    credentials: Credentials | None
    local: Hop = ("", 0)

    async def transact(
        self,
        build: Callable[[], Request],
        on_begin: Callable[[ClientTransaction], None] | None = None,
        on_progress: Progress | None = None,
        dialog: Dialog | None = None,
    ) -> Response:
        """Send a request, with the password when asked for it, and return its final response.

        `build` is called for each attempt, as each needs a number of its own. With a dialog the 2xx of a
        re-INVITE is acknowledged here.
        """
        header: tuple[str, str] | None = None
        for _ in range(MOST_ATTEMPTS):
            request = build()
            if header:
                request.headers.add(*header)
            transaction = self.transactions.begin(self._stamped(request), self._hop(request))
            if on_begin:
                on_begin(transaction)
            response = await self._final(transaction, on_progress)
            if dialog and request.method == "INVITE" and response.code < 300:
                self.acknowledge(transaction, dialog.request("ACK", cseq=request.cseq[0]))
            again = self._authorization(request, response, is_first=header is None)
            if again is None:
                break
            header = again
        return response

    def acknowledge(self, transaction: ClientTransaction, ack: Request) -> None:
        """Acknowledge a 2xx."""
        transaction.acknowledge(self._stamped(ack), self._hop(ack))

    def acknowledge_unwanted(self, ack: Request) -> None:
        """Acknowledge an answer that nobody waits for."""
        self.send(bytes(self._stamped(ack)), self._hop(ack))

    async def cancel(self, request: Request, hop: Hop) -> None:
        """Send a CANCEL; what matters is the answer to its INVITE."""
        await self._final(self.transactions.begin(request, hop), None)

    def _stamped(self, request: Request) -> Request:
        """Put our Via on top; rport asks for the answer at our very port (RFC 3581)."""
        host, port = self.local
        via = f"SIP/2.0/UDP {in_brackets(host)}:{port};rport;branch={new_branch()}"
        headers = Headers(("Via", via), *request.headers, ("User-Agent", NAME))
        return Request(headers, request.body, request.method, request.uri)

    def _hop(self, request: Request) -> Hop:
        """Outside a dialog, and where a host has a name, the proxy is the next hop."""
        is_in_dialog = bool(request.receiver.tag)
        host, port = next_hop(request)
        if self.proxy and not is_in_dialog:
            return self.proxy
        try:
            return str(ip_address(host)), port
        except ValueError:
            if self.proxy is None:
                raise Unreachable(host) from None
            return self.proxy

    async def _final(self, transaction: ClientTransaction, on_progress: Progress | None) -> Response:
        try:
            while True:
                response = await transaction.next_response()
                if response.is_final:
                    return response
                if on_progress:
                    on_progress(response)
        finally:  # also when nobody waits any more
            self.transactions.finish(transaction)

    def _authorization(self, request: Request, response: Response, is_first: bool) -> tuple[str, str] | None:
        """Return the header that answers a challenge; nothing when none was put or the password is wrong."""
        if response.code not in CHALLENGES or self.credentials is None:
            return None
        theirs, ours = CHALLENGES[response.code]
        for value in response.headers.all(theirs):
            try:
                challenge = Challenge.parse(value)
                if is_first or challenge.is_stale:
                    return ours, answer(challenge, self.credentials, request.method, request.uri)
            except BrokenMessage:
                continue
        return None


def in_brackets(host: str) -> str:
    """Write an address of IPv6 as URIs and Via want it."""
    return f"[{host}]" if ":" in host else host
