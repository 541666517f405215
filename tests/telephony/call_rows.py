"""Rows as exchanges write them, for tests of call records."""

from datetime import datetime, timedelta

from starostwo.telephony.models import Call, CallLeg
from starostwo.telephony.services.calls import collect
from starostwo.telephony.testing import NOW


def row(call_id: str, caller: str, dialled: str, *, at: datetime = NOW, **said: object) -> CallLeg:
    """The dialled phone answered after 5 seconds, it took 65 seconds; what is told is otherwise."""
    begun = at.timestamp()
    told: dict[str, object] = {
        "callid": call_id, "node": "A", "source": "phone", "caller": caller, "dialled": dialled,
        "kind": "user", "target": dialled,
        "begun": f"{begun:.6f}", "answered": f"{begun + 5:.6f}", "code": "200",
        "start_time": f"{at:%Y-%m-%d %H:%M:%S}", "duration": 65.0,
    }  # fmt: skip
    return CallLeg.objects.create(**(told | said))


def unanswered(
    call_id: str, caller: str, dialled: str, code: int, *, at: datetime = NOW, **said: object
) -> CallLeg:
    """A call that ended after 20 seconds with this code."""
    told = {"answered": "", "code": str(code), "duration": 0.0, "ended": f"{at.timestamp() + 20:.6f}"}
    return row(call_id, caller, dialled, at=at, **(told | said))


def out(call_id: str, caller: str, number: str, line: str, *, at: datetime = NOW, **said: object) -> CallLeg:
    """A call over a line, of a minute."""
    told = {"kind": "trunk", "target": number, "left_by": line} | said
    return row(call_id, caller, number, at=at, **told)


def call(call_id: str, caller: str, dialled: str, *, at: datetime = NOW) -> Call:
    """A call inside that is in the records."""
    row(call_id, caller, dialled, at=at)
    collect(now=at + timedelta(minutes=1))
    return Call.objects.get(sip_id=call_id)
