"""Stock-taking as tables: what a count means, who may count, what differs, how often it is done."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.assets.rules import stocktaking as rules
from starostwo.assets.rules.stocktaking import Expected, Found

D = date


@pytest.mark.law("u.o.r. art. 26 ust. 1 pkt 1")
@pytest.mark.parametrize(
    ("book", "field", "known", "outcome", "why"),
    [
        ("SADOWA/1/105", "SADOWA/1/105", True, "AGREED", "in its room"),
        ("SADOWA/1/105", "SADOWA/1", True, "AGREED", "in a room of the floor that is counted"),
        ("SADOWA/1/105", "SADOWA/10", True, "ELSEWHERE", "another floor with a similar code"),
        ("SADOWA/1/105", "DLUGA", True, "ELSEWHERE", "another building"),
        (None, "DLUGA", True, "GONE", "it left the register"),
        (None, "DLUGA", False, "UNKNOWN", "no such number"),
    ],
)
def test_what_a_reading_means(book: str | None, field: str, known: bool, outcome: str, why: str) -> None:
    assert rules.outcome(book_path=book, field_path=field, is_known=known) == outcome, why


@pytest.mark.law("u.o.r. art. 27 ust. 1")
@pytest.mark.parametrize(
    ("found", "differences", "why"),
    [
        ([Found(1, 4, True)], [], "all of it is there"),
        ([], [(1, "SHORTAGE", 4)], "nothing is"),
        ([Found(1, 3, True)], [(1, "SHORTAGE", 1)], "a piece is missing"),
        ([Found(1, 6, True)], [(1, "SURPLUS", 2)], "two too many"),
        ([Found(1, 4, False)], [(1, "MISPLACED", 4)], "all of it elsewhere"),
        ([Found(1, 3, False)], [(1, "SHORTAGE", 1), (1, "MISPLACED", 3)], "some of it, elsewhere"),
    ],
)
def test_what_differs(found: list[Found], differences: list[tuple[int, str, int]], why: str) -> None:
    assert rules.differences([Expected(1, 4)], found) == differences, why


@given(st.lists(st.integers(0, 9), max_size=9), st.lists(st.integers(0, 9), max_size=9))
def test_counted_pieces_and_differences_make_up_the_books(books: list[int], counted: list[int]) -> None:
    expected = [Expected(asset, pieces) for asset, pieces in enumerate(books)]
    found = [Found(asset, pieces, True) for asset, pieces in enumerate(counted[: len(books)])]
    signs = {"SHORTAGE": 1, "SURPLUS": -1}
    off = sum(signs[kind] * pieces for _, kind, pieces in rules.differences(expected, found))
    assert sum(one.quantity for one in found) + off == sum(books)


@pytest.mark.parametrize(
    ("team", "fits", "why"),
    [
        ([1, 2], True, "two strangers"),
        ([1], False, "one alone"),
        ([1, 1], False, "the same one twice"),
        ([1, 7], False, "7 answers for the things"),
        ([1, 9], False, "9 keeps their records"),
    ],
)
def test_who_may_count(team: list[int], fits: bool, why: str) -> None:
    if fits:
        rules.check_team(team, keepers=[7], bookkeepers=[9])
        return
    with pytest.raises(rules.WrongTeam):
        rules.check_team(team, keepers=[7], bookkeepers=[9])


@pytest.mark.law("u.o.r. art. 26 ust. 3 pkt 1 i 3")
@pytest.mark.parametrize(
    ("last", "due", "why"),
    [
        (None, D(2027, 1, 15), "never counted: this year's end"),
        (D(2024, 12, 20), D(2029, 1, 15), "once in four years"),
        (D(2026, 1, 10), D(2031, 1, 15), "ended in January"),
    ],
)
def test_by_when_it_is_done_again(last: date | None, due: date, why: str) -> None:
    assert rules.due_by(last, today=D(2026, 11, 23)) == due, why
