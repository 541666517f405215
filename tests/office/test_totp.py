"""One-time codes: the RFC's own examples, the window, and that no code opens twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.office.rules import totp

RFC_SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_rfc_6238_appendix_b(seconds: int, code: str) -> None:
    assert totp.code_of(RFC_SECRET, totp.step_at(seconds)) == code


@pytest.mark.parametrize(
    ("distance", "taken", "why"),
    [
        (-2, False, "a minute old"),
        (-1, True, "the step before: typing takes time"),
        (0, True, "now"),
        (1, True, "the phone's clock is a little fast"),
        (2, False, "from the future"),
    ],
)
def test_a_code_is_good_near_its_moment(distance: int, taken: bool, why: str) -> None:
    here = totp.step_at(1_000_000_000)
    code = totp.code_of(RFC_SECRET, here + distance)

    step = totp.step_of(code, secret=RFC_SECRET, seconds=1_000_000_000, after=0)

    assert (step == here + distance) == taken, why


def test_a_code_used_or_older_than_one_used_does_not_open() -> None:
    here = totp.step_at(1_000_000_000)
    code = totp.code_of(RFC_SECRET, here)

    assert totp.step_of(code, secret=RFC_SECRET, seconds=1_000_000_000, after=here - 1) == here
    assert totp.step_of(code, secret=RFC_SECRET, seconds=1_000_000_000, after=here) is None


@pytest.mark.parametrize("typed", ["", "abcdef", "12345", "١٢٣٤٥٦", "287082x"])
def test_what_is_no_code_does_not_open(typed: str) -> None:
    assert totp.step_of(typed, secret=RFC_SECRET, seconds=59, after=0) is None


def test_a_code_may_be_typed_with_a_space() -> None:
    assert totp.step_of("287 082", secret=RFC_SECRET, seconds=59, after=0) == 1


@given(st.binary(min_size=20, max_size=20))
def test_a_secret_is_read_back_as_it_was_written(secret: bytes) -> None:
    assert totp.read(totp.written(secret)) == secret
    assert totp.read(totp.written(secret).lower()) == secret
