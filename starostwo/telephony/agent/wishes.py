"""What a phone wants in a call with somebody outside, and what is known of the call at the phone's place."""

from dataclasses import dataclass
from urllib.parse import unquote

from .addresses import Address, BrokenMessage, whole_number
from .messages import Request, Response

NUMBER, CALL, LAST, BEHIND, JOINS = (
    "X-Starostwo-Number",
    "X-Starostwo-Call",
    "X-Starostwo-Last",
    "X-Starostwo-Behind",
    "X-Starostwo-Joins",
)
BOTH_OUTSIDE = 380  # the exchange: who is asked for by Replaces is outside too, here is his call
HIGHEST_CSEQ = 2**31 - 1


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


@dataclass(frozen=True)
class Place:
    """The place of a phone in a call: who talks, where both are found, which numbers they used last."""

    call_id: str
    phone: Address
    theirs: Address
    phone_at: str
    theirs_at: str
    ways: list[str]
    phone_last: int
    theirs_last: int
    behind: str  # the exchange of the other building, where the phone is beyond it

    @classmethod
    def of_refer(cls, refer: Request) -> "Place":
        """Read the place from a REFER of the phone, to which the exchange adds what it alone knows."""
        if refer.contact is None:
            raise BrokenMessage("a REFER without Contact")
        last = refer.headers.get(LAST)
        ways = [way for way in refer.headers.listed("Route") if not _is_websocket(way)]
        return cls(
            refer.call_id, refer.sender, refer.receiver, str(refer.contact.uri), refer.uri, ways,
            refer.cseq[0] - 1, int(last) if last.isdigit() else 0, refer.headers.get(BEHIND),
        )  # fmt: skip

    @classmethod
    def of_answer(cls, answer: Response, call_id: str, way: str, behind: str) -> "Place":
        """Read the place in another call of the phone from what the exchange says of it."""
        said = answer.headers
        ours, theirs = (Address.parse(said.get(f"X-Starostwo-{name}")) for name in ("Ours", "Theirs"))
        mark = ".".join(_turned(part) for part in said.get("X-Starostwo-Mark").split("."))
        ways = [f"<sip:{way};lr;did={mark}>", *said.listed("X-Starostwo-Way")]
        ours_last, theirs_last = (
            whole_number(one.parameters.get("last", ""), HIGHEST_CSEQ) for one in (ours, theirs)
        )
        return cls(
            call_id, ours, theirs, said.get("X-Starostwo-Ours-At"), said.get("X-Starostwo-Theirs-At"), ways,
            ours_last, theirs_last, behind,
        )  # fmt: skip


def _turned(number: str) -> str:
    """As Kamailio 5.6 writes the number of a dialog into a route: hexadecimal digits turned round."""
    return f"{whole_number(number, 2**32 - 1):x}"[::-1]


def _is_websocket(way: str) -> bool:
    """A browser's phone names the exchange twice, the first time as its websocket, where we cannot send."""
    return Address.parse(way).uri.parameters.get("transport", "").lower() in ("ws", "wss")
