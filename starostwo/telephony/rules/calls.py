"""What the rows of exchanges say of a call: who called whom, how it ended, how long it took.

Source: RFC 3261 sec. 21 for the codes of SIP. Both exchanges of a call between buildings leave a row with one
Call-ID; the row of the exchange that the call came to from its neighbour has the source `peer`. When a phone
sends somebody outside on, the next call has the same Call-ID and the source `sent`: a record of its own. Each
says who talked and how long; who called outside pays until that one hangs up.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from starostwo.platform.telephone import INTERNAL
from starostwo.telephony.rules.numbers import NotANumber, outside

PHONE, PEER, TRUNK, SENT = "phone", "peer", "trunk", "sent"
USER, VOICEMAIL = "user", "voicemail"
ANSWERED, MISSED, BUSY, CANCELLED, REFUSED = "ANSWERED", "MISSED", "BUSY", "CANCELLED", "REFUSED"
INSIDE, BETWEEN, OUT, IN = "INSIDE", "BETWEEN", "OUT", "IN"
LONGEST = 20
WITH_COUNTRY = re.compile(r"48[1-9][0-9]{8}")
RESULTS: dict[int, str] = {
    408: MISSED, 480: MISSED, 486: BUSY, 600: BUSY, 603: BUSY, 487: CANCELLED,
}  # fmt: skip


@dataclass(frozen=True)
class Leg:
    """What one exchange knows of a call; moments in seconds of the epoch, `ended` always known."""

    node: str
    source: str
    caller: str
    dialled: str
    kind: str
    target: str
    begun: float
    ended: float
    answered: float | None = None
    code: int = 0
    came_by: str = ""
    left_by: str = ""


@dataclass(frozen=True)
class Numbers:
    """The county's numbers: homes of inner ones, what public ones ring, which are for emergencies."""

    homes: Mapping[str, str]
    public: Mapping[str, str | None] = field(default_factory=dict)
    emergency: frozenset[str] = frozenset()

    def inner(self, number: str) -> str:
        """The inner number that rings; empty for a number outside."""
        found = self.public.get(number) if number in self.public else number
        return found if found and found in self.homes else ""


@dataclass(frozen=True)
class Facts:
    """What a call record says."""

    direction: str
    result: str
    code: int
    caller: str
    dialled: str
    answered_by: str
    is_voicemail: bool
    node: str
    line: str
    paid_number: str
    begun: float
    answered: float | None
    ended: float

    @property
    def waited_seconds(self) -> int:
        """Whole seconds until somebody answered or the call was over."""
        return int(max(0.0, (self.answered or self.ended) - self.begun))

    @property
    def talked_seconds(self) -> int:
        """Begun seconds of talk, as operators count them."""
        return 0 if self.answered is None else ceil(max(0.0, self.ended - self.answered))


def grouped(legs: Iterable[Leg]) -> list[tuple[Leg, ...]]:
    """The rows of one Call-ID call by call: a phone that uses one twice hides nothing by that.

    A row from the neighbour belongs to the call that began nearest to it.
    """
    rows = sorted(legs, key=lambda leg: leg.begun)
    groups = [[leg] for leg in rows if leg.source != PEER]
    for leg in rows:
        if leg.source != PEER:
            continue
        if not groups:
            groups.append([leg])
            continue
        min(groups, key=lambda group: abs(group[0].begun - leg.begun)).append(leg)
    return [tuple(group) for group in groups]


def handed_on(legs: Iterable[Leg]) -> float | None:
    """When somebody from outside, in the rows of one Call-ID, began to talk with the next one."""
    return min((leg.answered for leg in legs if leg.source == SENT and leg.answered), default=None)


def facts(legs: Sequence[Leg], numbers: Numbers, handed: float | None = None) -> Facts:
    """One call from its rows, the first of which is that of the exchange where it began.

    Whoever answered a call from outside talked until he handed it on.
    """
    first = legs[0]
    last = legs[-1] if first.kind == PEER and len(legs) > 1 else first
    caller, dialled = number_of(first.caller, numbers), number_of(first.dialled, numbers)
    ended = min(first.ended, handed) if handed and first.source == TRUNK else first.ended
    is_own_box = last.target == first.caller  # who hears his messages has reached whom he called
    is_voicemail = last.kind == VOICEMAIL and first.answered is not None and not is_own_box
    is_out = last.kind == TRUNK
    answered_by = number_of(last.target, numbers) if first.answered is not None and not is_voicemail else ""
    if is_out and first.source == SENT:
        caller = number_of(first.came_by, numbers)  # who sends outside calls outside
    line = last.left_by if is_out else first.came_by
    return Facts(
        direction=_direction(first, numbers, dialled, answered_by, is_out),
        result=_result(first, is_voicemail),
        code=first.code,
        caller=caller,
        dialled=dialled,
        answered_by=answered_by,
        is_voicemail=is_voicemail,
        node=first.node,
        line=line,
        paid_number=answered_by if is_out else "",
        begun=first.begun,
        answered=first.answered,
        ended=ended,
    )


def number_of(text: str, numbers: Numbers) -> str:
    """A number as it is kept; empty where somebody hides it."""
    if text in numbers.homes or text in numbers.emergency or INTERNAL.fullmatch(text):
        return text
    try:
        return outside(f"+{text}" if WITH_COUNTRY.fullmatch(text) else text)
    except NotANumber:
        return re.sub(r"[^0-9*#]", "", text)[:LONGEST]


def _direction(first: Leg, numbers: Numbers, dialled: str, answered_by: str, is_out: bool) -> str:
    if first.source == TRUNK or (first.source == SENT and not is_out):
        return IN
    reached = numbers.inner(answered_by) or numbers.inner(dialled)
    if is_out or (not reached and (dialled.startswith("+") or dialled in numbers.emergency)):
        return OUT
    return BETWEEN if numbers.homes.get(reached, first.node) != first.node else INSIDE


def _result(first: Leg, is_voicemail: bool) -> str:
    if first.answered is not None:
        return MISSED if is_voicemail else ANSWERED
    return RESULTS.get(first.code, REFUSED)
