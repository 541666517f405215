"""Messages of SIP: what is read, what is refused, and that no input does anything else."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from starostwo.telephony.agent.addresses import Address, BrokenMessage, Uri, split_outside
from starostwo.telephony.agent.messages import (
    LONGEST_DATAGRAM,
    LONGEST_LINE,
    MOST_HEADERS,
    Headers,
    Request,
    Response,
    parse,
)

INVITE = (
    b"INVITE sip:102@starostwo.test SIP/2.0\r\n"
    b"Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bKabc;rport, SIP/2.0/UDP [2001:db8::1];branch=z9hG4bKd\r\n"
    b'f: "Anna \\"Ania\\" Nowak, wydzia\xc5\x82" <sip:101@starostwo.test;user=phone>;tag=1928\r\n'
    b"t: sip:102@starostwo.test\r\n"
    b"i: a84b4c76e66710@192.0.2.1\r\n"
    b"CSeq: 314159 INVITE\r\n"
    b"m: <sip:101@192.0.2.1:5070;transport=udp>;expires=60\r\n"
    b"Record-Route: <sip:192.0.2.2;lr;ftag=1>, <sip:192.0.2.3;lr>\r\n"
    b"Subject: rozmowa\r\n  o dwoch\r\n\tlinijkach\r\n"
    b"Content-Length: 4\r\n"
    b"\r\n"
    b"v=0\nand what does not belong to it"
)
RESPONSE = INVITE.replace(b"INVITE sip:102@starostwo.test SIP/2.0", b"SIP/2.0 486 Busy Here")


def test_a_request_is_read_whole() -> None:
    message = parse(INVITE)
    assert isinstance(message, Request)
    assert (message.method, message.uri) == ("INVITE", "sip:102@starostwo.test")
    assert (message.via.host, message.via.port, message.via.branch) == ("192.0.2.1", 5070, "z9hG4bKabc")
    assert len(message.headers.listed("via")) == 2
    assert message.sender.name == 'Anna "Ania" Nowak, wydział'
    assert (message.sender.uri.number, message.sender.tag, message.receiver.tag) == ("101", "1928", "")
    assert message.cseq == (314159, "INVITE")
    assert message.contact is not None
    assert (message.contact.uri.port, message.contact.parameters) == (5070, {"expires": "60"})
    assert message.headers.listed("record-route") == ["<sip:192.0.2.2;lr;ftag=1>", "<sip:192.0.2.3;lr>"]
    assert message.headers.get("s") == ""  # compact names are spelled out
    assert message.headers.get("subject") == "rozmowa o dwoch linijkach"
    assert message.body == b"v=0\n"


def test_a_response_is_read() -> None:
    message = parse(RESPONSE)
    assert isinstance(message, Response)
    assert (message.code, message.reason, message.is_final) == (486, "Busy Here", True)


def test_what_is_written_is_read_as_the_same() -> None:
    first = parse(INVITE)
    again = parse(bytes(first))
    assert list(again.headers)[:-1] == [pair for pair in first.headers if pair[0] != "Content-Length"]
    assert (again.body, bytes(again)) == (first.body, bytes(first))


def test_a_reply_takes_over_what_it_must() -> None:
    request = parse(INVITE)
    assert isinstance(request, Request)
    trying, ringing, busy = (request.reply(code, tag="us") for code in (100, 180, 486))
    assert trying.receiver.tag == ""
    assert ringing.receiver.tag == busy.receiver.tag == "us"
    assert ringing.headers.listed("Via") == request.headers.listed("Via")
    assert len(ringing.headers.all("Record-Route")) == 1
    assert busy.headers.all("Record-Route") == []
    assert (busy.reason, busy.cseq) == ("Busy Here", request.cseq)


BROKEN = [
    ("nothing", b""),
    ("keep-alive of a phone", b"\r\n\r\n"),
    ("a single zero byte", b"\0"),
    ("no empty line", INVITE.partition(b"\r\n\r\n")[0]),
    ("another protocol", INVITE.replace(b"starostwo.test SIP/2.0", b"starostwo.test HTTP/1.1")),
    ("no version", INVITE.replace(b" SIP/2.0\r\n", b"\r\n", 1)),
    ("no URI", INVITE.replace(b"sip:102@starostwo.test SIP", b"SIP", 1)),
    ("another kind of URI", INVITE.replace(b"INVITE sip:", b"INVITE http:", 1)),
    ("a blank in the method", INVITE.replace(b"INVITE sip", b"IN VITE sip", 1)),
    ("a status of two digits", RESPONSE.replace(b"486", b"48")),
    ("a status of letters", RESPONSE.replace(b"486", b"abc")),
    ("a status of other digits", RESPONSE.replace(b"486", "٤٨٦".encode())),
    ("no Via", INVITE.replace(b"Via:", b"Vio:")),
    ("a Via of another protocol", INVITE.replace(b"Via: SIP/2.0/UDP", b"Via: HTTP/1.1")),
    ("a Via with a broken port", INVITE.replace(b"1:5070;branch", b"1:99999;branch")),
    ("no From", INVITE.replace(b"f: ", b"ff: ")),
    ("no To", INVITE.replace(b"t: sip", b"tt: sip")),
    ("no Call-ID", INVITE.replace(b"i: a84", b"ii: a84")),
    ("an empty Call-ID", INVITE.replace(b"i: a84b4c76e66710@192.0.2.1", b"i: ")),
    ("no CSeq", INVITE.replace(b"CSeq", b"CSec")),
    ("CSeq of another method", INVITE.replace(b"314159 INVITE", b"314159 BYE")),
    ("CSeq too high", INVITE.replace(b"314159", b"2147483648")),
    ("CSeq of a hundred digits", INVITE.replace(b"314159", b"9" * 100)),
    ("two From", INVITE.replace(b"t: sip", b"f: <sip:1@h>\r\nt: sip")),
    ("two lengths", INVITE.replace(b"Content-Length: 4", b"Content-Length: 4\r\nl: 4")),
    ("a body that is cut", INVITE.replace(b"Content-Length: 4", b"Content-Length: 4000")),
    ("a length below zero", INVITE.replace(b"Content-Length: 4", b"Content-Length: -1")),
    ("a quote that does not close", INVITE.replace(b'Nowak, wydzia\xc5\x82"', b"Nowak")),
    ("a bracket that does not close", INVITE.replace(b"user=phone>", b"user=phone")),
    ("a control character", INVITE.replace(b"rozmowa", b"roz\x00mowa")),
    ("a bare line feed", INVITE.replace(b"rozmowa", b"roz\nX-Mailbox: 1")),
    ("headers in another encoding", INVITE.replace(b"\xc5\x82", b"\xb3")),
    ("a header without a colon", INVITE.replace(b"Subject: ", b"Subject ")),
    ("a header without a name", INVITE.replace(b"Subject: ", b": ")),
    ("too many headers", INVITE.replace(b"Subject: ", b"X: 1\r\n" * MOST_HEADERS + b"Subject: ")),
    ("a header too long", INVITE.replace(b"rozmowa", b"x" * (LONGEST_LINE + 1))),
    ("a header folded too long", INVITE.replace(b"rozmowa", b"x\r\n " * LONGEST_LINE)),
    ("a datagram too long", INVITE + b"x" * LONGEST_DATAGRAM),
]


@pytest.mark.parametrize(("reason", "datagram"), BROKEN, ids=[reason for reason, _ in BROKEN])
def test_what_is_broken_is_refused(reason: str, datagram: bytes) -> None:
    with pytest.raises(BrokenMessage):
        parse(datagram)


PIECES = st.sampled_from(
    [
        INVITE,
        RESPONSE,
        *INVITE.splitlines(keepends=True),
        b"\r\n",
        b'"',
        b"<",
        b">",
        b";",
        b",",
        b"\\",
        b"%",
        b":",
        b"@",
        b"[",
    ]
)


@given(st.one_of(st.binary(max_size=2000), st.lists(st.one_of(PIECES, st.binary(max_size=20))).map(b"".join)))
@example(b"INVITE sip: SIP/2.0\r\n\r\n")
def test_no_input_does_anything_but_be_refused(datagram: bytes) -> None:
    try:
        message = parse(datagram)
    except BrokenMessage:
        return
    assert message.via
    assert message.sender
    assert message.receiver
    assert parse(bytes(message)).call_id == message.call_id


@given(st.integers(0, len(INVITE) - 1), st.binary(max_size=3))
def test_no_flipped_byte_does_anything_but_be_refused(place: int, instead: bytes) -> None:
    try:
        bytes(parse(INVITE[:place] + instead + INVITE[place + 1 :]))
    except BrokenMessage:
        return


@given(st.text(max_size=200))
def test_no_text_breaks_the_readers_of_addresses(text: str) -> None:
    for read in (Uri.parse, Address.parse, lambda text: split_outside(text, ",")):
        try:
            str(read(text))
        except BrokenMessage:
            continue


@pytest.mark.parametrize(
    "piece", [b"<", b'"', b"\\", b";", b",", b'"\\', b"sip:@", b";a=b", b"<>,", b"[", b" ", b"\t", b"%41"]
)
def test_hostile_input_costs_little(piece: bytes) -> None:
    """What grows with the square of its length would take seconds here."""
    line = (piece * LONGEST_LINE)[: LONGEST_LINE - 100]
    begin = time.perf_counter()
    for place in (b"rozmowa", b"sip:102@starostwo.test\r\ni", b"sip:101@192.0.2.1:5070"):
        try:
            message = parse(INVITE.replace(place, line))
            message.headers.listed("Contact")
            _ = message.contact
        except BrokenMessage:
            continue
    assert time.perf_counter() - begin < 0.5


@pytest.mark.parametrize("value", ["a\r\nX-Mailbox: 1", "a\nb", "a\0", "\x7f"])
def test_no_header_smuggles_another(value: str) -> None:
    with pytest.raises(BrokenMessage):
        Headers(("From", value))


URIS = [
    ("sip:101@host", ("sip", "101", "host", None)),
    ("SIPS:101@host:5061;transport=TLS", ("sips", "101", "host", 5061)),
    ("sip:host", ("sip", "", "host", None)),
    ("sip:+48221234567;ext=3@host", ("sip", "+48221234567;ext=3", "host", None)),
    ("sip:[2001:db8::1]:5060", ("sip", "", "[2001:db8::1]", 5060)),
    ("tel:+48-22-123;phone-context=pl", ("tel", "+48-22-123", "", None)),
    ("sip:102@host?Replaces=abc%3Bto-tag%3D1", ("sip", "102", "host", None)),
]


@pytest.mark.parametrize(("text", "parts"), URIS, ids=[text for text, _ in URIS])
def test_uris_are_read_and_written(text: str, parts: tuple[str, str, str, int | None]) -> None:
    uri = Uri.parse(text)
    assert (uri.scheme, uri.user, uri.host, uri.port) == parts
    assert Uri.parse(str(uri)) == uri


@pytest.mark.parametrize(
    "text", ["", "sip:", "sip:@host", "sip:a b@host", "sip:1@h:0x1", "sip:1@[::1", "sip:1@h:1:2"]
)
def test_broken_uris_are_refused(text: str) -> None:
    with pytest.raises(BrokenMessage):
        Uri.parse(text)
