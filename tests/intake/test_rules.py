"""The rules of the submission box as tables and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.intake.rules.access_code import ALPHABET, code_from, hash_of, is_one_of
from starostwo.intake.rules.fingerprint import (
    BadKey,
    bytes_fingerprint,
    check_key,
    request_fingerprint,
    scope_of,
)
from starostwo.intake.rules.limits import Limits, OverLimit, check_limits, distinct_names
from starostwo.intake.rules.sender import Sender, sender_of_lines

SMALL = Limits(file_bytes=100, total_bytes=150, attachments=2)


@pytest.mark.parametrize(
    ("sizes", "is_over", "why"),
    [
        ([100], False, "just the largest file"),
        ([101], True, "one byte too much"),
        ([100, 50], False, "just the whole"),
        ([100, 51], True, "one byte too much in all"),
        ([1, 1, 1], False, "just the most attachments"),
        ([1, 1, 1, 1], True, "one attachment too many"),
    ],
)
@pytest.mark.law("rozp. PRM 14.09.2011")
def test_limits(sizes: list[int], is_over: bool, why: str) -> None:
    if is_over:
        with pytest.raises(OverLimit):
            check_limits(sizes, SMALL)
    else:
        check_limits(sizes, SMALL)


@pytest.mark.parametrize(
    ("names", "distinct"),
    [
        (["a.pdf", "b.pdf"], ["a.pdf", "b.pdf"]),
        (["a.pdf", "A.pdf", "a.pdf"], ["a.pdf", "A (2).pdf", "a (3).pdf"]),
        (["a", "a"], ["a", "a (2)"]),
        (["a.pdf", "a (2).pdf", "a.pdf"], ["a.pdf", "a (2).pdf", "a (3).pdf"]),
    ],
)
def test_names_that_stand_twice_get_a_number(names: list[str], distinct: list[str]) -> None:
    assert distinct_names(names) == distinct


@given(st.lists(st.text("aA.( )2", min_size=1, max_size=6), max_size=8))
def test_distinct_names_are_distinct_and_in_order(names: list[str]) -> None:
    distinct = distinct_names(names)

    assert len(distinct) == len(names)
    assert len({name.casefold() for name in distinct}) == len(names)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_code_opens_only_its_own(mine: bytes, other: bytes) -> None:
    code = code_from(mine)

    assert is_one_of(code.lower().replace("-", " "), [hash_of(code_from(other)), hash_of(code)])
    assert is_one_of(code, [hash_of(code_from(other))]) == (mine == other)
    assert set(code) <= {*ALPHABET, "-"}
    assert [len(group) for group in code.split("-")] == [5, 5, 5, 5]


@pytest.mark.parametrize("code", ["", "-", "żółć", "OOOOO"])
def test_an_empty_code_opens_nothing(code: str) -> None:
    assert not is_one_of(code, [])
    assert not is_one_of(code, [hash_of(code_from(b"x"))])


files = st.lists(
    st.tuples(st.text(max_size=3), st.text("ab", min_size=1, max_size=2)), min_size=1, max_size=3
)


@given(files, files, st.text(max_size=3), st.text(max_size=3))
def test_only_the_same_request_has_the_same_mark(
    one: list[tuple[str, str]], two: list[tuple[str, str]], left: str, right: str
) -> None:
    same = (one, left) == (two, right)

    assert (request_fingerprint(one, left) == request_fingerprint(two, right)) == same


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=4))
def test_the_order_of_attachments_does_not_make_other_bytes(hashes: list[str]) -> None:
    document, *attachments = hashes

    assert bytes_fingerprint(hashes) == bytes_fingerprint([document, *reversed(attachments)])


@pytest.mark.parametrize(("key", "kept"), [(" abc ", "abc"), ("x" * 200, "x" * 200), ("!~", "!~")])
def test_a_good_key(key: str, kept: str) -> None:
    assert check_key(key) == kept


@pytest.mark.parametrize("key", ["", "  ", "x" * 201, "ą", "a\nb", "a\x00"])
def test_a_bad_key(key: str) -> None:
    with pytest.raises(BadKey):
        check_key(key)


def test_a_key_belongs_to_an_account_before_an_address() -> None:
    assert scope_of(account_id=7, address="192.0.2.1") == "account:7"
    assert scope_of(account_id=None, address="192.0.2.1") == "address:192.0.2.1"


@pytest.mark.parametrize(
    ("name", "address", "sender"),
    [
        ("Jan Kos", "ul. Długa 4/7, 95-100 Zgierz", ("ul. Długa 4/7", "95-100", "Zgierz")),
        ("Jan Kos", "Dąbrówka 3\n95-100  Zgierz", ("Dąbrówka 3", "95-100", "Zgierz")),
        ("Jan Kos", "Zgierz, Długa 4", ("Zgierz, Długa 4", "", "")),
        ("Jan Kos", "", ("", "", "")),
    ],
)
def test_a_sender_in_two_lines(name: str, address: str, sender: tuple[str, str, str]) -> None:
    found = sender_of_lines(name, address)

    assert (found.street, found.postcode, found.town) == sender
    assert found.name == name


def test_the_name_of_a_sender() -> None:
    assert Sender(given_name="Jan", family_name="Kos").name == "Jan Kos"
    assert Sender(organisation="Gmina", given_name="Jan", family_name="Kos").name == "Gmina, Jan Kos"
    assert Sender().name == ""
