"""Transactions over UDP: the lost is sent again, the double answered from memory (RFC 3261 section 17).

Of RFC 6026 the client's side is taken over: a 2xx that comes again is acknowledged again by the transaction.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable

from .addresses import BrokenMessage
from .messages import MAGIC, Headers, Request, Response
from .timers import Timers

Hop = tuple[str, int]  # address and port
Send = Callable[[bytes, Hop], None]
MOST_TRANSACTIONS = 2000  # served at a time; above that requests are dropped and sent again later
log = logging.getLogger(__name__)


def new_branch() -> str:
    """Name a new transaction."""
    return MAGIC + secrets.token_hex(10)


class ClientTransaction:
    """One request that we sent; its responses are read one by one until the final one."""

    def __init__(self, request: Request, hop: Hop, send: Send, timers: Timers) -> None:
        self.request, self.hop = request, hop
        self.on_other_answer: Callable[[Response], None] | None = None  # a second 2xx of a forked INVITE
        self._send, self._timers = send, timers
        self._responses: asyncio.Queue[Response] = asyncio.Queue()
        self._final: Response | None = None
        self._was_heard = False
        self._ack: bytes | None = None
        self._task = asyncio.get_running_loop().create_task(self._send_again())

    @property
    def is_invite(self) -> bool:
        """Whether people may take their time to answer."""
        return self.request.method == "INVITE"

    async def next_response(self) -> Response:
        """Return the next response; a 408 of our own when none came."""
        return await self._responses.get()

    def acknowledge(self, ack: Request, hop: Hop) -> None:
        """Send the ACK of a 2xx, which is the dialog's own request, and keep it for repetitions."""
        self._ack, self.hop = bytes(ack), hop
        self._send(self._ack, hop)

    def receive(self, response: Response) -> None:
        """Take a response from the network."""
        self._was_heard = True
        if self._final is None:
            if response.is_final:
                self._final = response
                self._task.cancel()
                if self.is_invite and response.code >= 300:
                    self._ack = bytes(_ack_of_failure(self.request, response))
                    self._send(self._ack, self.hop)
            self._responses.put_nowait(response)
        elif self.is_invite and response.is_final:
            self._receive_late(response)

    def close(self) -> None:
        """Send nothing any more."""
        self._task.cancel()

    def _receive_late(self, response: Response) -> None:
        is_same = self._final is not None and self._final.receiver.tag == response.receiver.tag
        if response.code < 300 and not is_same:
            if self.on_other_answer:
                self.on_other_answer(response)
        elif self._ack:
            self._send(self._ack, self.hop)

    async def _send_again(self) -> None:
        """Timers A and E: pauses double; an INVITE that was heard is not sent again."""
        loop = asyncio.get_running_loop()
        pause, end = self._timers.t1, loop.time() + self._timers.limit
        self._send(bytes(self.request), self.hop)
        while loop.time() < end:
            await asyncio.sleep(min(pause, end - loop.time()))
            if self._was_heard and self.is_invite:
                return
            self._send(bytes(self.request), self.hop)
            pause = pause * 2 if self.is_invite else min(pause * 2, self._timers.t2)
        self._final = self.request.reply(408)
        self._responses.put_nowait(self._final)


class ServerTransaction:
    """One request that came; the last response goes out again whenever the request comes again."""

    def __init__(self, request: Request, hop: Hop, send: Send, timers: Timers) -> None:
        self.request, self.hop = request, hop
        self.on_cancel: Callable[[], None] | None = None
        self._send, self._timers = send, timers
        self._last: bytes | None = None
        self._acknowledged = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.is_done = False  # a final response went out
        self.answer = b""  # the description that came with the ACK

    def respond(self, response: Response) -> None:
        """Send a response; after a final one nothing more goes out."""
        if self.is_done:
            return
        self._last = bytes(response)
        self.is_done = response.is_final
        self._send(self._last, self.hop)
        if self.is_done and self.request.method == "INVITE":
            self._task = asyncio.get_running_loop().create_task(self._send_again(self._last))

    def repeat(self) -> None:
        """The request came again: its answer got lost."""
        if self._last is not None:
            self._send(self._last, self.hop)

    def acknowledge(self, body: bytes = b"") -> None:
        """The ACK came."""
        self.answer = body
        self._acknowledged.set()

    async def wait_for_ack(self) -> bool:
        """Wait for the ACK of the final response as long as it can still come (timer H)."""
        try:
            await asyncio.wait_for(self._acknowledged.wait(), self._timers.limit)
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Send nothing any more."""
        if self._task:
            self._task.cancel()

    async def _send_again(self, response: bytes) -> None:
        """Timer G: the final response of an INVITE goes out until its ACK comes."""
        loop = asyncio.get_running_loop()
        pause, end = self._timers.t1, loop.time() + self._timers.limit
        while loop.time() < end:
            try:
                await asyncio.wait_for(self._acknowledged.wait(), pause)
            except TimeoutError:
                self._send(response, self.hop)
                pause = min(pause * 2, self._timers.t2)
            else:
                return


class Transactions:
    """All transactions of one agent, found by the branch."""

    def __init__(self, send: Send, timers: Timers) -> None:
        self._send, self._timers = send, timers
        self._clients: dict[tuple[str, str], ClientTransaction] = {}
        self._servers: dict[tuple[str, str, str], ServerTransaction] = {}

    def begin(self, request: Request, hop: Hop) -> ClientTransaction:
        """Send a request and keep its transaction for as long as responses may still come."""
        key = (request.via.branch, request.method)
        self._clients[key] = transaction = ClientTransaction(request, hop, self._send, self._timers)
        return transaction

    def finish(self, transaction: ClientTransaction) -> None:
        """The final response was read: forget the transaction once repetitions can no longer come."""
        key = (transaction.request.via.branch, transaction.request.method)
        _after(self._timers.limit, lambda: self._clients.pop(key, None))

    def receive_response(self, response: Response) -> None:
        """Hand a response to its transaction; what belongs to none is dropped (RFC 3261 section 18.1.2)."""
        transaction = self._clients.get((response.via.branch, response.cseq[1]))
        if transaction:
            transaction.receive(response)

    def receive_request(self, request: Request, hop: Hop) -> ServerTransaction | None:
        """Return the transaction of a new request; nothing when the request was seen before or must wait."""
        key = _key(request, request.method)
        known = self._servers.get(key)
        if known:
            if request.method == "ACK":
                known.acknowledge()
            else:
                known.repeat()
            return None
        if request.method == "ACK":
            return ServerTransaction(request, hop, self._send, self._timers)  # of a 2xx: the call knows it
        if len(self._servers) >= MOST_TRANSACTIONS:
            log.warning("a request was dropped: too many at a time")
            return None
        self._servers[key] = transaction = ServerTransaction(request, hop, self._send, self._timers)
        if request.method != "INVITE":
            self.forget(transaction)
        return transaction

    def cancelled_by(self, cancel: Request) -> ServerTransaction | None:
        """Return the INVITE that a CANCEL means (RFC 3261 section 9.2)."""
        return self._servers.get(_key(cancel, "INVITE"))

    def forget(self, transaction: ServerTransaction) -> None:
        """Keep the answer for repetitions, then let it go (timers H, I and J)."""
        key = _key(transaction.request, transaction.request.method)
        _after(self._timers.limit + self._timers.t4, lambda: self._servers.pop(key, None))

    def close(self) -> None:
        """Send nothing any more."""
        for client in self._clients.values():
            client.close()
        for server in self._servers.values():
            server.close()


def _after(seconds: float, do: Callable[[], object]) -> None:
    asyncio.get_running_loop().call_later(seconds, do)


def _key(request: Request, method: str) -> tuple[str, str, str]:
    """RFC 3261 section 17.2.3; for senders older than it the whole Via line, Call-ID and CSeq stand in."""
    via = request.via
    branch = via.branch
    if not branch.startswith(MAGIC):
        branch = f"{branch} {request.call_id} {request.cseq[0]}"
    return branch, f"{via.host}:{via.port}", "INVITE" if method == "ACK" else method


def _ack_of_failure(request: Request, response: Response) -> Request:
    """The ACK of a refusal belongs to the transaction (RFC 3261 section 17.1.1.3)."""
    number = request.cseq[0]
    headers = Headers(
        ("Via", request.headers.listed("Via")[0]),
        ("From", request.headers.get("From")),
        ("To", response.headers.get("To")),
        ("Call-ID", request.call_id),
        ("CSeq", f"{number} ACK"),
        ("Max-Forwards", "70"),
    )
    for route in request.headers.all("Route"):
        headers.add("Route", route)
    if not request.via.branch:
        raise BrokenMessage("a request without branch")
    return Request(headers=headers, method="ACK", uri=request.uri)
