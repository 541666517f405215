"""What rows of exchanges say of a call, what it costs, how long its numbers are named: no database."""

from datetime import date

import pytest

from starostwo.telephony.rules.calls import Facts, Leg, Numbers, facts, grouped
from starostwo.telephony.rules.costs import Price, cheapest, cost, price_on, to_grosze
from starostwo.telephony.rules.hours_chart import hours_chart
from starostwo.telephony.rules.keeping import AT_FIRST, Keeping, keeping_on, last_day, masked

NUMBERS = Numbers(
    homes={"101": "A", "102": "A", "201": "B", "800": "A"},
    public={"+48422888100": "800", "+48422888199": None},
    emergency=frozenset({"112"}),
)
LINE = "10.0.0.9:5060"


def leg(**said: object) -> Leg:
    """A call from 101 to 102 that 102 answers after 5 seconds, of 60.2 seconds; what is told is otherwise."""
    told: dict[str, object] = {
        "node": "A", "source": "phone", "caller": "101", "dialled": "102", "kind": "user", "target": "102",
        "begun": 1000.0, "answered": 1005.0, "ended": 1065.2, "code": 200,
    }  # fmt: skip
    return Leg(**(told | said))  # type: ignore[arg-type]


def silent(code: int, **said: object) -> Leg:
    return leg(answered=None, ended=1020.0, code=code, **said)


CASES = [
    ("inside", [leg()], ("INSIDE", "ANSWERED", "101", "102", "102", 5, 61)),
    ("to the other building, one row", [leg(dialled="201", kind="peer", target="201")],
     ("BETWEEN", "ANSWERED", "101", "201", "201", 5, 61)),
    ("to the other building, both rows", [
        leg(dialled="201", kind="peer", target="201"),
        leg(node="B", source="peer", dialled="201", target="201"),
    ], ("BETWEEN", "ANSWERED", "101", "201", "201", 5, 61)),
    ("a group of the other building, its row knows who answered", [
        leg(node="B", caller="201", dialled="800", kind="peer", target="800"),
        leg(source="peer", caller="201", dialled="800", target="102"),
    ], ("BETWEEN", "ANSWERED", "201", "800", "102", 5, 61)),
    ("forwarded in its building", [leg(target="101")], ("INSIDE", "ANSWERED", "101", "102", "101", 5, 61)),
    ("out", [leg(dialled="601234567", kind="trunk", target="+48601234567", left_by=LINE)],
     ("OUT", "ANSWERED", "101", "+48601234567", "+48601234567", 5, 61)),
    ("out over the line of the other building", [
        leg(dialled="601234567", kind="peer", target="+48601234567"),
        leg(node="B", source="peer", dialled="601234567", kind="trunk", target="+48601234567", left_by=LINE),
    ], ("OUT", "ANSWERED", "101", "+48601234567", "+48601234567", 5, 61)),
    ("in", [leg(source="trunk", caller="48601234567", dialled="+48422888100", came_by=LINE)],
     ("IN", "ANSWERED", "+48601234567", "+48422888100", "102", 5, 61)),
    ("in, hidden", [leg(source="trunk", caller="anonymous", dialled="+48422888100", came_by=LINE)],
     ("IN", "ANSWERED", "", "+48422888100", "102", 5, 61)),
    ("the own public number", [leg(dialled="422888100")],
     ("INSIDE", "ANSWERED", "101", "+48422888100", "102", 5, 61)),
    ("emergency", [leg(dialled="112", kind="trunk", target="112", left_by=LINE)],
     ("OUT", "ANSWERED", "101", "112", "112", 5, 61)),
    ("the box answers", [leg(kind="voicemail", target="102")], ("INSIDE", "MISSED", "101", "102", "", 5, 61)),
    ("the box of the other building answers", [
        leg(dialled="201", kind="peer", target="201"),
        leg(node="B", source="peer", dialled="201", kind="voicemail", target="201"),
    ], ("BETWEEN", "MISSED", "101", "201", "", 5, 61)),
    ("one's own box answers", [leg(dialled="*97", kind="voicemail", target="101")],
     ("INSIDE", "ANSWERED", "101", "*97", "101", 5, 61)),
    ("busy", [silent(486)], ("INSIDE", "BUSY", "101", "102", "", 20, 0)),
    ("declined", [silent(603)], ("INSIDE", "BUSY", "101", "102", "", 20, 0)),
    ("nobody answers", [silent(408)], ("INSIDE", "MISSED", "101", "102", "", 20, 0)),
    ("nobody is there", [silent(480, kind="", target="")], ("INSIDE", "MISSED", "101", "102", "", 20, 0)),
    ("the caller gives up", [silent(487)], ("INSIDE", "CANCELLED", "101", "102", "", 20, 0)),
    ("no right", [silent(403, dialled="601234567", kind="", target="")],
     ("OUT", "REFUSED", "101", "+48601234567", "", 20, 0)),
    ("nobody's number", [silent(404, dialled="199", kind="", target="")],
     ("INSIDE", "REFUSED", "101", "199", "", 20, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "legs", "wanted"), CASES, ids=[case[0] for case in CASES])
def test_what_happened(why: str, legs: list[Leg], wanted: tuple[object, ...]) -> None:
    said: Facts = facts(legs, NUMBERS)
    shown = (said.direction, said.result, said.caller, said.dialled, said.answered_by)
    assert (*shown, said.waited_seconds, said.talked_seconds) == wanted


def test_the_line_is_that_which_is_paid() -> None:
    out = facts([leg(dialled="601234567", kind="trunk", target="+48601234567", left_by=LINE)], NUMBERS)
    assert (out.line, out.paid_number) == (LINE, "+48601234567")
    came = facts([leg(source="trunk", dialled="+48422888100", came_by=LINE)], NUMBERS)
    assert (came.line, came.paid_number) == (LINE, "")
    forwarded = facts(
        [leg(source="trunk", dialled="+48422888100", came_by="x:1", kind="trunk", target="+48600000001",
             left_by=LINE)], NUMBERS,
    )  # fmt: skip
    assert (forwarded.direction, forwarded.line, forwarded.paid_number) == ("IN", LINE, "+48600000001")


def test_one_call_id_used_twice_hides_no_call() -> None:
    first, second = leg(begun=1000.0), leg(begun=2000.0, dialled="201", kind="peer", target="201")
    far = leg(node="B", source="peer", dialled="201", target="201", begun=2000.4)
    assert grouped([far, second, first]) == [(first,), (second, far)]
    assert grouped([far]) == [(far,)]
    assert facts([far], NUMBERS).result == "ANSWERED"


OLD = Price(1, 1, "+48", 500, 0, date(2026, 1, 1))
NEW = Price(2, 1, "+48", 300, 100, date(2026, 11, 1))
MOBILE = Price(3, 1, "+4860", 900, 0, date(2026, 1, 1))
OTHER = Price(4, 2, "+", 400, 0, date(2026, 1, 1), date(2026, 10, 31))
ALL = [OLD, NEW, MOBILE, OTHER]


@pytest.mark.parametrize(
    ("why", "number", "day", "wanted"),
    [
        ("before the new price", "+48422220000", date(2026, 10, 31), OLD),
        ("from its day on", "+48422220000", date(2026, 11, 1), NEW),
        ("the longest beginning", "+48601234567", date(2026, 11, 1), MOBILE),
        ("no price for the world", "+49301234567", date(2026, 11, 1), None),
        ("before any", "+48422220000", date(2025, 12, 31), None),
    ],
)
def test_which_tariff_on_which_day(why: str, number: str, day: date, wanted: Price | None) -> None:
    assert price_on([price for price in ALL if price.line == 1], number, day) == wanted


@pytest.mark.parametrize(
    ("why", "price", "seconds", "wanted"),
    [
        ("nobody answered", NEW, 0, 0),
        ("a whole minute", OLD, 60, 500),
        ("begun seconds, what is left counts whole", OLD, 1, 9),
        ("the beginning of the call once", NEW, 90, 550),
    ],
)
def test_what_a_call_costs(why: str, price: Price, seconds: int, wanted: int) -> None:
    assert cost(price, seconds) == wanted


def test_the_cheapest_of_all_lines_on_a_day() -> None:
    assert cheapest(ALL, "+48601234567", date(2026, 10, 31), 60) == OTHER
    assert cheapest(ALL, "+48601234567", date(2026, 11, 1), 60) == MOBILE
    assert cheapest([], "+48601234567", date(2026, 11, 1), 60) is None


def test_sums_are_rounded_half_a_grosz_up() -> None:
    assert [to_grosze(one) for one in (0, 49, 50, 149, 150)] == [0, 0, 1, 1, 2]


@pytest.mark.law("RODO art. 5 ust. 1 lit. e")
def test_how_long_a_number_is_named() -> None:
    later = Keeping(date(2026, 6, 1), 30, 60, "zarządzenie")
    assert keeping_on([], date(2026, 5, 31)) == AT_FIRST
    assert keeping_on([later], date(2026, 5, 31)) == AT_FIRST
    assert keeping_on([later], date(2026, 6, 1)) == later
    assert last_day(date(2026, 11, 28), 30) == date(2026, 10, 28)


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("+48601234567", "+48601234***"), ("+48601234***", "+48601234***"), ("+48422888100", "+48422888100"),
        ("101", "101"), ("112", "112"), ("", ""),
    ],
)  # fmt: skip
def test_the_last_three_digits_of_others_are_hidden(number: str, wanted: str) -> None:
    assert masked(number, ["+48422888100"]) == wanted


def test_hours_are_drawn_from_the_first_to_the_last_with_calls() -> None:
    chart = hours_chart([(hour, *{8: (10, 5), 10: (1, 0)}.get(hour, (0, 0))) for hour in range(24)])
    assert chart is not None
    assert [(one.hour, one.came, one.height > 0, one.lost_height > 0) for one in chart.columns] == [
        (8, 10, True, True), (9, 0, False, False), (10, 1, True, False)
    ]  # fmt: skip
    assert all(one.y >= 0 and one.x + one.width <= chart.width for one in chart.columns)
    assert hours_chart([(8, 0, 0)]) is None
