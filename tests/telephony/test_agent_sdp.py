"""Session descriptions: offers of phones and browsers, and our answers to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.telephony.agent.addresses import BrokenMessage
from starostwo.telephony.agent.sdp import EVENTS, NothingInCommon, Session, answer, offer

HEAD = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
PHONE = HEAD + (
    "m=audio 4000 RTP/AVP 9 0 8 101\r\na=rtpmap:9 G722/8000\r\na=rtpmap:101 telephone-event/8000\r\n"
    "a=fmtp:101 0-16\r\n"
)
BROWSER = HEAD + (  # as rtpengine hands it on, without ICE and DTLS
    "m=audio 4000 RTP/AVP 111 63 8 0 110 126\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:63 red/48000/2\r\n"
    "a=rtpmap:8 PCMA/8000/1\r\na=rtpmap:110 telephone-event/48000\r\na=rtpmap:126 telephone-event/8000\r\n"
)
ANSWERS = [
    ("a phone that prefers mu-law", PHONE, {0: "PCMU/8000", 101: EVENTS}),
    ("a browser, whose digits are 126", BROWSER, {8: "PCMA/8000", 126: EVENTS}),
    ("no digits", HEAD + "m=audio 4000 RTP/AVP 8\r\n", {8: "PCMA/8000"}),
    (
        "A-law under a number of its own",
        HEAD + "m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 pcma/8000\r\n",
        {97: "PCMA/8000"},
    ),
    ("lines that end in a line feed alone", PHONE.replace("\r\n", "\n"), {0: "PCMU/8000", 101: EVENTS}),
]


@pytest.mark.parametrize(("reason", "text", "payloads"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_the_answer_keeps_the_numbers_of_the_offer(reason: str, text: str, payloads: dict[int, str]) -> None:
    ours = Session.parse(bytes(answer(Session.parse(text.encode()), "192.0.2.9", 6000)))
    assert (ours.address, ours.port) == ("192.0.2.9", 6000)
    assert ours.payloads == payloads


DIRECTIONS = [
    ("", "sendrecv", "sendrecv"),
    ("a=sendonly", "sendrecv", "recvonly"),
    ("a=recvonly", "sendrecv", "sendonly"),
    ("a=inactive", "sendrecv", "inactive"),
    ("a=sendrecv", "sendonly", "sendonly"),
    ("a=sendonly", "sendonly", "inactive"),
    ("c=IN IP4 0.0.0.0", "sendrecv", "recvonly"),  # the way of hold before RFC 3264
]


@pytest.mark.parametrize(("line", "wanted", "expected"), DIRECTIONS)
def test_sound_goes_where_both_let_it(line: str, wanted: str, expected: str) -> None:
    offered = Session.parse((PHONE + (f"{line}\r\n" if line else "")).encode())
    assert answer(offered, "192.0.2.9", 6000, wanted=wanted).direction == expected


def test_a_second_stream_is_refused_by_port_zero() -> None:
    offered = Session.parse((PHONE + "m=video 5000 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n").encode())
    assert b"m=video 0 RTP/AVP 96\r\n" in bytes(answer(offered, "192.0.2.9", 6000))


REFUSED = [
    ("encrypted only", PHONE.replace("RTP/AVP", "RTP/SAVPF"), NothingInCommon),
    ("video only", PHONE.replace("m=audio", "m=video"), NothingInCommon),
    ("a stream that is refused", PHONE.replace("4000", "0"), NothingInCommon),
    ("no description", "hello", BrokenMessage),
    ("no address", PHONE.replace("c=IN IP4 192.0.2.1", "c=IN IP4 host.example"), BrokenMessage),
    ("a port too high", PHONE.replace("4000", "70000"), BrokenMessage),
    ("a payload too high", PHONE.replace("0 8 101", "0 8 128"), BrokenMessage),
    ("too many payloads", PHONE.replace("0 8 101", "0 " * 100), BrokenMessage),
    ("too many lines", PHONE + "a=x\r\n" * 500, BrokenMessage),
]


@pytest.mark.parametrize(("reason", "text", "problem"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_cannot_be_is_refused(reason: str, text: str, problem: type[BrokenMessage]) -> None:
    with pytest.raises(problem):
        Session.parse(text.encode())


def test_no_law_in_common_is_refused() -> None:
    with pytest.raises(NothingInCommon):
        answer(Session.parse((HEAD + "m=audio 4000 RTP/AVP 9 101\r\n").encode()), "192.0.2.9", 6000)


def test_our_offer_is_read_as_it_was_written() -> None:
    ours = offer("2001:db8::1", 6000, 7, 2, "sendonly")
    read = Session.parse(bytes(ours))
    assert (read.address, read.port, read.payloads) == (ours.address, ours.port, ours.payloads)
    assert (read.direction, read.events, read.audio) == ("sendonly", 101, (8, "PCMA/8000"))


@given(
    st.one_of(
        st.binary(max_size=500),
        st.lists(st.sampled_from(BROWSER.splitlines())).map("\n".join).map(str.encode),
    )
)
def test_no_input_does_anything_but_be_refused(body: bytes) -> None:
    try:
        offered = Session.parse(body)
        bytes(answer(offered, "192.0.2.9", 6000))
    except BrokenMessage:
        return
