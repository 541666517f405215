"""Numbers as people type them."""

import pytest

from starostwo.telephony.rules.numbers import NotANumber, any_number, internal, outside, shown


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("42 288 81 00", "+48422888100"),
        ("(42) 288-81-00", "+48422888100"),
        ("601 234 567", "+48601234567"),
        ("+48 601 234 567", "+48601234567"),
        ("0049 30 1234567", "+49301234567"),
    ],
)
def test_outside_numbers_are_kept_whole(typed: str, kept: str) -> None:
    assert outside(typed) == kept
    assert any_number(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "abc", "1234", "+0123456789", "042 288 81 0", "10'--2", "+48" + 14 * "1"]
)
def test_what_is_no_outside_number(typed: str) -> None:
    with pytest.raises(NotANumber):
        outside(typed)


def test_internal_numbers_have_two_to_six_digits() -> None:
    assert internal(" 105 ") == any_number("105") == "105"
    for wrong in ("1", "0105", "1234567", "10a"):
        with pytest.raises(NotANumber):
            internal(wrong)


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("+48422888100", "42 288 81 00"),
        ("+48601234567", "601 234 567"),
        ("+48451234567", "451 234 567"),
        ("+49301234567", "+49301234567"),
        ("105", "105"),
    ],
)
def test_numbers_as_they_are_read(kept: str, read: str) -> None:
    assert shown(kept) == read
