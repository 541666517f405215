"""Dialogs: the way through several proxies from either side, numbers in order, passwords asked again."""

import pytest

from starostwo.telephony.agent.addresses import BrokenMessage
from starostwo.telephony.agent.client import Client
from starostwo.telephony.agent.dialog import Dialog, next_hop
from starostwo.telephony.agent.digest import Challenge, Credentials, fields
from starostwo.telephony.agent.messages import Headers, Request, Response
from starostwo.telephony.agent.timers import Timers
from starostwo.telephony.agent.transactions import Transactions

OURS = "sip:101@192.0.2.1:5070"


def _invite(*more: tuple[str, str], contact: str = f"<{OURS}>") -> Request:
    headers = Headers(
        ("Via", "SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK1"),
        ("From", "<sip:101@h>;tag=a"),
        ("To", "<sip:102@h>"),
        ("Call-ID", "c"),
        ("CSeq", "7 INVITE"),
        ("Contact", contact),
        *more,
    )
    return Request(headers, b"", "INVITE", "sip:102@h")


def _answer(*more: tuple[str, str]) -> Response:
    response = _invite(*more).reply(200, tag="b")
    response.headers.add("Contact", "<sip:102@192.0.2.9:5080;alias=1>")
    return response


TWO_PROXIES = ("Record-Route", "<sip:192.0.2.3;lr>, <sip:192.0.2.2:5062;lr;x=1>")


def test_the_caller_goes_the_way_back_to_front() -> None:
    """Each proxy put itself on top, so the one nearest to the caller stands last."""
    dialog = Dialog.of_caller(_invite(), _answer(TWO_PROXIES), OURS)
    request = dialog.request("BYE")
    assert request.headers.all("Route") == ["<sip:192.0.2.2:5062;lr;x=1>", "<sip:192.0.2.3;lr>"]
    assert (request.uri, next_hop(request)) == ("sip:102@192.0.2.9:5080;alias=1", ("192.0.2.2", 5062))
    assert (request.sender.tag, request.receiver.tag, request.cseq) == ("a", "b", (8, "BYE"))


def test_the_callee_goes_it_as_it_stands() -> None:
    dialog = Dialog.of_callee(_invite(TWO_PROXIES), "b", "sip:102@192.0.2.9:5080")
    request = dialog.request("BYE")
    assert request.headers.all("Route") == ["<sip:192.0.2.3;lr>", "<sip:192.0.2.2:5062;lr;x=1>"]
    assert (request.uri, next_hop(request)) == (OURS, ("192.0.2.3", 5060))
    assert (request.sender.tag, request.receiver.tag) == ("b", "a")


def test_a_strict_router_gets_itself_as_the_address() -> None:
    """RFC 3261 section 12.2.1.1: proxies of RFC 2543 do not know lr."""
    answer = _answer(("Record-Route", "<sip:192.0.2.3;lr>"), ("Record-Route", "<sip:192.0.2.2>"))
    request = Dialog.of_caller(_invite(), answer, OURS).request("BYE")
    assert request.uri == "sip:192.0.2.2"
    assert request.headers.all("Route") == ["<sip:192.0.2.3;lr>", "<sip:102@192.0.2.9:5080;alias=1>"]


def test_the_ack_has_the_number_of_its_invite() -> None:
    dialog = Dialog.of_caller(_invite(), _answer(), OURS)
    assert dialog.request("ACK", cseq=7).cseq == (7, "ACK")
    assert dialog.request("INVITE").cseq == (8, "INVITE")


def test_requests_out_of_order_are_seen() -> None:
    dialog = Dialog.of_callee(_invite(), "b", "sip:102@192.0.2.9")
    assert not dialog.is_in_order(_invite())
    later = _invite()
    later.headers.replace("CSeq", "9 INVITE")
    assert dialog.is_in_order(later)
    assert not dialog.is_in_order(later)


def test_who_moved_is_found() -> None:
    dialog = Dialog.of_callee(_invite(), "b", "sip:102@192.0.2.9")
    dialog.refresh(_invite(contact="<sip:101@192.0.2.77>"))
    assert dialog.request("BYE").uri == "sip:101@192.0.2.77"


@pytest.mark.parametrize("route", ["<sip:192.0.2.3", "http://x", "<>"])
def test_a_broken_way_is_refused_before_the_call_begins(route: str) -> None:
    with pytest.raises(BrokenMessage):
        Dialog.of_callee(_invite(("Record-Route", route)), "b", OURS)


def _challenged(code: int, header: str, *challenges: Challenge) -> Response:
    response = _invite().reply(code, tag="b")
    for challenge in challenges:
        response.headers.add(header, str(challenge))
    return response


STALE = Challenge("h", "new", "auth", is_stale=True)
FRESH = Challenge("h", "new", "auth")
OTHER = Challenge("elsewhere", "new", "auth")
ASKED = [
    ("by the other side", 401, "WWW-Authenticate", [FRESH], True, "Authorization"),
    ("by a proxy", 407, "Proxy-Authenticate", [FRESH], True, "Proxy-Authorization"),
    ("again: the password is wrong", 401, "WWW-Authenticate", [FRESH], False, None),
    ("again: the nonce is too old", 401, "WWW-Authenticate", [STALE], False, "Authorization"),
    ("by somebody else's realm", 401, "WWW-Authenticate", [OTHER], True, None),
    ("by two, of whom one is ours", 401, "WWW-Authenticate", [OTHER, FRESH], True, "Authorization"),
    ("under the wrong header", 401, "Proxy-Authenticate", [FRESH], True, None),
    ("not at all", 403, "WWW-Authenticate", [FRESH], True, None),
]


@pytest.mark.parametrize(
    ("reason", "code", "header", "challenges", "is_first", "expected"), ASKED, ids=[row[0] for row in ASKED]
)
def test_when_the_password_is_given(
    reason: str, code: int, header: str, challenges: list[Challenge], is_first: bool, expected: str | None
) -> None:
    credentials = Credentials.from_password("101", "h", "p")
    transactions = Transactions(lambda data, hop: None, Timers())
    client = Client(transactions, lambda data, hop: None, None, credentials)
    given = client._authorization(_invite(), _challenged(code, header, *challenges), is_first)
    if expected is None:
        assert given is None
    else:
        assert given is not None
        assert given[0] == expected
        assert fields(given[1])["nonce"] == "new"
