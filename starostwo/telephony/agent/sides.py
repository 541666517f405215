"""One side of a call that was taken over: requests of its dialog, sent, relayed and answered.

Bodies go from one side to the other as they are; only the line of origin is ours, as each side has to see one
description that changes, not descriptions of several others (RFC 3264 section 8).
"""

import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from . import replies
from .dialog import Dialog
from .messages import Request, Response
from .replies import SDP
from .transactions import ClientTransaction, ServerTransaction

if TYPE_CHECKING:
    from .user_agent import UserAgent

Meet = Callable[["Side", ServerTransaction], Awaitable[None]]
Key = tuple[str, str, str]
RELAYED = ("Content-Type", "Info-Package")


class Side:
    """A dialog of ours; what the other end asks is met by whoever leads both sides."""

    def __init__(self, agent: "UserAgent", dialog: Dialog, meet: Meet) -> None:
        self.agent, self.dialog = agent, dialog
        self.is_over = False
        self.meet = meet
        self._number, self._version = secrets.randbelow(2**31), 0
        self._unacknowledged: dict[int, ServerTransaction] = {}

    @property
    def key(self) -> Key:
        """How requests of the dialog are found."""
        return self.dialog.key

    def receive(self, transaction: ServerTransaction) -> None:
        """Take a request of the dialog."""
        request = transaction.request
        if request.method == "ACK":
            waiting = self._unacknowledged.pop(request.cseq[0], None)
            if waiting:
                waiting.acknowledge(request.body)
        elif not self.dialog.is_in_order(request):
            transaction.respond(request.reply(500))
        elif request.method == "OPTIONS":
            transaction.respond(request.reply(200))
        else:
            self.agent.start_task(self._met(transaction))

    async def ask(self, method: str, *more: tuple[str, str], body: bytes = b"") -> Response:
        """Send a request and return its final response; the answer to an INVITE is acknowledged."""
        return await self.agent.client.transact(
            lambda: self.dialog.request(method, *more, body=body), dialog=self.dialog
        )

    async def offer(self, body: bytes, *more: tuple[str, str]) -> Response:
        """Let the sound of this side go where the description says."""
        response = await self.ask("INVITE", ("Content-Type", SDP), *more, body=self.own(body))
        if response.code < 300:
            self.dialog.refresh(response)
        return response

    async def ask_offer(self) -> tuple[Response, ClientTransaction]:
        """Ask this side for a description; the ACK that brings the answer is still to be sent."""
        begun: list[ClientTransaction] = []
        response = await self.agent.client.transact(
            lambda: self.dialog.request("INVITE"), on_begin=begun.append
        )
        if response.code < 300:
            self.dialog.refresh(response)
        return response, begun[-1]

    def acknowledge(self, asked: ClientTransaction, body: bytes) -> None:
        """Answer the description that this side gave."""
        number = asked.request.cseq[0]
        described = (("Content-Type", SDP),) if body else ()
        ack = self.dialog.request("ACK", *described, body=self.own(body) if body else b"", cseq=number)
        self.agent.client.acknowledge(asked, ack)

    async def relay(self, request: Request) -> Response:
        """Ask this side what the other one asked."""
        if request.method == "INVITE":
            return await self.offer(request.body)
        more = [(name, value) for name in RELAYED for value in request.headers.all(name)[:1]]
        return await self.ask(request.method, *more, body=request.body)

    def answer(self, transaction: ServerTransaction, response: Response) -> None:
        """Answer what this side asked as the other one answered it."""
        request = transaction.request
        made = request.reply(response.code, response.reason)
        if request.method == "INVITE" and response.code < 300:
            self.dialog.refresh(request)
            for name, value in (
                ("Contact", f"<{self.dialog.contact}>"),
                ("Allow", replies.ALLOWED),
                ("Content-Type", SDP),
            ):
                made.headers.add(name, value)
            made.body = self.own(response.body)
            self._unacknowledged[request.cseq[0]] = transaction
        transaction.respond(made)

    async def end(self) -> None:
        """Hang up, once."""
        if not self.is_over:
            self.is_over = True
            await self.ask("BYE")

    def own(self, body: bytes) -> bytes:
        """The description with our line of origin."""
        self._version += 1
        ours = f"o=- {self._number} {self._version} IN IP4 {self.agent.host}".encode()
        return b"\r\n".join(ours if line.startswith(b"o=") else line for line in body.split(b"\r\n"))

    async def _met(self, transaction: ServerTransaction) -> None:
        try:
            await self.meet(self, transaction)
        finally:  # whatever went wrong, nobody waits for an answer for ever
            transaction.respond(transaction.request.reply(500))
            if transaction.request.method == "INVITE":
                self.agent.transactions.forget(transaction)
