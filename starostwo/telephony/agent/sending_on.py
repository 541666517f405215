"""A call with somebody outside, taken over from the phone that sends him on (RFC 3515, 3725, 3891).

Until a phone sends a REFER we are no part of its call. The REFER tells the whole dialog: who talks, by which
way, with which numbers. From then on we stand between the phone and the operator, in the same dialog. The
operator notices nothing but a re-INVITE when somebody else speaks. Sound never comes here, but for the tone
that somebody outside hears when his phone hung up before the next one answered.
"""

import asyncio
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from . import sdp
from .addresses import Address, BrokenMessage, Uri
from .call import FRAGMENT, NotUp, Refused, State
from .dialog import Dialog
from .media import Media, NoFreePort
from .messages import Request, Response
from .outgoing import OutgoingCall
from .sides import Key, Side
from .tones import silence, tone
from .transactions import ServerTransaction

if TYPE_CHECKING:
    from .user_agent import UserAgent

NUMBER, CALL, LAST, BEHIND = (
    "X-Starostwo-Number",
    "X-Starostwo-Call",
    "X-Starostwo-Last",
    "X-Starostwo-Behind",
)
GAP = 10  # numbers left free between ours and those that the phone or the operator used last
PATIENCE = 3.0  # seconds in which a phone hangs up by itself once it heard that it worked
RINGS, BUSY = tone(425, 1.0) + silence(4.0), tone(425, 0.5) + silence(0.5)
BUSY_SECONDS = 4.0
TRIES, PAUSE = 3, 1.0  # when the operator changes something at the very moment


class Register(Protocol):
    """Where requests find the sides of calls."""

    sides: dict[Key, Side]
    agent: "UserAgent"
    exchange: tuple[str, int]


@dataclass(frozen=True)
class Wish:
    """Where a phone wants somebody sent."""

    target: str
    number: str  # of the phone
    replaces: str = ""
    refer: str = ""  # the name of this wish among several of one phone

    @classmethod
    def read(cls, request: Request, *, is_first: bool) -> "Wish":
        """Read a REFER; BrokenMessage when it says no number to call."""
        targets = request.headers.listed("Refer-To")
        if len(targets) != 1:
            raise BrokenMessage("no Refer-To")
        uri = Address.parse(targets[0]).uri
        if uri.scheme != "sip":
            raise BrokenMessage("no URI of SIP")
        found = [part.partition("=") for part in uri.headers.split("&")]
        replaces = next((unquote(value) for name, _, value in found if name.lower() == "replaces"), "")
        refer = "" if is_first else f";id={request.cseq[0]}"
        return cls(uri.number, request.headers.get(NUMBER), replaces, refer)


class Taken:
    """Both sides of one call: somebody outside, and the phone inside that talks with him now, if any."""

    def __init__(self, register: Register, refer: Request) -> None:
        self._register, self._agent = register, register.agent
        self._call_id, self._keys = refer.call_id, set[Key]()
        host, port = register.exchange
        behind = refer.headers.get(BEHIND)
        phone, theirs = refer.sender, refer.receiver
        contact = refer.contact
        if contact is None:
            raise BrokenMessage("a REFER without Contact")
        last = refer.headers.get(LAST)
        back = [f"<sip:{host}:{port};lr>", *([f"<sip:{behind};lr>"] if behind else [])]
        self.inside: Side | None = self._side(Dialog(
            refer.call_id, theirs, phone, str(contact.uri), back, self._agent.contact,
            (int(last) if last.isdigit() else 0) + GAP, refer.cseq[0] - 1,
        ))  # fmt: skip
        ways = [way for way in refer.headers.listed("Route") if not _is_websocket(way)]
        self.outside = self._side(Dialog(
            refer.call_id, phone, theirs, refer.uri, ways, self._agent.contact, refer.cseq[0] + GAP,
        ))  # fmt: skip
        self._shown = Address(theirs.uri, theirs.name)
        self._behind = behind
        self._wishes = 0
        self._next: OutgoingCall | None = None
        self._company: tuple[Media, asyncio.Task[object]] | None = None
        self._speaks = asyncio.Lock()  # one change of the outside's sound at a time

    def _side(self, dialog: Dialog) -> Side:
        side = Side(self._agent, dialog, self.meet)
        self._register.sides[side.key] = side
        self._keys.add(side.key)
        return side

    async def meet(self, side: Side, transaction: ServerTransaction) -> None:
        """Meet what one side asks: its end, a wish to send on, anything else is asked of the other side."""
        request = transaction.request
        if request.method == "BYE":
            transaction.respond(request.reply(200))
            side.is_over = True
            await self._ended(side)
        elif request.method == "REFER":
            await self._wished(side, transaction)
        elif request.method in ("INVITE", "INFO"):
            await self._relay(side, transaction)
        else:
            transaction.respond(request.reply(405))

    async def _relay(self, side: Side, transaction: ServerTransaction) -> None:
        request = transaction.request
        other = self.inside if side is self.outside else self.outside
        if side is not self.outside and side is not self.inside:
            other = None  # a phone that has sent the call on and has not hung up yet
        if other is None or other.is_over or self._speaks.locked():
            transaction.respond(request.reply(491))
            return
        async with self._speaks:
            if request.method == "INVITE" and not request.body:
                await self._relay_question(side, transaction, other)
            else:
                side.answer(transaction, await other.relay(request))

    async def _relay_question(self, side: Side, transaction: ServerTransaction, other: Side) -> None:
        """One side asks what the other one offers, and answers in its ACK (RFC 3261 section 13.2.1)."""
        response, asked = await other.ask_offer()
        side.answer(transaction, response)
        if response.code >= 300:
            return
        await transaction.wait_for_ack()
        other.acknowledge(asked, transaction.answer)
        if not transaction.answer:  # neither side knows where sound goes
            await asyncio.gather(self.outside.end(), other.end() if other is not self.outside else side.end())
            self._forget()

    async def _wished(self, side: Side, transaction: ServerTransaction) -> None:
        request = transaction.request
        if side is not self.inside or self._next is not None:
            transaction.respond(request.reply(603))
            return
        try:
            wish = Wish.read(request, is_first=self._wishes == 0)
        except BrokenMessage:
            transaction.respond(request.reply(400))
            return
        self._wishes += 1
        transaction.respond(request.reply(202))
        await self._send_on(side, wish)

    async def _send_on(self, phone: Side, wish: Wish) -> None:
        """Call whom the phone names; who was outside talks with him, or stays with the phone."""
        self._tell(phone, wish, 100, "Trying")
        try:
            target = await self._call(wish)
            self._agent.start_task(self._tell_ringing(target, phone, wish))
            await target.wait_until_up()
            await self._join(target)
        except Refused as refused:
            await self._failed(phone, wish, refused.code, refused.response.reason)
        except (BrokenMessage, NoFreePort, NotUp):
            await self._failed(phone, wish, 503, "Service Unavailable")
        else:
            self._wishes = 0
            self._tell(phone, wish, 200, "OK")
            await self._let_go(phone)

    async def _call(self, wish: Wish) -> OutgoingCall:
        more = [(NUMBER, wish.number), (CALL, self._call_id)]
        if wish.replaces:
            more.append(("Replaces", wish.replaces))
            more += [(BEHIND, self._behind)] if self._behind else []
        host, port = self._register.exchange
        uri = str(Uri("sip", wish.target, host, port))
        media = await Media.listen(self._agent.host, self._agent.media_ports)
        self._next = OutgoingCall(self._agent, media, uri, more, self._shown)
        self._agent.calls.append(self._next)
        return self._next

    async def _join(self, target: OutgoingCall) -> None:
        """Both speak with each other from now on: first he who is outside is led there, then the other."""
        async with self._speaks:
            if target.dialog is None or target.response is None or self.outside.is_over:
                raise NotUp(target.state)
            answer = await self._offered_outside(target.response.body)
            if target.state is not State.UP:
                raise NotUp(target.state)
            if answer.code >= 300:
                await target.hang_up()
                raise Refused(answer)
            self._stop_company()
            target.media.close()
            self._agent.forget(target)
            side = self._side(target.dialog)
            answer = await side.offer(answer.body)
            if answer.code >= 300:
                await side.end()
                raise Refused(answer)
            self.inside, self._next = side, None
        if self.outside.is_over:
            await side.end()

    async def _offered_outside(self, body: bytes) -> Response:
        for _ in range(TRIES):
            answer = await self.outside.offer(body)
            if answer.code != 491:
                break
            await asyncio.sleep(PAUSE)
        return answer

    async def _let_go(self, phone: Side) -> None:
        """The phone hangs up by itself, as most do, or is hung up."""
        for _ in range(round(PATIENCE / 0.1)):
            if phone.is_over:
                return
            await asyncio.sleep(0.1)
        await phone.end()

    async def _failed(self, phone: Side, wish: Wish, code: int, reason: str) -> None:
        """Who sent on hears why and has the call; a phone that hung up already is called back."""
        self._next = None
        if not phone.is_over:
            self._tell(phone, wish, code, reason)
        elif not self.outside.is_over:
            await self._give_back(wish)

    async def _give_back(self, wish: Wish) -> None:
        try:
            target = await self._call(Wish(wish.number, wish.number))
            await target.wait_until_up()
            await self._join(target)
        except (BrokenMessage, NoFreePort, NotUp, Refused):
            self._next = None
            await self._say_busy()

    async def _ended(self, side: Side) -> None:
        """One side hung up."""
        if side is self.outside:
            self._stop_company()
            if self._next is not None:
                await self._next.give_up()
            if self.inside is not None:
                await self.inside.end()
            self._forget()
        elif side is self.inside and self._next is None:
            await self.outside.end()
            self._forget()
        elif side is self.inside:
            await self._keep_company(RINGS)

    def _forget(self) -> None:
        """Nothing of this call is asked any more, but for what is on its way."""
        sides, keys = self._register.sides, list(self._keys)
        wait = self._agent.timers.limit
        asyncio.get_running_loop().call_later(wait, lambda: [sides.pop(key, None) for key in keys])

    # what somebody outside hears while no phone talks with him

    async def _keep_company(self, sound: "array[int]") -> None:
        async with self._speaks:
            self._stop_company()
            if self.outside.is_over or not (self.inside is None or self.inside.is_over):
                return  # somebody talks with him by now
            media = await Media.listen(self._agent.host, self._agent.media_ports)
            ours = sdp.offer(*media.local)
            answer = await self._offered_outside(bytes(ours))
            if answer.code >= 300:
                media.close()
                return
            media.connect(ours, sdp.Session.parse(answer.body))
            self._company = media, self._agent.start_task(_play(media, sound))

    def _stop_company(self) -> None:
        if self._company is not None:
            media, playing = self._company
            playing.cancel()
            media.close()
            self._company = None

    async def _say_busy(self) -> None:
        """Nobody takes him back: he hears it and is hung up."""
        await self._keep_company(BUSY)
        await asyncio.sleep(BUSY_SECONDS)
        self._stop_company()
        await self.outside.end()
        self._forget()

    # what the phone hears of it

    async def _tell_ringing(self, target: OutgoingCall, phone: Side, wish: Wish) -> None:
        await target.ringing.wait()
        if self._next is target and not target.up.is_set():
            self._tell(phone, wish, 180, "Ringing")

    def _tell(self, phone: Side, wish: Wish, code: int, reason: str) -> None:
        """Send it off; a phone that does not answer keeps nobody waiting."""
        if phone.is_over:
            return
        state = "terminated;reason=noresource" if code >= 200 else "active;expires=180"
        more = (("Event", f"refer{wish.refer}"), ("Subscription-State", state), ("Content-Type", FRAGMENT))
        body = f"SIP/2.0 {code} {reason}\r\n".encode()
        self._agent.start_task(phone.ask("NOTIFY", *more, body=body))


async def _play(media: Media, sound: "array[int]") -> None:
    while True:
        await media.play(sound)


def _is_websocket(way: str) -> bool:
    """A browser's phone names the exchange twice, the first time as its websocket, where we cannot send."""
    return Address.parse(way).uri.parameters.get("transport", "").lower() in ("ws", "wss")
