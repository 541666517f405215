"""Session descriptions: one audio stream, G.711 and telephone-event (RFC 8866, 3264, 3551, 4733).

An answer uses the payload numbers of the offer (RFC 3264 section 6.1): browsers offer telephone-event as 126,
phones as 101, and who answers with another number gets no digits.
"""

from dataclasses import dataclass, field
from ipaddress import ip_address

from .addresses import HIGHEST_PORT, BrokenMessage, whole_number

MOST_LINES = 400
MOST_PAYLOADS = 64
STATIC = {0: "PCMU/8000", 8: "PCMA/8000"}  # RFC 3551 table 4
OURS = ("PCMA/8000", "PCMU/8000")  # A-law first: this is Europe
EVENTS = "TELEPHONE-EVENT/8000"
EVENT_NUMBER = 101
DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")
MIRRORED = {"sendrecv": "sendrecv", "sendonly": "recvonly", "recvonly": "sendonly", "inactive": "inactive"}


class NothingInCommon(BrokenMessage):
    """The other side offers no plain RTP with G.711: answered with 488."""


@dataclass(frozen=True)
class Session:
    """What one side says of its audio: where it listens, which payloads it takes, which way sound may go."""

    address: str
    port: int
    payloads: dict[int, str] = field(default_factory=dict)  # number -> NAME/RATE, in order of preference
    direction: str = "sendrecv"
    number: int = 1
    version: int = 1
    skipped: tuple[str, ...] = ()  # other media of the offer, which an answer must refuse one by one

    @classmethod
    def parse(cls, body: bytes) -> "Session":
        """Read a description; the first audio stream of plain RTP counts."""
        return _read(body)

    @property
    def audio(self) -> tuple[int, str]:
        """The preferred payload of ours: number and name."""
        for number, name in self.payloads.items():
            if name in OURS:
                return number, name
        raise NothingInCommon("no G.711")

    @property
    def events(self) -> int | None:
        """The payload number of digits."""
        return next((number for number, name in self.payloads.items() if name == EVENTS), None)

    def __bytes__(self) -> bytes:
        kind = "IP6" if ":" in self.address else "IP4"
        numbers = " ".join(str(number) for number in self.payloads)
        lines = [
            "v=0",
            f"o=- {self.number} {self.version} IN {kind} {self.address}",
            "s=-",
            f"c=IN {kind} {self.address}",
            "t=0 0",
            f"m=audio {self.port} RTP/AVP {numbers}",
        ]
        for number, name in self.payloads.items():
            shown = name.lower() if name == EVENTS else name
            lines.append(f"a=rtpmap:{number} {shown}")
            lines += [f"a=fmtp:{number} 0-15"] if name == EVENTS else []
        lines += ["a=ptime:20", f"a={self.direction}", *self.skipped]
        return ("\r\n".join(lines) + "\r\n").encode()


def offer(address: str, port: int, number: int = 1, version: int = 1, direction: str = "sendrecv") -> Session:
    """Offer both laws and digits."""
    payloads = {8: OURS[0], 0: OURS[1], EVENT_NUMBER: EVENTS}
    return Session(address, port, payloads, direction, number, version)


def answer(
    offered: Session, address: str, port: int, number: int = 1, version: int = 1, wanted: str = "sendrecv"
) -> Session:
    """Answer with one law and digits under the numbers of the offer; sound goes only where both let it."""
    chosen = dict([offered.audio])
    if offered.events is not None:
        chosen[offered.events] = EVENTS
    theirs = MIRRORED[offered.direction]
    sends = "send" in theirs and "send" in wanted
    takes = "recv" in theirs and "recv" in wanted
    direction = {(True, True): "sendrecv", (True, False): "sendonly", (False, True): "recvonly"}
    return Session(
        address, port, chosen, direction.get((sends, takes), "inactive"), number, version, offered.skipped
    )


def _read(body: bytes) -> Session:
    try:
        lines = body.decode("utf-8").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError:
        raise BrokenMessage("a description that is no UTF-8") from None
    if len(lines) > MOST_LINES or lines[0].strip() != "v=0":
        raise BrokenMessage("no description of a session")
    common, media = _sections([line.strip() for line in lines])
    chosen = next((part for part in media if _is_plain_audio(part[0])), None)
    if chosen is None:
        raise NothingInCommon("no plain RTP")
    if media.index(chosen) > 0:
        raise NothingInCommon("audio is not the first stream")
    port, numbers = _media_line(chosen[0])
    address = _connection(chosen) or _connection(common)
    direction = _direction(chosen) or _direction(common) or "sendrecv"
    if address in ("0.0.0.0", "::"):  # noqa: S104 - the old way of hold, RFC 3264 section 8.4
        direction = {"sendrecv": "sendonly", "recvonly": "inactive"}.get(direction, direction)
    skipped = tuple(_refused(part[0]) for part in media if part is not chosen)
    return Session(address, port, _payloads(numbers, chosen), direction, skipped=skipped)


def _sections(lines: list[str]) -> tuple[list[str], list[list[str]]]:
    common: list[str] = []
    media: list[list[str]] = []
    for line in lines:
        if line.startswith("m="):
            media.append([line])
        else:
            (media[-1] if media else common).append(line)
    return common, media


def _is_plain_audio(line: str) -> bool:
    parts = line[2:].split()
    return len(parts) > 3 and parts[0] == "audio" and parts[2] == "RTP/AVP"


def _media_line(line: str) -> tuple[int, list[int]]:
    parts = line[2:].split()
    if len(parts) - 3 > MOST_PAYLOADS:
        raise BrokenMessage("too many payloads")
    port = whole_number(parts[1].partition("/")[0], HIGHEST_PORT)
    if port == 0:
        raise NothingInCommon("the stream is refused")
    return port, [whole_number(part, 127) for part in parts[3:]]


def _payloads(numbers: list[int], lines: list[str]) -> dict[int, str]:
    """In the order of the m= line; what has no name in the description has the static one, if any."""
    named = dict(STATIC)
    for line in lines:
        if not line.startswith("a=rtpmap:"):
            continue
        number, _, name = line[9:].partition(" ")
        parts = name.strip().upper().split("/")
        if len(parts) >= 2 and parts[2:] in ([], ["1"]):
            named[whole_number(number, 127)] = "/".join(parts[:2])
    return {number: named[number] for number in numbers if number in named}


def _connection(lines: list[str]) -> str:
    for line in lines:
        if line.startswith("c="):
            parts = line[2:].split()
            try:
                return str(ip_address(parts[2]))
            except (IndexError, ValueError):
                raise BrokenMessage("the connection has no address") from None
    return ""


def _direction(lines: list[str]) -> str:
    return next((line[2:] for line in lines if line.startswith("a=") and line[2:] in DIRECTIONS), "")


def _refused(line: str) -> str:
    """A stream is refused by port zero (RFC 3264 section 6)."""
    parts = line[2:].split()
    if len(parts) < 4:
        raise BrokenMessage("a stream that says too little")
    return f"m={parts[0]} 0 {parts[2]} {parts[3]}"
