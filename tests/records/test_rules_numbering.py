"""Marks of cases and numbers of registers, as the office instruction writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.records.rules.numbering import (
    CaseMark,
    NotACaseMark,
    NotARegisterNumber,
    RegisterNumber,
    case_series,
    is_class_symbol,
    is_unit_symbol,
)

UNITS = st.from_regex(r"[A-Z][A-Za-z0-9]{0,3}(-[a-z0-9]{1,3})?", fullmatch=True)
CLASSES = st.from_regex(r"[0-9]{1,10}", fullmatch=True)
NATURALS = st.integers(min_value=1, max_value=999_999)
YEARS = st.integers(min_value=2011, max_value=2199)


@pytest.mark.law("rozp. PRM 18.01.2011 par. 5")
@pytest.mark.parametrize(
    ("symbol", "allowed", "why"),
    [
        ("ABC", True, "letters"),
        ("B2", True, "letter and digit"),
        ("A1c", True, "small letters too"),
        ("11d", True, "a letter at the end is enough"),
        ("AB-C", True, "dash inside"),
        ("b9-9", True, "dash inside, digit after it"),
        ("12", False, "no letter"),
        ("-AB", False, "dash at the start"),
        ("AB-", False, "dash at the end"),
        ("A--B", False, "two dashes"),
        ("OŚ", False, "a letter with a diacritic"),
        ("A.B", False, "a dot divides the mark"),
        ("AB\n", False, "a line end is no part of it"),
        ("", False, "nothing"),
    ],
)
def test_unit_symbol(symbol: str, allowed: bool, why: str) -> None:
    assert is_unit_symbol(symbol) is allowed, why


@pytest.mark.parametrize(
    ("symbol", "allowed"),
    [
        ("0", True),
        ("0141", True),
        ("1234567890", True),
        ("12345678901", False),
        ("01a", False),
        ("", False),
        ("٣", False),
    ],
)
def test_class_symbol(symbol: str, allowed: bool) -> None:
    assert is_class_symbol(symbol) is allowed


@pytest.mark.law("rozp. PRM 18.01.2011 par. 5")
@pytest.mark.parametrize(
    ("text", "mark", "why"),
    [
        ("OR.0141.5.2026", CaseMark("OR", "0141", 5, 2026), "the instruction's four parts"),
        ("ABC.123.45.1.2026", CaseMark("ABC", "123", 1, 2026, subgroup=45), "first of sub-group 45"),
        (" AB-C.5410.17.2025 ", CaseMark("AB-C", "5410", 17, 2025), "spaces around do not matter"),
    ],
)
def test_mark_is_read(text: str, mark: CaseMark, why: str) -> None:
    assert CaseMark.parse(text) == mark, why
    assert str(mark) == text.strip(), why


@pytest.mark.parametrize(
    "text",
    [
        "",
        "OR.0141.5",
        "OR.0141.05.2026",
        "OR.0141.0.2026",
        "OR.0141.5.26",
        "12.0141.5.2026",
        "OR.01X.5.2026",
        "OR.0141.5.6.7.2026",
        "OR..5.2026",
        "OR.0141.-5.2026",
        "OR.0141.5.2226",
        "OR/0141/5/2026",
        "OR.0141.٣.2026",
        "OR.0141.5.02026",
        "OR.0141.2.05.2026",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    with pytest.raises(NotACaseMark):
        CaseMark.parse(text)


@pytest.mark.parametrize(
    "parts",
    [
        {"number": 0},
        {"number": -1},
        {"year": 1826},
        {"unit": "1"},
        {"klass": "x"},
        {"subgroup": 0},
        {"number": 10**9},
    ],
)
def test_mark_cannot_be_made_of_wrong_parts(parts: dict[str, object]) -> None:
    sound: dict[str, object] = {"unit": "OR", "klass": "0141", "number": 5, "year": 2026}
    with pytest.raises(NotACaseMark):
        CaseMark(**{**sound, **parts})  # type: ignore[arg-type]


@given(unit=UNITS, klass=CLASSES, number=NATURALS, year=YEARS, subgroup=st.none() | NATURALS)
def test_mark_survives_writing_and_reading(
    unit: str, klass: str, number: int, year: int, subgroup: int | None
) -> None:
    mark = CaseMark(unit, klass, number, year, subgroup)
    assert CaseMark.parse(str(mark)) == mark


@given(
    a=st.tuples(UNITS, CLASSES, NATURALS, YEARS, st.none() | NATURALS),
    b=st.tuples(UNITS, CLASSES, NATURALS, YEARS, st.none() | NATURALS),
)
def test_different_marks_are_written_differently(
    a: tuple[str, str, int, int, int | None], b: tuple[str, str, int, int, int | None]
) -> None:
    assert (a == b) is (str(CaseMark(*a)) == str(CaseMark(*b)))


@pytest.mark.law("rozp. MSWiA 30.10.2006 zał. A pkt 8")
def test_register_number_and_its_identifier() -> None:
    number = RegisterNumber("RPW", 2026, 123)
    assert str(number) == "RPW/123/2026"
    assert number.identifier == "RPW-123-2026"
    assert RegisterNumber.parse("RPW/123/2026") == RegisterNumber.parse("RPW-123-2026") == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RPW/0/2026",
        "RPW/012/2026",
        "RPW/1",
        "rpw/1/2026",
        "RPW/1/26",
        "RPW/1/2026/1",
        "R/1/2026",
        "RPW/1/02026",
    ],
)
def test_what_is_no_register_number(text: str) -> None:
    with pytest.raises(NotARegisterNumber):
        RegisterNumber.parse(text)


@given(number=NATURALS, year=YEARS)
def test_register_number_survives_writing_and_reading(number: int, year: int) -> None:
    one = RegisterNumber("RKW", year, number)
    assert RegisterNumber.parse(str(one)) == RegisterNumber.parse(one.identifier) == one


def test_case_and_sub_group_have_series_of_their_own() -> None:
    assert case_series(unit="OR", klass="0141") == "case:OR.0141"
    assert case_series(unit="OR", klass="0141", subgroup=45) == "case:OR.0141.45"
