"""How acts of the plan are read, and what they enter off the balance."""

from datetime import date

import pytest

from starostwo.ledger.rules.classification import position
from starostwo.ledger.rules.plan import (
    IN_UNIT,
    Change,
    PlanEntry,
    plan_entry,
    read_act,
    read_lines,
    signed,
    written,
)

TODAY = date(2026, 11, 23)
ACTS = ("COUNCIL", "BOARD", "HEAD")
RIGHT = {
    "act": "BOARD", "act_number": "112/2026", "act_on": "20.11.2026", "text": "Przesunięcie na remont",
    "lines_W": "750.75020.4300 -500,00\n750.75020.4270 500,00", "said_W": "0,00",
}  # fmt: skip


@pytest.mark.parametrize(
    ("line", "where", "amount", "why"),
    [
        ("750.75020.4300 12 000,00", "750.75020.4300", 1_200_000, "thousands are parted"),
        ("75020.430 -5", "750.75020.4300", -500, "the division and the fourth digit follow"),
        ("750.75020.4300 −5,50", "750.75020.4300", -550, "the sign of typography"),
        ("750 75020 4300; 7,00 zł", "750.75020.4300", 700, "a semicolon lets the position have spaces"),
        ("750\t75020\t4300\t7", "750.75020.4300", 700, "cells of a sheet"),
    ],
)
def test_a_line_is_read_as_it_is_typed(line: str, where: str, amount: int, why: str) -> None:
    [change], faults = read_lines("W", line)

    assert (str(change.position), change.amount, faults) == (where, amount, []), why


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("W", "750.75020.4300", "nie jest kwotą"),
        ("W", "750.75020.4300 0", "nie jest kwotą"),
        ("W", "coś 5", "nie jest pozycją"),
        ("W", "952 5", "nie jest pozycją"),
        ("P", "750.75020.4300 5", "nie jest pozycją"),
        ("W", "750.75020.4300 5\n75020.430 7", "więcej niż raz"),
    ],
)
def test_a_wrong_line_is_named(kind: str, typed: str, said: str) -> None:
    _, [fault] = read_lines(kind, "\n" * 2 + typed)

    assert said in str(fault)
    assert fault.line in (0, 3)


@pytest.mark.law("ufp art. 233")
@pytest.mark.law("ufp art. 257")
@pytest.mark.law("ufp art. 258")
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, ""),
        ({"act": "X"}, "rodzaj"),
        ({"act_number": " "}, "numer"),
        ({"text": ""}, "czego dotyczy"),
        ({"lines_W": ""}, "nie zmienia"),
        ({"act_on": "24.11.2026"}, "późniejszą"),
        ({"act_on": "31.12.2024"}, "z tego roku"),
        ({"act_on": "kiedyś"}, "datę"),
        ({"act_on": "30.12.2025"}, ""),
        ({"said_W": "1,00"}, "a akt mówi 1,00"),
        ({"said_W": "tyle"}, "nie jest kwotą"),
        ({"lines_W": "750.75020.4300 5,00", "said_W": ""}, "dają razem 5,00"),
    ],
)
def test_an_act_says_what_it_lacks(change: dict[str, str], fault: str) -> None:
    act = read_act(RIGHT | change, kinds=IN_UNIT, acts=ACTS, year=2026, today=TODAY)

    said = " ".join(str(one) for one in act.faults).replace("\xa0", " ")
    assert (fault in said) if fault else said == ""


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 2")
@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
@pytest.mark.parametrize(
    ("kind", "amount", "of_budget", "entry"),
    [
        ("W", 5, False, PlanEntry("980", 5, 0)),
        ("W", -5, False, PlanEntry("980", -5, 0)),
        ("D", 5, False, None),
        ("D", 5, True, PlanEntry("991", 0, 5)),
        ("D", -5, True, PlanEntry("991", 5, 0)),
        ("W", 5, True, PlanEntry("992", 5, 0)),
        ("W", -5, True, PlanEntry("992", 0, 5)),
        ("R", 5, True, None),
    ],
)
def test_what_a_change_enters(kind: str, amount: int, of_budget: bool, entry: PlanEntry | None) -> None:
    change = Change(kind, position("952" if kind == "R" else "750.75020.4300"), amount)

    assert plan_entry(change, of_budget=of_budget) == entry


def test_amounts_are_written_as_they_are_read() -> None:
    assert [signed(written(amount)) for amount in (0, 5, -123456)] == [0, 5, -123456]
