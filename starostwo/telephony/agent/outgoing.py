"""A call that we make: INVITE, ringing, answer, or giving up before it (RFC 3261 sections 9.1, 13.2)."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import sdp
from .addresses import Address, BrokenMessage
from .call import Call, NotUp, Refused, State
from .dialog import Dialog, new_tag
from .media import Media
from .messages import Headers, Request, Response
from .replies import SDP
from .transactions import ClientTransaction

if TYPE_CHECKING:
    from .user_agent import UserAgent


class OutgoingCall(Call):
    """Begins when it is made; `wait_until_up` returns when it was answered or refused."""

    def __init__(
        self,
        agent: "UserAgent",
        media: Media,
        target: str,
        more: Sequence[tuple[str, str]],
        sender: Address | None = None,
    ) -> None:
        super().__init__(agent, media)
        self.target = target
        self.response: Response | None = None
        self._more = list(more)
        self._transaction: ClientTransaction | None = None
        self._is_given_up = self._may_cancel = False
        self._call_id, self._sender = agent.new_call_id(), (sender or agent.address).tagged(new_tag())
        self._sent = 0
        self.ours = sdp.offer(*media.local)
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def wait_until_up(self) -> "OutgoingCall":
        """Return when the call is up; say in Refused with which answer it was not."""
        await asyncio.wait([self._task])
        if self._task.cancelled():
            raise NotUp("given up")
        self._task.result()  # raises what went wrong besides a refusal
        if self.response is not None and self.response.code >= 300:
            raise Refused(self.response)
        return self

    async def give_up(self) -> None:
        """Cancel while it rings; when the answer came first, hang up."""
        self._is_given_up = True
        self._cancel_if_possible()
        try:
            await asyncio.wait_for(self.up.wait(), self.agent.timers.limit)
        except TimeoutError:  # no 487 came after the CANCEL: RFC 3261 section 9.1 lets it be over
            self._task.cancel()
            self.end("us")
        if self.state is State.UP:
            await self.hang_up()

    async def _run(self) -> None:
        try:
            response = await self.agent.client.transact(
                self._invite, on_begin=self._begun, on_progress=self._went_on
            )
            self.response, self.code = response, response.code
            if response.code >= 300:
                self.end("them")
                return
            if self._transaction is not None and self.ours is not None:
                await self._answered(response, self._transaction, self.ours)
        except Exception:
            self.end("us")
            raise

    def _invite(self) -> Request:
        self._sent += 1
        headers = Headers(
            ("Max-Forwards", "70"),
            ("From", str(self._sender)),
            ("To", f"<{self.target}>"),
            ("Call-ID", self._call_id),
            ("CSeq", f"{self._sent} INVITE"),
            ("Contact", f"<{self.agent.contact}>"),
            ("Content-Type", SDP),
            *self._more,
        )
        return Request(headers=headers, body=bytes(self.ours or b""), method="INVITE", uri=self.target)

    def _begun(self, transaction: ClientTransaction) -> None:
        self._transaction = transaction
        self._may_cancel = False
        transaction.on_other_answer = self._answered_twice

    def _went_on(self, response: Response) -> None:
        """It rings; sound may come before the answer (announcements of a trunk)."""
        is_first, self._may_cancel = not self._may_cancel, True
        if is_first:
            self._cancel_if_possible()
        if response.code == 100:
            return
        if self.state is State.TRYING:
            self.state = State.RINGING
            self.ringing.set()
        self._hear_early(response)

    def _hear_early(self, response: Response) -> None:
        if response.body and self.ours:
            try:
                self.agreed(self.ours, sdp.Session.parse(response.body))
            except BrokenMessage:
                return  # the answer will bring a description of its own

    async def _answered(self, response: Response, transaction: ClientTransaction, ours: sdp.Session) -> None:
        self.dialog = dialog = Dialog.of_caller(transaction.request, response, self.agent.contact)
        self.agent.client.acknowledge(transaction, dialog.request("ACK", cseq=transaction.request.cseq[0]))
        self.state = State.UP
        self.agent.remember(self)
        body = response.body
        try:
            theirs = sdp.Session.parse(body) if body or self.theirs is None else self.theirs
            self.agreed(ours, theirs)
        except BrokenMessage:
            await self.hang_up()
            raise
        self.up.set()

    def _answered_twice(self, response: Response) -> None:
        """A proxy asked several phones and two answered at once: the later one is let go."""
        if self._transaction is None:
            return
        dialog = Dialog.of_caller(self._transaction.request, response, self.agent.contact)
        ack = dialog.request("ACK", cseq=self._transaction.request.cseq[0])
        self.agent.client.acknowledge_unwanted(ack)
        self.agent.start_task(self.agent.client.transact(lambda: dialog.request("BYE")))

    def _cancel_if_possible(self) -> None:
        """A CANCEL waits for the first provisional response and takes branch, route and number of its INVITE
        (RFC 3261 section 9.1).
        """
        if not (self._is_given_up and self._may_cancel and self._transaction):
            return
        invite, hop = self._transaction.request, self._transaction.hop
        headers = Headers(("Via", invite.headers.listed("Via")[0]), ("Max-Forwards", "70"))
        for name in ("Route", "From", "To", "Call-ID"):
            for value in invite.headers.all(name):
                headers.add(name, value)
        headers.add("CSeq", f"{invite.cseq[0]} CANCEL")
        cancel = Request(headers=headers, method="CANCEL", uri=invite.uri)
        self.agent.start_task(self.agent.client.cancel(cancel, hop))
