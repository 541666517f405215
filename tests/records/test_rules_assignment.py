"""What an assignment must be and what a later one keeps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.records.rules.assignment import (
    BadAssignment,
    LongerThanFirst,
    Target,
    check_targets,
    instruction_of_next,
    term_of_next,
)

FIRST = date(2026, 3, 20)


@pytest.mark.law("rozp. PRM 18.01.2011 par. 23")
@pytest.mark.parametrize(
    ("first", "wanted", "term", "why"),
    [
        (FIRST, date(2026, 3, 18), date(2026, 3, 18), "earlier is allowed"),
        (FIRST, FIRST, FIRST, "the same day is not longer"),
        (FIRST, None, FIRST, "nothing said keeps the first"),
        (None, FIRST, FIRST, "the first had none"),
        (None, None, None, "none at all"),
    ],
)
def test_the_term_of_a_later_assignment(
    first: date | None, wanted: date | None, term: date | None, why: str
) -> None:
    assert term_of_next(first, wanted) == term, why


def test_a_later_term_is_refused_by_a_single_day() -> None:
    with pytest.raises(LongerThanFirst):
        term_of_next(FIRST, date(2026, 3, 21))


@given(st.dates(), st.none() | st.dates())
def test_a_chain_of_assignments_never_ends_later_than_it_began(first: date, wanted: date | None) -> None:
    try:
        term = term_of_next(first, wanted)
    except LongerThanFirst:
        return
    assert term is not None
    assert term <= first


@pytest.mark.parametrize(
    ("superior", "added", "both"),
    [
        ("pilne", "do środy", "pilne\ndo środy"),
        ("pilne", "", "pilne"),
        ("", "do środy", "do środy"),
        ("pilne", "pilne", "pilne"),
    ],
)
@pytest.mark.law("rozp. PRM 18.01.2011 par. 23")
def test_the_superiors_words_stay_first(superior: str, added: str, both: str) -> None:
    assert instruction_of_next(superior, added) == both


@pytest.mark.law("instrukcja kancelaryjna par. 7")
def test_targets() -> None:
    unit, person = Target(unit="GN"), Target(account_id=7)
    check_targets(unit, [person])
    for lead, helpers in ((unit, [unit]), (unit, [person, person])):
        with pytest.raises(BadAssignment):
            check_targets(lead, helpers)
    for wrong in ({}, {"unit": "GN", "account_id": 7}):
        with pytest.raises(ValueError, match="either"):
            Target(**wrong)  # type: ignore[arg-type]
