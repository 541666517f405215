"""The individual limit of debt as a table: which years, which formula, both sides, what is missing."""

from fractions import Fraction

import pytest

from starostwo.ledger.rules.debt_limit import Figures, formula_for, is_balanced, one_year, percent, relation

MILLION = 1_000_000_00


def figures(year: int, income: int = 100, spending: int = 90, **more: int) -> Figures:
    said = {name: more.get(name, 0) * MILLION for name in (
        "programme_income", "programme_spending", "debt_service", "property_income")}  # fmt: skip
    return Figures(year, income * MILLION, said["programme_income"], spending * MILLION,
                   said["programme_spending"], said["debt_service"], said["property_income"])  # fmt: skip


@pytest.mark.law("ufp art. 243")
@pytest.mark.parametrize(
    ("year", "told", "expected", "why"),
    [
        (2025, {}, Fraction(10, 100), "current income less current spending"),
        (2025, {"property_income": 5}, Fraction(15, 100), "until 2025 property sold counts"),
        (2026, {"property_income": 5}, Fraction(10, 100), "since 2026 it does not"),
        (2025, {"debt_service": 4}, Fraction(10, 100), "until 2025 the service of debt is spending"),
        (2026, {"debt_service": 4}, Fraction(14, 100), "since 2026 it is left out"),
        (
            2026,
            {"programme_income": 20, "programme_spending": 20},
            Fraction(10, 80),
            "programmes are left out",
        ),
    ],
)
def test_the_relation_of_one_year(year: int, told: dict[str, int], expected: Fraction, why: str) -> None:
    assert one_year(figures(2020, **told), formula_for(year).value) == expected, why


@pytest.mark.law("ufp art. 243")
@pytest.mark.parametrize(
    ("year", "known", "left", "right", "holds", "missing", "why"),
    [
        (2025, (2022, 2023, 2024, 2025), "5,00 %", "10,00 %", True, (), "three years until 2025"),
        (2026, (2023, 2024, 2025, 2026), "5,00 %", "", None, (2019, 2020, 2021, 2022), "seven since 2026"),
        (2026, range(2019, 2027), "5,00 %", "10,00 %", True, (), "all seven are known"),
        (2026, range(2019, 2026), "", "10,00 %", None, (2026,), "the year itself is not"),
    ],
)  # fmt: skip
def test_both_sides(
    year: int, known: range, left: str, right: str, holds: bool | None, missing: tuple[int, ...], why: str
) -> None:
    told = relation(year, 5 * MILLION, {one: figures(one) for one in known})
    assert (percent(told.left), percent(told.right), told.holds) == (left, right, holds), why
    assert told.missing == missing


def test_a_burden_above_the_average_breaks_it_and_years_differ() -> None:
    known = {year: figures(year, spending=90 if year % 2 else 96) for year in range(2019, 2027)}
    told = relation(2026, 8 * MILLION, known)
    assert (percent(told.left), percent(told.right), told.holds) == ("8,00 %", "7,43 %", False)


def test_a_year_without_income_of_its_own_has_no_relation() -> None:
    known = {year: figures(year) for year in range(2019, 2027)} | {
        2021: figures(2021, 10, programme_income=10)
    }
    assert relation(2026, MILLION, known).missing == (2021,)


@pytest.mark.law("ufp art. 242")
@pytest.mark.parametrize(("spending", "surplus", "holds"), [(100, 0, True), (101, 0, False), (101, 1, True)])
def test_current_spending_stays_within_current_income(spending: int, surplus: int, holds: bool) -> None:
    assert is_balanced(figures(2026, spending=spending), surplus * MILLION) is holds


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, ""), (Fraction(1, 3), "33,33 %"), (Fraction(-1, 8), "−12,50 %"), (Fraction(0), "0,00 %")],
)
def test_a_relation_is_written_in_hundredths(value: Fraction | None, said: str) -> None:
    assert percent(value) == said
