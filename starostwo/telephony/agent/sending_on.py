"""A call with somebody outside, taken over from the phone that sends him on (RFC 3515, 3725, 3891).

Until a phone sends a REFER we are no part of its call. The REFER tells the whole dialog: who talks, by which
way, with which numbers. From then on we stand between the phone and the operator, in the same dialog. The
operator notices nothing but a re-INVITE when somebody else speaks. Sound never comes here, but for the tone
that somebody outside hears when his phone hung up before the next one answered.
"""

import asyncio
from array import array
from typing import TYPE_CHECKING, Protocol

from . import sdp
from .addresses import Address, BrokenMessage, Uri
from .call import FRAGMENT, NotUp, Refused, State
from .dialog import Dialog
from .media import Media, NoFreePort
from .messages import Response
from .outgoing import OutgoingCall
from .sides import Key, Side
from .tones import silence, tone
from .transactions import ServerTransaction
from .wishes import BEHIND, BOTH_OUTSIDE, CALL, JOINS, NUMBER, Place, Wish

if TYPE_CHECKING:
    from .user_agent import UserAgent

DISCARD = 9  # the port of nobody
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


class Taken:
    """Both sides of one call: somebody outside, and the phone inside that talks with him now, if any."""

    def __init__(self, register: Register, place: Place) -> None:
        self._register, self._agent = register, register.agent
        self._call_id, self._keys = place.call_id, set[Key]()
        host, port = register.exchange
        phone, theirs, behind = place.phone, place.theirs, place.behind
        back = [f"<sip:{host}:{port};lr>", *([f"<sip:{behind};lr>"] if behind else [])]
        self.inside: Side | None = self._side(Dialog(
            place.call_id, theirs, phone, place.phone_at, back, self._agent.contact,
            place.theirs_last + GAP, place.phone_last,
        ))  # fmt: skip
        self.outside = self._side(Dialog(
            place.call_id, phone, theirs, place.theirs_at, place.ways, self._agent.contact,
            place.phone_last + GAP + 1,
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
            await asyncio.gather(side.end(), other.end())
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
            await self._join_when_up(target, wish)
        except Refused as refused:
            await self._failed(phone, wish, refused.code, refused.response.reason)
        except (BrokenMessage, NoFreePort, NotUp):
            await self._failed(phone, wish, 503, "Service Unavailable")
        else:
            self._wishes = 0
            self._tell(phone, wish, 200, "OK")
            await self._let_go(phone)

    async def _join_when_up(self, target: OutgoingCall, wish: Wish) -> None:
        try:
            await target.wait_until_up()
        except Refused as refused:
            if refused.code != BOTH_OUTSIDE:
                raise
            await self._join_outside(refused.response, wish)
        else:
            await self._join(target)

    async def _join_outside(self, answer: Response, wish: Wish) -> None:
        """Both talk with the phone and are outside: we take its place in the second call too, and join them.

        The second one is asked where he hears, the first one answers him (RFC 3725 section 4.1).
        """
        host, port = self._register.exchange
        place = Place.of_answer(answer, wish.replaces.partition(";")[0], f"{host}:{port}", self._behind)
        second = Taken(self._register, place)
        async with self._speaks, second._speaks:
            offered, asked = await second.outside.ask_offer()
            if offered.code >= 300:
                raise Refused(offered)
            joins = f"{place.call_id};{place.phone.tag};{place.theirs.tag}"
            agreed = await self._offered_outside(offered.body, (JOINS, joins))
            if agreed.code >= 300:
                second.outside.acknowledge(asked, _silent(offered.body, host))
                raise Refused(agreed)
            second.outside.acknowledge(asked, agreed.body)
            self._stop_company()
            phone, second.inside = second.inside, None
            self.inside, self._next = second.outside, None
            self.inside.meet = self.meet
            self._keys |= second._keys
        if phone:
            self._agent.start_task(self._let_go(phone))
        if self.outside.is_over:
            await self.inside.end()
        elif self.inside.is_over:
            await self.outside.end()

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

    async def _offered_outside(self, body: bytes, *more: tuple[str, str]) -> Response:
        for _ in range(TRIES):
            answer = await self.outside.offer(body, *more)
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


def _silent(offered: bytes, host: str) -> bytes:
    """An answer that lets no sound go, until the phone says otherwise."""
    try:
        return bytes(sdp.answer(sdp.Session.parse(offered), host, DISCARD, wanted="inactive"))
    except BrokenMessage:
        return b""
