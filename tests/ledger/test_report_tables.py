"""The tables of reports and how they are filled: terms are read, rows summed, nothing counted twice."""

from datetime import date

import pytest

from starostwo.ledger.queries.reports import forms
from starostwo.ledger.rules.reports import (
    Masks,
    NoSuchForm,
    NotATerm,
    Term,
    form_on,
    read_form,
    read_term,
)
from starostwo.ledger.rules.reports_values import Fact, Facts, Overdue, Place, Planned, fill

SPENT = Place("W", "750", "75020", "4300", "1500")
EARNED = Place("D", "756", "75618", "0420")

TERMS = [
    ("debit 130-1", Term(1, "debit", Masks(("130-1",)))),
    ("- credit 130-2 [W 6*]", Term(-1, "credit", Masks(("130-2",)), "W", Masks(("6*",)))),
    ("plan [D funding!=SP]", Term(1, "plan", Masks(), "D", without_funding="SP")),
    ("balance 011,!071-020 [W funding=ZLEC]",
     Term(1, "balance", Masks(("011",), ("071-020",)), "W", funding="ZLEC")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "term"), TERMS)
def test_a_term_is_read(text: str, term: Term) -> None:
    assert read_term(text) == term


@pytest.mark.parametrize("text", ["", "debit", "plan 130", "saldo 130", "debit 130 [W"])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(NotATerm):
        read_term(text)


MASKS = [
    (Masks(("130",)), "130-2", True, "a sub-account belongs to its account"),
    (Masks(("130",)), "1300", False, "another account does not"),
    (Masks(("4*",)), "401", True, "a star stands for the rest"),
    (Masks((), ("6*",)), "4300", True, "no mask means all"),
    (Masks((), ("6*",)), "6050", False, "but those left out"),
    (Masks(("071",), ("071-020",)), "071-020", False, "left out goes first"),
]


@pytest.mark.parametrize(("masks", "number", "fits", "why"), MASKS, ids=[case[3] for case in MASKS])
def test_masks(masks: Masks, number: str, fits: bool, why: str) -> None:
    assert masks.fit(number) is fits


def by_code(code: str) -> object:
    return next(form for form in forms() if form.code == code)


@pytest.mark.parametrize("form", forms(), ids=[form.code for form in forms()])
def test_each_table_is_whole(form) -> None:  # type: ignore[no-untyped-def]
    symbols = [row.symbol for row in form.rows]
    assert form.source in ("C", "S", "M")
    assert form.left_out
    assert len(set(symbols)) == len(symbols)
    assert {part for row in form.rows for _, part in row.total_of} <= set(symbols)
    assert len({column.key for column in form.columns}) == len(form.columns)


def test_the_version_is_the_last_that_holds_on_the_day() -> None:
    told = {
        "form": "Rb-X", "title": "", "source": "M", "law": "", "rows": "symbol", "books": [],
        "months": [12], "column": [],
    }  # fmt: skip
    versions = [
        read_form(told | {"version": version, "valid_from": day})
        for version, day in ((1, date(2020, 1, 1)), (2, date(2026, 1, 1)))
    ]

    assert form_on(versions, "rb-x", date(2025, 12, 31)).version == 1
    assert form_on(versions, "rb-x", date(2026, 1, 31)).version == 2
    with pytest.raises(NoSuchForm):
        form_on(versions, "rb-x", date(2019, 12, 31))


@pytest.mark.law("ufp art. 39")
def test_spending_is_filled_by_classification_with_its_group() -> None:
    facts = Facts(
        balances=[
            Fact("130-2", SPENT, credit=400_00),
            Fact("998", SPENT, opening_credit=50_00, credit=500_00),
            Fact("201", SPENT, credit_balance=70_00, debit_balance=5_00),
            Fact("201", EARNED, credit_balance=999_00),
        ],
        overdue=[
            Overdue("201", SPENT, -30_00, date(2026, 3, 1)),
            Overdue("201", SPENT, -20_00, date(2025, 3, 1)),
            Overdue("201", SPENT, 5_00, date(2026, 3, 1)),
        ],
        plan=[Planned(SPENT, 1000_00)],
        year=2026,
    )
    [row] = fill(by_code("Rb-28S"), {"now": facts})  # type: ignore[arg-type]

    assert (row.key, row.parts) == ("750.75020.4300", ("750", "75020", "1500", "4300"))
    assert row.cells == {
        "PL": 1000_00, "ZA": 550_00, "WW": 400_00, "zobowiazania": 70_00,
        "wymagalne_lata_ubiegle": 20_00, "wymagalne_rok_biezacy": 30_00,
    }  # fmt: skip


def test_where_the_plan_is_kept_by_groups_so_are_the_rows() -> None:
    other = Place("W", "750", "75020", "4210", "1500")
    facts = Facts(
        balances=[Fact("130-2", SPENT, credit=4), Fact("130-2", other, credit=5)],
        plan=[Planned(Place("W", "750", "75020", "", "1500"), 100)],
    )
    [row] = fill(by_code("Rb-28S"), {"now": facts}, by_group=True)  # type: ignore[arg-type]

    assert (row.key, row.cells) == ("750.75020.g1500", {"PL": 100, "WW": 9})


def test_income_has_claims_arrears_and_overpayments() -> None:
    facts = Facts(
        balances=[
            Fact("221", EARNED, opening_debit=10, debit=100, credit=80, debit_balance=35, credit_balance=5),
            Fact("130-1", EARNED, debit=80),
            Fact("130-1", Place("D", "700", "70005", "0550", funding="SP"), debit=7),
        ],
        overdue=[Overdue("221", EARNED, 25, date(2026, 1, 5)), Overdue("221", EARNED, -5, date(2026, 1, 5))],
    )
    [row] = fill(by_code("Rb-27S"), {"now": facts})  # type: ignore[arg-type]
    [state] = fill(by_code("Rb-27ZZ"), {"now": facts})  # type: ignore[arg-type]

    assert row.cells == {"NA": 110, "DW": 80, "NO": 35, "NZ": 25, "NP": 5}
    assert (state.key, state.cells) == ("700.70005.0550", {"NA": 7, "DW": 7})


def test_income_of_the_budget_is_what_units_did_not_bring() -> None:
    """901 holds all income; what came by the reports of units stands on 222 with its classification."""
    facts = Facts(
        balances=[Fact("901", EARNED, credit=900), Fact("222", EARNED, debit=300), Fact("222", debit=40)],
        plan=[Planned(EARNED, 5000)],
        book="BUDGET",
    )
    [row] = fill(by_code("Rb-27S"), {"now": facts})  # type: ignore[arg-type]
    unit = Facts(balances=[Fact("222", EARNED, debit=300)], book="UNIT")

    assert row.cells == {"NA": 600, "DW": 600}
    assert fill(by_code("Rb-27S"), {"now": unit}) == []  # type: ignore[arg-type]


def test_rows_by_symbols_add_up() -> None:
    facts = Facts(
        balances=[
            Fact("901", EARNED, credit=900),
            Fact("901", Place("D", "700", "70005", "0770"), credit=100),
            Fact("902", SPENT, debit=700),
            Fact("902", Place("W", "600", "60014", "6050"), debit=450),
        ],
        plan=[Planned(Place("P", paragraph="9520"), 150)],
    )
    rows = {row.key: row.cells for row in fill(by_code("Rb-NDS"), {"now": facts})}  # type: ignore[arg-type]

    assert {key: cells["w"] for key, cells in rows.items() if cells["w"]} == {
        "A": 1000, "A1": 900, "A2": 100, "A21": 100, "B": 1150, "B1": 700, "B2": 450, "C": -150, "C1": 200,
    }  # fmt: skip
    assert (rows["D11"]["p"], rows["D1"]["p"]) == (150, 150)


def test_a_statement_shows_the_year_before_and_the_opening() -> None:
    now = Facts(
        balances=[Fact("401", debit=40), Fact("720", credit=100), Fact("101", opening_debit=5, debit=2)]
    )
    before = Facts(balances=[Fact("401", debit=30)])
    result = {row.key: row.cells for row in fill(by_code("RZiS"), {"now": now, "previous": before})}  # type: ignore[arg-type]
    balance = {row.key: row.cells for row in fill(by_code("Bilans"), {"now": now})}  # type: ignore[arg-type]

    assert result["L"] == {"poprzedni": -30, "biezacy": 60}
    assert balance["B.III.1"] == {"poczatek": 5, "koniec": 7}
    assert balance["P.A.II"]["koniec"] == 60
