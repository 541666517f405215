"""Digest authentication: the example of RFC 2617, what is refused, and that no secret is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.telephony.agent.addresses import BrokenMessage
from starostwo.telephony.agent.digest import Challenge, Credentials, answer, fields, ha1, is_right

# RFC 2617 section 3.5
CHALLENGE = Challenge.parse(
    'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", '
    'opaque="5ccc069c403ebaf9f0171e9517f40e41"'
)
CREDENTIALS = Credentials.from_password("Mufasa", "testrealm@host.com", "Circle Of Life")
ANSWER = answer(CHALLENGE, CREDENTIALS, "GET", "/dir/index.html", 1, "0a4f113b")


def test_the_example_of_the_rfc() -> None:
    assert ha1("Mufasa", "testrealm@host.com", "Circle Of Life") == "939e7578ed9e3c518a452acee763bce9"
    found = fields(ANSWER)
    assert found["response"] == "6629fae49393a05397450978507c4ef1"
    assert (found["qop"], found["nc"], found["opaque"]) == ("auth", "00000001", CHALLENGE.opaque)


def test_without_qop_as_in_rfc_2069() -> None:
    challenge = Challenge.parse(
        'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'
    )
    found = fields(answer(challenge, CREDENTIALS, "GET", "/dir/index.html"))
    assert found["response"] == "670fd8c2df070c60b045671b8b24ff02"
    assert "qop" not in found


WRONG = [
    ("another method", ANSWER, "PUT", CHALLENGE, CREDENTIALS.ha1),
    ("another password", ANSWER, "GET", CHALLENGE, ha1("Mufasa", "testrealm@host.com", "x")),
    ("nobody of that name", ANSWER, "GET", CHALLENGE, None),
    ("another nonce", ANSWER, "GET", Challenge("testrealm@host.com", "x", "auth"), CREDENTIALS.ha1),
    ("another realm", ANSWER, "GET", Challenge("x", CHALLENGE.nonce, "auth"), CREDENTIALS.ha1),
    ("qop left out", ANSWER.replace("qop=auth, ", ""), "GET", CHALLENGE, CREDENTIALS.ha1),
    ("no response", ANSWER.replace("response=", "respond="), "GET", CHALLENGE, CREDENTIALS.ha1),
    ("no digest at all", "Basic abc", "GET", CHALLENGE, CREDENTIALS.ha1),
    ("nothing", "", "GET", CHALLENGE, CREDENTIALS.ha1),
]


@pytest.mark.parametrize("row", WRONG, ids=[row[0] for row in WRONG])
def test_a_wrong_answer_is_refused(row: tuple[str, str, str, Challenge, str | None]) -> None:
    _, header, method, challenge, secret = row
    assert not is_right(header, method, challenge, lambda _: secret)


def test_the_right_answer_is_taken() -> None:
    assert is_right(ANSWER, "GET", CHALLENGE, lambda name: CREDENTIALS.ha1 if name == "Mufasa" else None)


def test_a_challenge_is_read_as_it_was_written() -> None:
    challenge = Challenge('a "quoted" realm', "n", "auth", "o", is_stale=True)
    assert Challenge.parse(str(challenge)) == challenge


@pytest.mark.parametrize(
    "header",
    [
        'Digest realm="r", nonce="n", algorithm=SHA-256',
        'Digest realm="r"',
        'Digest realm="r", nonce="n", qop="auth-int"',
        'Digest realm="r, nonce=n',
        "Digest " + ", ".join(f"a{number}=1" for number in range(40)),
    ],
)
def test_what_we_do_not_know_is_refused(header: str) -> None:
    with pytest.raises(BrokenMessage):
        Challenge.parse(header)


def test_ha1_is_not_given_to_another_realm() -> None:
    with pytest.raises(BrokenMessage):
        answer(Challenge("evil.example", "n"), CREDENTIALS, "INVITE", "sip:h")


def test_the_secret_is_not_shown() -> None:
    assert CREDENTIALS.ha1 not in repr(CREDENTIALS)


@given(st.text(max_size=100))
def test_no_header_does_anything_but_be_refused(text: str) -> None:
    assert not is_right(f"Digest {text}", "GET", CHALLENGE, lambda _: None)
