"""What a unit's month enters into the budget, what makes 130 pure, how bars are measured."""

import pytest

from starostwo.ledger.rules.bridge import (
    Figures,
    Side,
    by_sign,
    closing_sides,
    difference,
    ending_sides,
    money_sides,
    report_sides,
)
from starostwo.ledger.rules.chart import ROW, WIDTH, Measured, chart
from starostwo.ledger.rules.purity import Turn, impure, refund_entries, technical_entries
from starostwo.ledger.rules.vouchers import Entry


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 2")
@pytest.mark.parametrize(
    ("figures", "reports", "money"),
    [
        (Figures(income={1: 5}),
         [Side("222", debit=5, classification=1), Side("901", credit=5, classification=1)], []),
        (Figures(spending={2: 7}),
         [Side("902", debit=7, classification=2), Side("223", credit=7, classification=2)], []),
        (Figures(given=3), [], [Side("223", debit=3), Side("133", credit=3)]),
        (Figures(passed=4), [], [Side("133", debit=4), Side("222", credit=4)]),
        (Figures(), [], []),
    ],
)  # fmt: skip
def test_what_a_month_enters_into_the_budget(
    figures: Figures, reports: list[Side], money: list[Side]
) -> None:
    assert (report_sides(figures), money_sides(figures)) == (reports, money)


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_the_year_ends_against_800() -> None:
    assert closing_sides(5, 7) == [
        Side("800", debit=5, of_unit=False),
        Side("222", credit=5, of_unit=False),
        Side("223", debit=7, of_unit=False),
        Side("800", credit=7, of_unit=False),
    ]
    assert closing_sides(0, 0) == []


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_plan_and_commitment_leave_by_the_other_side() -> None:
    assert ending_sides([("980", 1, 9), ("998", 1, -4)]) == [
        Side("980", credit=9, classification=1, of_unit=False),
        Side("998", debit=4, classification=1, of_unit=False),
    ]


def test_a_correction_is_a_difference_of_one_sign() -> None:
    rest = difference(
        Figures({1: 5, 2: 1}, {3: 4}, given=9, passed=1), Figures({1: 7, 2: 1}, {}, given=4, passed=1)
    )

    assert rest == Figures({1: -2}, {3: 4}, given=5)
    added, taken_back = by_sign(report_sides(rest))
    assert [side.account for side in added] == ["902", "223"]
    assert [side.account for side in taken_back] == ["222", "901"]
    assert not rest.is_nothing
    assert difference(rest, rest).is_nothing


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
@pytest.mark.parametrize(
    ("turns", "left", "why"),
    [
        ([Turn("130-2", 1, credit=9)], {}, "spending"),
        ([Turn("130-1", 1, debit=9)], {}, "income"),
        ([Turn("130-2", 1, debit=9)], {("130-2", 1): 9}, "a refund of spending"),
        ([Turn("130-1", 1, credit=9)], {("130-1", 1): 9}, "a refund of income"),
        ([Turn("130-2", 1, debit=9), Turn("130-2", 1, debit=-9)], {}, "with its technical entry"),
        ([Turn("130-2", 1, debit=9), Turn("130-2", 2, debit=-9)],
         {("130-2", 1): 9, ("130-2", 2): -9}, "a technical entry of another position"),
        ([Turn("130-2", 1, credit=-9)], {}, "red storno"),
    ],
)  # fmt: skip
def test_what_stands_on_the_wrong_side_of_130(
    turns: list[Turn], left: dict[tuple[str, int | None], int], why: str
) -> None:
    assert impure(turns) == left, why


def test_technical_entries_take_out_both_turnovers() -> None:
    accounts = {"130-1": 11, "130-2": 12}

    assert technical_entries({("130-2", 1): 9, ("130-1", 2): 5}, accounts) == [
        Entry(11, debit=-5, classification=2),
        Entry(11, credit=-5, classification=2),
        Entry(12, debit=-9, classification=1),
        Entry(12, credit=-9, classification=1),
    ]


@pytest.mark.parametrize(("of", "wrong"), [("130-2", "debit"), ("130-1", "credit")])
def test_a_refund_comes_with_its_technical_entry(of: str, wrong: str) -> None:
    against = Entry(20, credit=9) if of == "130-2" else Entry(20, debit=9)
    entries = refund_entries(12, of=of, amount=9, against=against, classification=1)

    assert sum(entry.debit - entry.credit for entry in entries) == 0
    assert sum(getattr(entry, wrong) for entry in entries if entry.account == 12) == 0
    right = "credit" if wrong == "debit" else "debit"
    assert sum(getattr(entry, right) for entry in entries if entry.account == 12) == -9


def test_bars_are_measured_against_the_largest() -> None:
    drawn = chart([Measured("750", 200, 100, 1), Measured("600", 0, -5, 0)])

    assert [bar.width for bar in drawn.groups[0].bars] == [WIDTH, WIDTH // 2, 2]
    assert [bar.width for bar in drawn.groups[1].bars] == [0, 0, 0]
    assert drawn.height == 2 * ROW
    assert chart([]).groups == ()
    [group] = chart([Measured("750", 2, 1, 1)], with_commitments=False).groups
    assert [bar.what for bar in group.bars] == ["plan", "paid"]
