"""Interest by table: the day after the term counts, each rate its days, rounding by kind."""

from datetime import date

import pytest

from starostwo.treasury.rules.interest import (
    RATES,
    Kind,
    compensation,
    interest,
    interest_first,
    split_payment,
    stretches,
)


@pytest.mark.law("k.c. art. 481 par. 2")
@pytest.mark.law("o.p. art. 54 par. 1")
@pytest.mark.law("o.p. art. 56 par. 1")
@pytest.mark.law("u.p.n.o.t.h. art. 4")
@pytest.mark.law("o.p. art. 63 par. 1")
@pytest.mark.parametrize(
    ("kind", "principal", "due_on", "paid_on", "borne", "why"),
    [
        (Kind.DELAY, 1_000_00, date(2026, 1, 31), date(2026, 1, 31), 0, "paid on the last day"),
        (Kind.DELAY, 1_000_00, date(2026, 1, 31), date(2026, 2, 1), 26, "one day at 9,5 %"),
        (Kind.DELAY, 1_000_00, date(2026, 1, 1), date(2027, 1, 1), 95_00, "365 days at 9,5 %"),
        (Kind.DELAY, 1_000_00, date(2025, 11, 24), date(2025, 12, 13), 5_01, "9 days at 9,75 and 10 at 9,5"),
        (Kind.TAX, 100_00, date(2026, 1, 1), date(2026, 12, 31), 11_00, "364 days at 11 %, to whole złote"),
        (Kind.TAX, 100_00, date(2026, 1, 1), date(2026, 2, 1), 0, "below the least amount nothing"),
        (Kind.TAX, 1_000_00, date(2026, 1, 1), date(2026, 1, 30), 9_00, "8,74 up to whole złote"),
        (Kind.COMMERCE, 10_000_00, date(2026, 1, 1), date(2027, 1, 1), 1_400_00, "14 % a year"),
        (Kind.NONE, 10_000_00, date(2026, 1, 1), date(2027, 1, 1), 0, "a fee without interest"),
    ],
)
def test_interest(kind: Kind, principal: int, due_on: date, paid_on: date, borne: int, why: str) -> None:
    assert interest(kind, principal, due_on, paid_on) == borne, why


def test_each_rate_counts_its_own_days_and_says_where_it_comes_from() -> None:
    parts = stretches(Kind.DELAY, date(2025, 11, 1), date(2026, 1, 10))
    assert [(part.days, part.rate) for part in parts] == [(4, 1000), (28, 975), (38, 950)]
    assert sum(part.days for part in parts) == (date(2026, 1, 10) - date(2025, 11, 1)).days
    assert not any(part.is_checked for part in parts)
    assert all("z pamięci" in part.source for part in parts)


def test_rates_of_commerce_change_with_the_half_year_only() -> None:
    days = {(row.since.month, row.since.day) for row in RATES[Kind.COMMERCE]._rows}
    assert days == {(1, 1), (7, 1)}


@pytest.mark.law("u.p.n.o.t.h. art. 10 ust. 1")
@pytest.mark.parametrize(
    ("amount", "euro"), [(1, 40), (5_000_00, 40), (5_000_01, 70), (49_999_99, 70), (50_000_00, 100)]
)
def test_compensation_for_the_costs_of_recovery(amount: int, euro: int) -> None:
    assert compensation(amount) == euro


@pytest.mark.law("o.p. art. 55 par. 2")
@pytest.mark.law("k.c. art. 451 par. 1")
def test_a_payment_that_does_not_cover_everything() -> None:
    assert split_payment(110_00, 100_00, 10_00) == (100_00, 10_00)
    assert split_payment(55_00, 100_00, 10_00) == (50_00, 5_00)
    assert sum(split_payment(33_33, 100_00, 7_77)) == 33_33
    assert interest_first(55_00, 100_00, 10_00) == (45_00, 10_00)
    assert interest_first(5_00, 100_00, 10_00) == (0, 5_00)
