"""The agent: one UDP socket, the calls over it, registration at a registrar (RFC 3261).

agent = UserAgent("101", "starostwo.example", proxy=("127.0.0.1", 5060), credentials=...)
await agent.start()
await agent.register()
call = await agent.call("sip:102@starostwo.example")
await call.wait_until_up()
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from . import answers
from .addresses import Address, BrokenMessage, Uri
from .call import Call, State
from .client import Client, in_brackets
from .digest import Credentials
from .incoming import Behaviour, answering
from .media import Media
from .messages import Response, parse
from .outgoing import OutgoingCall
from .registration import SECONDS, Registration
from .timers import Timers
from .transactions import Hop, ServerTransaction, Transactions
from .transport import UdpSocket

log = logging.getLogger(__name__)


@dataclass
class UserAgent:
    """A phone, a voicemail box or a trunk's far end, by its behaviour towards calls that come in."""

    number: str
    domain: str
    host: str = "127.0.0.1"
    port: int = 0
    proxy: Hop | None = None
    credentials: Credentials | None = None
    behaviour: Behaviour = field(default_factory=answering)
    timers: Timers = field(default_factory=Timers)
    media_ports: range = range(0, 1)
    trusted: frozenset[str] = frozenset()  # addresses that may send us anything; empty: all may
    most_calls: int = 100
    accepts_transfers: bool = False  # whoever sends a REFER makes us call at our cost
    on_stranger: Callable[[ServerTransaction], bool] | None = (
        None  # meets requests of calls that are not ours
    )
    socket_type: type[UdpSocket] = UdpSocket

    def __post_init__(self) -> None:
        self.calls: list[Call] = []
        self.broken = 0  # datagrams that were no messages
        self._socket = self.socket_type(self._receive)
        self.transactions = Transactions(self._socket.send, self.timers)
        self.client = Client(self.transactions, self._socket.send, self.proxy, self.credentials)
        self._dialogs: dict[tuple[str, str, str], Call] = {}
        self._tasks: set[asyncio.Task[object]] = set()
        self._registration: Registration | None = None

    async def start(self) -> None:
        """Open the socket."""
        await self._socket.open(self.host, self.port)
        self.port = self._socket.local[1]
        self.client.local = (self.host, self.port)

    async def stop(self) -> None:
        """Hang up what is up, refuse what rings, close; a registration runs out unless it was taken back."""
        for call in list(self.calls):
            if call.state is State.UP:
                try:
                    await asyncio.wait_for(call.hang_up(), 2 * self.timers.t1)
                except TimeoutError:
                    log.warning("nobody answered the end of a call")
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for call in list(self.calls):
            call.end("us")
        self.transactions.close()
        self._socket.close()

    @property
    def address(self) -> Address:
        """Who we are."""
        return Address(Uri("sip", self.number, self.domain))

    @property
    def contact(self) -> str:
        """Where we are reached."""
        return str(Uri("sip", self.number, in_brackets(self.host), self.port))

    async def register(self, seconds: int = SECONDS) -> int:
        """Be reachable through the registrar; return for how many seconds it was granted, and renew it."""
        self._registration = self._registration or Registration(self)
        return await self._registration.begin(seconds)

    async def unregister(self) -> None:
        """Be reachable no more."""
        if self._registration:
            await self._registration.end()

    async def call(self, target: str, *more: tuple[str, str]) -> OutgoingCall:
        """Begin a call; more headers may go along."""
        uri = str(Uri.parse(target))
        media = await Media.listen(self.host, self.media_ports)
        call = OutgoingCall(self, media, uri, more)
        self.calls.append(call)
        return call

    def new_call_id(self) -> str:
        """Name a call."""
        return f"{secrets.token_hex(12)}@{self.host}"

    # what calls ask of their agent

    def remember(self, call: Call) -> None:
        """Requests of this dialog belong to the call from now on."""
        if call.dialog:
            self._dialogs[call.dialog.key] = call

    def forget(self, call: Call) -> None:
        """The call is over."""
        if call.dialog:
            self._dialogs.pop(call.dialog.key, None)
        if call in self.calls:
            self.calls.remove(call)

    def find(self, call_id: str, ours: str, theirs: str) -> Call | None:
        """Return the call of a dialog."""
        return self._dialogs.get((call_id, ours, theirs))

    def begin_transfer(self, call: Call, transaction: ServerTransaction) -> None:
        """Meet a REFER."""
        answers.begin_transfer(self, call, transaction)

    def wait_for_ack(self, call: Call, transaction: ServerTransaction) -> None:
        """Hang up a call whose answer nobody acknowledges (RFC 3261 section 13.3.1.4)."""
        call.unacknowledged[transaction.request.cseq[0]] = transaction

        async def wait() -> None:
            if not await transaction.wait_for_ack() and call.state is State.UP:
                await call.hang_up()

        self.start_task(wait())

    def start_task(self, work: Coroutine[object, object, object]) -> "asyncio.Task[object]":
        """Run something beside; what it raises is logged."""
        task: asyncio.Task[object] = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: "asyncio.Task[object]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.warning("a task of the agent failed", exc_info=task.exception())

    def _receive(self, data: bytes, hop: Hop) -> None:
        """Take a datagram; nothing that stands in it may stop the agent."""
        if self.trusted and hop[0] not in self.trusted:
            return
        try:
            message = parse(data)
        except BrokenMessage:
            self.broken += 1
            return
        if isinstance(message, Response):
            self.transactions.receive_response(message)
            return
        transaction = self.transactions.receive_request(message, hop)
        if transaction is None:
            return
        try:
            answers.receive(self, transaction)
        except BrokenMessage:
            self.broken += 1
            if message.method != "ACK":
                transaction.respond(message.reply(400))
                self.transactions.forget(transaction)
