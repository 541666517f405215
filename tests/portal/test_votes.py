"""Roll-call votes are counted by the law, terms by the calendar, the plan by geometry."""

import math
from datetime import date
from itertools import combinations

import pytest

from starostwo.portal.rules.plan import plan_of
from starostwo.portal.rules.votes import answer_due, tally


@pytest.mark.law("u.s.p. art. 13")
@pytest.mark.parametrize(
    ("ballots", "majority", "size", "outcome", "reason"),
    [
        ("FFFAX", "ORDINARY", 5, "przyjęto", "more for than against"),
        ("FFAAX", "ORDINARY", 5, "nie przyjęto", "a tie passes nothing"),
        ("FAAXX", "ORDINARY", 5, "nie przyjęto", "more against"),
        ("FBBBB", "ORDINARY", 5, "przyjęto", "who abstains stands against nobody"),
        ("FFXXX", "ORDINARY", 5, "brak kworum", "two of five are fewer than half"),
        ("FFXX", "ORDINARY", 4, "przyjęto", "half is enough"),
        ("FFFBB", "ABSOLUTE", 5, "przyjęto", "three of five are more than half"),
        ("FFBBB", "ABSOLUTE", 5, "nie przyjęto", "two of five are not"),
        ("FFXX", "ABSOLUTE", 4, "nie przyjęto", "half is not more than half"),
        ("", "ORDINARY", 5, "brak kworum", "nobody came"),
    ],
)
def test_a_vote_passes_by_its_majority(
    ballots: str, majority: str, size: int, outcome: str, reason: str
) -> None:
    named = {"F": "FOR", "A": "AGAINST", "B": "ABSTAIN", "X": "ABSENT"}

    counted = tally((named[one] for one in ballots), majority=majority, council_size=size)

    assert counted.outcome == outcome, reason
    assert (counted.in_favour, counted.absent) == (ballots.count("F"), ballots.count("X"))


@pytest.mark.law("u.s.p. art. 21")
def test_an_interpellation_is_answered_in_fourteen_days() -> None:
    assert answer_due(date(2026, 11, 23)) == date(2026, 12, 7)


def test_places_lie_on_the_plan_as_on_the_earth() -> None:
    ozorkow, zgierz, glowno = (51.97, 19.29), (51.85, 19.41), (51.96, 19.71)

    plan = plan_of([ozorkow, zgierz, glowno])

    (left, top), (middle, low), (right, high) = plan.points
    assert left < middle < right
    assert top < high < low
    assert all(0 < x < plan.width and 0 < y < plan.height for x, y in plan.points)
    assert (plan.outline[0], plan.outline[-1]) == ("M", "Z")


def test_places_that_would_cover_each_other_stand_apart() -> None:
    near = [(51.85, 19.41), (51.851, 19.411), (51.851, 19.411), (51.97, 19.7)]

    points = plan_of(near).points

    assert min(math.dist(one, other) for one, other in combinations(points, 2)) >= 43
    assert points[3] == plan_of([near[0], near[3]]).points[1]


def test_one_place_and_none_have_a_plan_too() -> None:
    assert len(plan_of([(51.85, 19.41)]).points) == 1
    assert (plan_of([]).points, plan_of([]).outline) == ((), "")
