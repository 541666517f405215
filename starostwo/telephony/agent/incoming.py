"""A call that comes in, and how it may be met: answered, busy, ringing on, declined, redirected."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from . import replies, sdp
from .addresses import Address, BrokenMessage, Uri
from .call import Call, NotUp, State
from .dialog import Dialog, new_tag
from .media import Media
from .messages import Headers
from .transactions import ServerTransaction

if TYPE_CHECKING:
    from .user_agent import UserAgent

RINGS_LONGEST = 600.0  # seconds, should nobody cancel


class IncomingCall(Call):
    """Rings, is answered or refused by a behaviour; a CANCEL ends the behaviour."""

    def __init__(self, agent: "UserAgent", media: Media, transaction: ServerTransaction) -> None:
        super().__init__(agent, media)
        self.request = transaction.request
        self._transaction = transaction
        self.dialog = Dialog.of_callee(self.request, new_tag(), agent.contact)

    @property
    def caller(self) -> Address:
        """Who calls, as the network says it."""
        return self.request.sender

    @property
    def called(self) -> Uri:
        """Who is called, as the last proxy rewrote it."""
        return Uri.parse(self.request.uri)

    @property
    def headers(self) -> Headers:
        """What the proxy added for us, such as X-Mailbox."""
        return self.request.headers

    def ring(self) -> None:
        """Say that it rings."""
        self._respond_early(180)
        self.state = State.RINGING
        self.ringing.set()

    def announce(self) -> None:
        """Let the caller hear something before the answer: a trunk's "no such number" (RFC 3960)."""
        if self.state is not State.TRYING or self.dialog is None:
            raise NotUp(self.state)
        self.ours = self.answer_to(self.request.body)
        self.state = State.RINGING
        self._transaction.respond(replies.with_session(self.request, self.dialog, self.ours, 183))
        if self.request.body:
            self.agreed(self.ours, sdp.Session.parse(self.request.body))

    def answer(self) -> None:
        """Take the call; a caller with whom there is nothing in common gets 488."""
        if self.state not in (State.TRYING, State.RINGING) or self.dialog is None:
            raise NotUp(self.state)
        try:
            self.ours = self.ours or self.answer_to(self.request.body)
        except BrokenMessage:
            self.refuse(488)
            return
        self.code, self.state = 200, State.UP
        self._transaction.respond(replies.with_session(self.request, self.dialog, self.ours))
        self.agent.transactions.forget(self._transaction)
        self.agent.wait_for_ack(self, self._transaction)
        if self.request.body:
            self.agreed(self.ours, sdp.Session.parse(self.request.body))
        self.up.set()

    def refuse(self, code: int, *more: tuple[str, str]) -> None:
        """Do not take the call."""
        if self.state is State.OVER or self._transaction.is_done:
            return
        response = self.request.reply(code, tag=self._tag)
        for name, value in more:
            response.headers.add(name, value)
        self.code = code
        self._transaction.respond(response)
        self.agent.transactions.forget(self._transaction)
        self.end("them" if code == 487 else "us")

    def _bye(self) -> None:
        """A BYE before the answer is a way to give up (RFC 3261 section 15)."""
        self.refuse(487)
        super()._bye()

    def _respond_early(self, code: int) -> None:
        response = self.request.reply(code, tag=self._tag)
        response.headers.add("Contact", f"<{self.agent.contact}>")
        self._transaction.respond(response)

    @property
    def _tag(self) -> str:
        return self.dialog.local.tag if self.dialog else ""


Behaviour = Callable[[IncomingCall], Awaitable[None]]


def answering(after: float = 0.0, hz: float | None = None, hangs_up_after: float | None = None) -> Behaviour:
    """Ring for so many seconds, answer, play a tone, and perhaps hang up by itself."""

    async def answer(call: IncomingCall) -> None:
        call.ring()
        await asyncio.sleep(after)
        call.answer()
        if hz is not None and call.state is State.UP:
            call.media.play_tone(hz)
        if hangs_up_after is not None:
            await asyncio.wait([asyncio.ensure_future(call.over.wait())], timeout=hangs_up_after)
            if call.state is State.UP:
                await call.hang_up()

    return answer


def busy() -> Behaviour:
    """Be on the phone already."""
    return _refusing(486)


def declining() -> Behaviour:
    """Do not want the call, wherever else it could go."""
    return _refusing(603)


def redirecting(target: str) -> Behaviour:
    """Send the caller elsewhere (RFC 3261 section 8.3)."""
    return _refusing(302, ("Contact", f"<{target}>"))


def ringing_on() -> Behaviour:
    """Ring without an answer until the caller gives up."""

    async def ring(call: IncomingCall) -> None:
        call.ring()
        await asyncio.sleep(RINGS_LONGEST)
        call.refuse(480)

    return ring


def _refusing(code: int, *more: tuple[str, str]) -> Behaviour:
    async def refuse(call: IncomingCall) -> None:
        call.refuse(code, *more)

    return refuse
