"""One call, from either side: its dialog, its sound, what one may do with it while it is up."""

import asyncio
import re
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from . import replies, sdp
from .addresses import BrokenMessage
from .dialog import Dialog
from .media import Media
from .messages import Request, Response
from .replies import SDP
from .transactions import ServerTransaction

if TYPE_CHECKING:
    from .user_agent import UserAgent

FRAGMENT = "message/sipfrag;version=2.0"
SIGNAL = re.compile(rb"^Signal *= *([0-9*#A-D])\s", re.MULTILINE)  # a key in INFO: application/dtmf-relay
PROGRESS_LIMIT = 64.0  # seconds to wait for the result of a transfer


class Refused(RuntimeError):
    """The other side did not do what it was asked; `code` is its answer."""

    def __init__(self, response: Response) -> None:
        super().__init__(f"{response.code} {response.reason}")
        self.code = response.code
        self.response = response


class NotUp(RuntimeError):
    """The call is over, or not yet answered."""


class State(StrEnum):
    """Where a call stands."""

    TRYING = "trying"
    RINGING = "ringing"
    UP = "up"
    OVER = "over"


class Call:
    """What both sides of a call have in common. Sounds are heard and played at `media`."""

    def __init__(self, agent: "UserAgent", media: Media) -> None:
        self.agent, self.media = agent, media
        self.state = State.TRYING
        self.dialog: Dialog | None = None
        self.code = 0  # the final response to the INVITE
        self.ended_by = ""  # "us" or "them"
        self.transferred: Call | None = None  # the call that a REFER made us begin
        self.ringing, self.up, self.over = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.ours: sdp.Session | None = None
        self.theirs: sdp.Session | None = None
        self.on_hold: Callable[[bool], None] | None = None
        self.unacknowledged: dict[int, ServerTransaction] = {}
        self._is_negotiating = False
        self._progress: asyncio.Queue[int] = asyncio.Queue()

    @property
    def call_id(self) -> str:
        """The name of the call in the network, the same at both ends."""
        return self.dialog.call_id if self.dialog else ""

    @property
    def is_held(self) -> bool:
        """Whether the other side does not listen to us."""
        return self.theirs is not None and "recv" not in self.theirs.direction

    async def hang_up(self) -> None:
        """End the call that is up."""
        dialog = self._dialog_of_up()
        self.end("us")
        await self.agent.client.transact(lambda: dialog.request("BYE"))

    async def hold(self) -> None:
        """Let the other side wait: we send (music, silence) and hear nothing (RFC 3264 section 8.4)."""
        await self._negotiate("sendonly")

    async def resume(self) -> None:
        """Speak again."""
        await self._negotiate("sendrecv")

    async def transfer(self, target: str, replaces: str = "") -> int:
        """Ask the other side to call the target instead of us; return how that call ended up (RFC 3515)."""
        dialog = self._dialog_of_up()
        refer_to = f"<{target}?Replaces={replaces}>" if replaces else f"<{target}>"
        more = (("Refer-To", refer_to), ("Referred-By", f"<{dialog.local.uri}>"))
        response = await self.agent.client.transact(lambda: dialog.request("REFER", *more))
        if response.code >= 300:
            raise Refused(response)
        return await asyncio.wait_for(self._progress.get(), PROGRESS_LIMIT)

    async def hears(self, hz: float, seconds: float = 0.2, within: float = 3.0) -> bool:
        """Whether the tone is heard for so long before the time is out."""
        loop = asyncio.get_running_loop()
        end = loop.time() + within
        while self.media.seconds_of(hz) < seconds:
            if loop.time() > end:
                return False
            await asyncio.sleep(0.05)
        return True

    def end(self, by: str) -> None:
        """Close what belongs to the call; the other side is told by who calls this."""
        if self.state is State.OVER:
            return
        self.state, self.ended_by = State.OVER, by
        self.media.close()
        self.agent.forget(self)
        self.over.set()
        self.up.set()  # who waits for an answer waits no longer: look at the state
        self.ringing.set()

    def receive(self, transaction: ServerTransaction) -> None:
        """Answer a request within the dialog."""
        request = transaction.request
        if request.method == "ACK":
            self._acknowledged(request)
            return
        if self.dialog is None or not self.dialog.is_in_order(request):
            transaction.respond(request.reply(500))  # RFC 3261 section 12.2.2
        elif request.method == "BYE":
            transaction.respond(request.reply(200))
            self._bye()
        elif request.method == "INVITE":
            self._renegotiated(transaction, self.dialog)
        elif request.method == "NOTIFY":
            self._notified(transaction)
        elif request.method == "REFER":
            self.agent.begin_transfer(self, transaction)
        elif request.method in ("OPTIONS", "INFO"):
            transaction.respond(request.reply(200))
            if pressed := SIGNAL.search(request.body):
                self.media.take_digit(pressed[1].decode())
        else:
            transaction.respond(replies.not_allowed(request))

    async def notify(self, code: int, reason: str, is_last: bool) -> None:
        """Tell who asked for a transfer how it goes (RFC 3515 section 2.4.5)."""
        dialog = self.dialog
        if dialog is None or self.state is State.OVER:
            return
        state = "terminated;reason=noresource" if is_last else "active;expires=60"
        more = (("Event", "refer"), ("Subscription-State", state), ("Content-Type", FRAGMENT))
        body = f"SIP/2.0 {code} {reason}\r\n".encode()
        await self.agent.client.transact(lambda: dialog.request("NOTIFY", *more, body=body))

    def _bye(self) -> None:
        self.end("them")

    def _acknowledged(self, request: Request) -> None:
        """The ACK also brings the answer when the INVITE brought no offer (RFC 3261 section 13.2.1)."""
        transaction = self.unacknowledged.pop(request.cseq[0], None)
        if transaction is None:
            return
        transaction.acknowledge()
        if request.body and not transaction.request.body and self.ours:
            try:
                self.agreed(self.ours, sdp.Session.parse(request.body))
            except BrokenMessage:
                self.agent.start_task(self.hang_up())

    def _dialog_of_up(self) -> Dialog:
        if self.dialog is None or self.state is not State.UP:
            raise NotUp(self.state)
        return self.dialog

    async def _negotiate(self, direction: str) -> None:
        dialog = self._dialog_of_up()
        if self._is_negotiating or self.ours is None:
            raise NotUp("a change is under way")
        self._is_negotiating = True
        try:
            ours = sdp.offer(*self.media.local, self.ours.number, self.ours.version + 1, direction)
            response = await self.agent.client.transact(
                lambda: dialog.request("INVITE", ("Content-Type", SDP), body=bytes(ours)), dialog=dialog
            )
            if response.code >= 300:
                raise Refused(response)
            dialog.refresh(response)
            self.agreed(ours, sdp.Session.parse(response.body))
        finally:
            self._is_negotiating = False

    def agreed(self, ours: sdp.Session, theirs: sdp.Session) -> None:
        """Let sound go as both descriptions say; NothingInCommon when theirs has no law of ours."""
        _ = theirs.audio
        was_held = self.is_held
        self.ours, self.theirs = ours, theirs
        self.media.connect(ours, theirs)
        if self.on_hold and self.is_held != was_held:
            self.on_hold(self.is_held)

    def answer_to(self, body: bytes) -> sdp.Session:
        """Answer an offer; without one we offer ourselves, and the ACK brings the answer."""
        number, version = (self.ours.number, self.ours.version + 1) if self.ours else (1, 1)
        if not body:
            return sdp.offer(*self.media.local, number, version)
        return sdp.answer(sdp.Session.parse(body), *self.media.local, number, version)

    def _renegotiated(self, transaction: ServerTransaction, dialog: Dialog) -> None:
        """The other side holds us, or speaks again, or moved."""
        request = transaction.request
        if self._is_negotiating or self.state is not State.UP:
            transaction.respond(request.reply(491))
        else:
            try:
                ours = self.answer_to(request.body)
            except BrokenMessage:
                transaction.respond(request.reply(488))
            else:
                dialog.refresh(request)
                transaction.respond(replies.with_session(request, dialog, ours))
                self.ours = ours
                if request.body:
                    self.agreed(ours, sdp.Session.parse(request.body))
                self.agent.wait_for_ack(self, transaction)
        self.agent.transactions.forget(transaction)

    def _notified(self, transaction: ServerTransaction) -> None:
        """Read how a transfer that we asked for goes."""
        request = transaction.request
        transaction.respond(request.reply(200))
        words = request.body.split(None, 2)
        code = int(words[1]) if len(words) > 1 and words[1].isdigit() and len(words[1]) == 3 else 0
        if code >= 200:
            self._progress.put_nowait(code)
        elif request.headers.get("Subscription-State").lower().startswith("terminated"):
            self._progress.put_nowait(code or 487)


def replacing(call: Call) -> str:
    """Name a call so that another may take its place, as it stands in Refer-To (RFC 3891), escaped."""
    if call.dialog is None:
        raise NotUp(call.state)
    call_id, ours, theirs = call.dialog.key
    escaped = call_id.replace("%", "%25").replace("@", "%40")
    return f"{escaped}%3Bto-tag%3D{theirs}%3Bfrom-tag%3D{ours}"
