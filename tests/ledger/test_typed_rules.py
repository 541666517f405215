"""What accountants type, read as they mean it; what cannot be read is told with its place."""

from datetime import date

import pytest

from starostwo.ledger.rules import typed
from starostwo.ledger.rules.classification import NotAPosition, Position, position
from starostwo.ledger.rules.periods import NoOpenMonth, may_close, month_for
from starostwo.ledger.rules.vouchers import Entry, black, purity, red


@pytest.mark.parametrize(
    ("text", "grosze"),
    [
        ("", 0),
        ("12", 1200),
        ("1 234,5", 123450),
        ("0.07", 7),
        ("-100", -10000),
        ("−1,00", -100),
        ("1\u00a0000", 100000),
    ],
)
def test_amounts(text: str, grosze: int) -> None:
    assert typed.amount(text) == grosze


@pytest.mark.parametrize("text", ["sto", "1,234", "1,2,3", "--5", "1e5", "5 zł"])
def test_what_is_no_amount(text: str) -> None:
    with pytest.raises(typed.NotAnAmount):
        typed.amount(text)


@pytest.mark.parametrize("text", ["23.11.2026", "2026-11-23", "23112026", "23.11", "2311", "23.11."])
def test_days(text: str) -> None:
    assert typed.day(text, year=2026) == date(2026, 11, 23)


@pytest.mark.parametrize("text", ["", "31.02.2026", "3002", "wczoraj", "11/23/2026"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(typed.NotADay):
        typed.day(text, year=2026)


def test_own_dimensions() -> None:
    assert typed.own_dimensions("z:drogi F:KPO") == {"task": "DROGI", "funding": "KPO"}
    assert typed.own_dimensions("") == {}


@pytest.mark.parametrize("text", ["drogi", "X:1", "Z:", "Z:A Z:B"])
def test_what_is_no_dimension(text: str) -> None:
    with pytest.raises(typed.NotDimensions):
        typed.own_dimensions(text)


def test_lines_that_say_nothing_are_left_out_and_keep_their_places() -> None:
    lines = typed.lines({"lines": [{"account": ""}, {"account": " 401 ", "debit": "5"}, {}, {"credit": "x"}]})

    assert [(line.number, line.account) for line in lines] == [(2, "401"), (4, "")]
    assert typed.sums(lines) == typed.Sums(500, 0, ((4, "credit"),))
    assert typed.sums(lines, frozenset({"401"})).debit == 0


@pytest.mark.law("rozp. MF 2.03.2010")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("750.75020.4300", Position("750", "75020", "4300")),
        ("75020 430", Position("750", "75020", "4300")),
        ("75020-4307", Position("750", "75020", "4307")),
        ("750 75020 § 4300", Position("750", "75020", "4300")),
        ("952", Position("", "", "9520")),
    ],
)
def test_positions(text: str, found: Position) -> None:
    assert position(text) == found


@pytest.mark.parametrize("text", ["", "750", "750.75020", "600.75020.4300", "abc", "750.75020.43000"])
def test_what_is_no_position(text: str) -> None:
    with pytest.raises(NotAPosition):
        position(text)


OPEN = dict.fromkeys(range(14), "OPEN")


@pytest.mark.law("u.o.r. art. 6 ust. 1")
@pytest.mark.parametrize(
    ("day", "states", "month", "why"),
    [
        (date(2026, 3, 5), OPEN, 3, "its own month"),
        (date(2026, 3, 5), OPEN | {3: "CLOSED", 4: "SOFT"}, 5, "the next open one"),
        (date(2025, 12, 30), OPEN | {1: "CLOSED"}, 2, "what came late from last year"),
    ],
)
def test_the_month_of_an_operation(day: date, states: dict[int, str], month: int, why: str) -> None:
    assert month_for(day, year=2026, states=states) == month, why


@pytest.mark.parametrize("day", [date(2027, 1, 2), date(2026, 12, 5)])
def test_no_month_is_open(day: date) -> None:
    with pytest.raises(NoOpenMonth):
        month_for(day, year=2026, states=OPEN | {12: "CLOSED"})


@pytest.mark.law("u.o.r. art. 12 ust. 2")
@pytest.mark.parametrize(
    ("month", "to", "closed", "may"),
    [
        (2, "CLOSED", {0, 1}, True),
        (2, "CLOSED", {0}, False),
        (2, "SOFT", set(), True),
        (2, "OPEN", {0, 1, 2}, False),
    ],
)
def test_the_order_of_closing(month: int, to: str, closed: set[int], may: bool) -> None:
    states = OPEN | dict.fromkeys(closed, "CLOSED")

    assert may_close(month, to=to, states=states) is may


def test_storno_and_purity() -> None:
    entries = [Entry(1, debit=5), Entry(2, credit=5)]

    assert red(entries) == [Entry(1, debit=-5), Entry(2, credit=-5)]
    assert black(entries) == [Entry(1, credit=5), Entry(2, debit=5)]
    assert purity(7, credit=5, classification=9) == [
        Entry(7, debit=-5, classification=9), Entry(7, credit=-5, classification=9),
    ]  # fmt: skip
