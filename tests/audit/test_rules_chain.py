"""The chain of lines and the tree of their ends, as plain values."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from starostwo.audit.rules.chain import Line, canonical, fault_of, line_hash, moment
from starostwo.audit.rules.merkle import ChainEnd, ends_of, manifest, root_of

NOON = datetime(2026, 11, 23, 11, 0, 0, 5, tzinfo=UTC)


def line(seq: int, before: bytes, **columns: object) -> Line:
    payload = canonical({"at": NOON, "verb": "open", "thing": "a:1"})
    value = line_hash(before, seq=seq, written_at=NOON, payload=payload)
    return Line("a:1", seq, NOON, payload, before, value, columns)


FIRST = line(1, b"")
SECOND = line(2, FIRST.hash, verb="open", at=NOON)


@pytest.mark.parametrize(
    ("one", "before", "fault", "why"),
    [
        (FIRST, None, None, "the first line of a stream"),
        (SECOND, FIRST, None, "the second follows it"),
        (SECOND, None, "po wpisie 0 następuje wpis 2", "the first line is missing"),
        (replace(SECOND, seq=3), FIRST, "po wpisie 1 następuje wpis 3", "a line between is missing"),
        (line(2, b"x"), FIRST, "wpis nie łączy się z poprzednim", "bound to another line"),
        (line(1, b"x"), None, "wpis nie łączy się z poprzednim", "the first is bound to nothing"),
        (replace(SECOND, hash=b"x"), FIRST, "skrót wpisu nie zgadza się z jego treścią", "another hash"),
        (
            replace(SECOND, written_at=NOON + timedelta(microseconds=1)),
            FIRST,
            "skrót wpisu nie zgadza się z jego treścią",
            "another moment",
        ),
        (line(2, FIRST.hash, verb="close"), FIRST, "kolumna verb mówi co innego niż treść wpisu", "a column"),
        (
            line(2, FIRST.hash, verb="open", at=NOON + timedelta(days=1)),
            FIRST,
            "kolumna at mówi co innego niż treść wpisu",
            "a moment in a column",
        ),
    ],
)
def test_what_is_wrong_with_a_line(one: Line, before: Line | None, fault: str | None, why: str) -> None:
    assert fault_of(one, before) == fault, why


def test_a_line_is_written_in_one_way_only() -> None:
    said = {"ż": NOON, "a": date(2026, 11, 23), "l": [1, True], "u": Line}
    text = canonical(said)
    assert text == canonical(dict(reversed(said.items())))
    assert text.startswith('{"a":"2026-11-23","l":[1,true],"u":')
    assert text.endswith('"ż":"2026-11-23T11:00:00.000005Z"}')
    assert json.loads(canonical({"x": "a\x00b\ud800"})) == {"x": "a\ufffdb?"}
    assert moment(NOON.astimezone(timezone(timedelta(hours=2)))) == "2026-11-23T11:00:00.000005Z"


def leaf(text: str) -> bytes:
    return hashlib.sha256(b"\0" + text.encode()).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


A, B, C, D, E = (leaf(text) for text in "abcde")


@pytest.mark.parametrize(
    ("lines", "root"),
    [
        ("a", A),
        ("a\nb", node(A, B)),
        ("a\nb\nc", node(node(A, B), C)),
        ("a\nb\nc\nd", node(node(A, B), node(C, D))),
        ("a\nb\nc\nd\ne", node(node(node(A, B), node(C, D)), E)),
    ],
)
def test_the_root_is_that_of_rfc_6962(lines: str, root: bytes) -> None:
    assert root_of(lines) == root


def test_an_anchor_gives_back_the_ends_that_it_binds() -> None:
    ends = [ChainEnd("b:1 x", 7, b"\x01\x02"), ChainEnd("a:1", 12, b"\x03")]
    text = manifest(number=3, at=NOON, previous_root=b"\xff", ends=ends)
    assert text.splitlines() == [
        "starostwo-anchor 1",
        "number 3",
        "at 2026-11-23T11:00:00.000005Z",
        "previous ff",
        "03 12 a:1",
        "0102 7 b:1 x",
    ]
    assert ends_of(text) == [ends[1], ends[0]]
