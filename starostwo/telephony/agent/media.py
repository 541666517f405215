"""The sound of one call: a UDP port, packets sent every 20 ms, what was heard and which digits came."""

import asyncio
import secrets
from array import array
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, cast

from .addresses import BrokenMessage
from .g711 import RATE, decode, encode
from .rtp import DIGITS, Packet, ahead, read_event, write_event
from .sdp import OURS, Session
from .tones import FRAME, endless, seconds_of

PACE = FRAME / RATE  # seconds between packets: 0.02
LATE = 0.2  # seconds behind the clock after which the sender lets go what was missed
LONGEST_GAP = 2 * RATE  # samples of silence put in for what did not arrive
HEARD_LIMIT = 600 * RATE  # samples kept: ten minutes
MOST_DIGITS = 200  # kept, the last ones
END_PACKETS = 3  # RFC 4733 section 2.5.1.4: the last packet of a digit goes out three times
Frames = Iterator["array[int]"]


class NoFreePort(RuntimeError):
    """Every port that the agent may use for sound is taken."""


class Media(asyncio.DatagramProtocol):
    """Sends frames of a source and keeps what it hears; open it with `listen`."""

    def __init__(self) -> None:
        self.heard: array[int] = array("h")
        self.digits = ""
        self.received = 0  # packets of the other side
        self.on_sound: Callable[[array[int]], None] | None = None
        self.on_digit: Callable[[str], None] | None = None
        self.local: tuple[str, int] = ("", 0)
        self._transport: asyncio.DatagramTransport | None = None
        self._ours: Session | None = None
        self._theirs: Session | None = None
        self._frames: Frames = iter(())
        self._done: asyncio.Future[None] | None = None
        self._events: deque[tuple[str, int, bool, bool]] = deque()
        self._sender: asyncio.Task[None] | None = None
        self._sequence, self._stamp = secrets.randbits(15), secrets.randbits(31)
        self._event_stamp, self._source = 0, secrets.randbits(32)
        self._is_marked = True
        self._expected: int | None = None
        self._their_source: int | None = None
        self._last_event: int | None = None

    @classmethod
    async def listen(cls, host: str, ports: range = range(0, 1)) -> "Media":
        """Open the first free even port of the range; port 0 lets the system choose."""
        loop = asyncio.get_running_loop()
        for port in ports:
            if port % 2:  # RFC 3550 section 11: odd ports are RTCP's
                continue
            try:
                _, media = await loop.create_datagram_endpoint(cls, local_addr=(host, port))
            except OSError:
                continue
            return media
        raise NoFreePort(f"{ports.start}-{ports.stop - 1}")

    def connect(self, ours: Session, theirs: Session) -> None:
        """Take what both sides agreed on; sound starts, stops or goes elsewhere accordingly."""
        if self._theirs is not None and self._theirs.port != theirs.port:
            self._expected = self._their_source = None
        self._ours, self._theirs = ours, theirs
        if self._sender is None:
            self._sender = asyncio.get_running_loop().create_task(self._send_paced())

    @property
    def may_send(self) -> bool:
        """Whether both sides let our sound through."""
        if self._ours is None or self._theirs is None:
            return False
        return "send" in self._ours.direction and "recv" in self._theirs.direction

    async def play(self, samples: "array[int]") -> None:
        """Send the samples and return when the last went out."""
        self._let_go()
        self._done = asyncio.get_running_loop().create_future()
        self._frames = _cut(samples)
        await self._done

    def play_tone(self, hz: float) -> None:
        """Send a tone from now on."""
        self._let_go()
        self._frames = endless(hz)

    def play_nothing(self) -> None:
        """Send silence from now on."""
        self._let_go()
        self._frames = iter(())

    def send_digits(self, digits: str, seconds: float = 0.1, pause: float = 0.06) -> None:
        """Queue digits; sound waits until they went out."""
        for digit in digits.upper():
            if digit not in DIGITS:
                raise ValueError(digit)
            steps = max(2, round(seconds / PACE))
            self._events.extend((digit, (step + 1) * FRAME, step == 0, False) for step in range(steps))
            self._events.extend((digit, (steps + 1) * FRAME, False, True) for _ in range(END_PACKETS))
            self._events.extend(("", 0, False, False) for _ in range(max(1, round(pause / PACE))))

    def take_digit(self, digit: str) -> None:
        """A key was pressed at the other side."""
        self.digits = (self.digits + digit)[-MOST_DIGITS:]
        if self.on_digit:
            self.on_digit(digit)

    def seconds_of(self, hz: float) -> float:
        """Return for how long the tone was heard."""
        return seconds_of(self.heard, hz)

    def forget(self) -> None:
        """Begin anew to collect what is heard."""
        self.heard = array("h")

    def close(self) -> None:
        """Stop sending and free the port."""
        self._let_go()
        if self._sender:
            self._sender.cancel()
        if self._transport:
            self._transport.close()

    # asyncio's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the socket; its name is what the session description says."""
        self._transport = cast(asyncio.DatagramTransport, transport)
        host, port = transport.get_extra_info("sockname")[:2]
        self.local = (str(host), int(port))

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        """Hear a packet of the agreed host; of others, and of what is no RTP, nothing."""
        if self._theirs is None or self._ours is None or addr[0] != self._theirs.address:
            return
        try:
            self._take(Packet.parse(data), self._ours)
        except BrokenMessage:
            return

    def error_received(self, exc: Exception) -> None:
        """The other side closed its port already; the call's own end tells."""

    def _take(self, packet: Packet, ours: Session) -> None:
        self.received += 1
        if packet.payload == ours.events:
            digit = read_event(packet.data)
            if digit and packet.timestamp != self._last_event:
                self._last_event = packet.timestamp
                self.take_digit(digit)
            return
        name = ours.payloads.get(packet.payload, "")
        if name in OURS and "recv" in ours.direction:
            self._hear(packet, decode(name, packet.data))

    def _hear(self, packet: Packet, samples: "array[int]") -> None:
        """Put the samples where their timestamp says; what comes twice or too late is left out."""
        gap = 0 if self._expected is None else ahead(packet.timestamp, self._expected)
        if packet.source != self._their_source or abs(gap) > LONGEST_GAP:
            gap = 0  # somebody else speaks now, or the clock of the other side jumped
        if gap < 0:
            return
        self._their_source = packet.source
        self._expected = (packet.timestamp + len(samples)) & 0xFFFFFFFF
        sound = array("h", bytes(2 * gap)) + samples
        if len(self.heard) < HEARD_LIMIT:
            self.heard.extend(sound)
        if self.on_sound:
            self.on_sound(sound)

    async def _send_paced(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            self._send_next()
            due += PACE
            if loop.time() - due > LATE:
                due = loop.time()
            await asyncio.sleep(max(0.0, due - loop.time()))

    def _send_next(self) -> None:
        """Send the next packet of a digit, or else of sound; time goes on also while nothing may be sent."""
        if self._theirs is not None and self.may_send:
            if self._events:
                self._send_event(*self._events.popleft(), self._theirs.events)
            else:
                number, name = self._theirs.audio
                self._send(number, self._stamp, encode(name, self._next_frame()), self._is_marked)
                self._is_marked = False
        self._stamp = (self._stamp + FRAME) & 0xFFFFFFFF

    def _send_event(
        self, digit: str, duration: int, is_first: bool, is_end: bool, number: int | None
    ) -> None:
        self._is_marked = True
        if number is None or not digit:
            return
        if is_first:
            self._event_stamp = self._stamp
        self._send(number, self._event_stamp, write_event(digit, duration, is_end), is_first)

    def _send(self, payload: int, stamp: int, data: bytes, is_marked: bool) -> None:
        packet = Packet(payload, self._sequence, stamp, self._source, data, is_marked)
        self._sequence = (self._sequence + 1) & 0xFFFF
        if self._transport and self._theirs and not self._transport.is_closing():
            self._transport.sendto(bytes(packet), (self._theirs.address, self._theirs.port))

    def _next_frame(self) -> "array[int]":
        frame = next(self._frames, None)
        if frame is None:
            self._let_go()
            return array("h", bytes(2 * FRAME))
        return frame

    def _let_go(self) -> None:
        """Whoever waits for the end of what was played waits no longer."""
        if self._done and not self._done.done():
            self._done.set_result(None)
        self._done = None


def _cut(samples: "array[int]") -> Frames:
    for start in range(0, len(samples), FRAME):
        frame = samples[start : start + FRAME]
        frame.extend([0] * (FRAME - len(frame)))
        yield frame
