"""How contracts and annexes are read, and where their parts are committed."""

from datetime import date

import pytest

from starostwo.ledger.rules.contracts import account_of, is_nip, read_annex, read_contract, read_parts
from starostwo.ledger.services.contracts import NEEDED
from tests.ledger.contracting import WHERE, typed

TODAY = date(2026, 11, 23)


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
@pytest.mark.parametrize(("part", "book", "number"), [(2026, 2026, "998"), (2027, 2026, "999")])
def test_parts_of_later_years_wait_on_999(part: int, book: int, number: str) -> None:
    assert account_of(part, book) == number


@pytest.mark.law("ufp art. 46 ust. 1")
@pytest.mark.law("ufp art. 34a")
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, ""),
        ({"document_number": ""}, "numer"),
        ({"subject": "x" * 301}, "do 300"),
        ({"nip": "5260250275"}, "NIP"),
        ({"nip": ""}, ""),
        ({"signed_on": "24.11.2026"}, "jeszcze nie nadszedł"),
        ({"signed_on": "jutro"}, "nie jest datą"),
        ({"ends_on": "01.11.2026"}, "przed swoim początkiem"),
        ({"amount": "299,00"}, "Części dają razem"),
        ({"amount": "tysiąc"}, "Podaj wartość"),
        ({"parts": f"2025 {WHERE} 300,00"}, "rok 2025"),
        ({"parts": f"{WHERE} 300,00"}, "to nie część"),
        ({"parts": f"2026 {WHERE}"}, "to nie część"),
        ({"parts": "2026 952 300,00"}, "to nie część"),
        ({"parts": f"2026 {WHERE} 100,00\n2026 {WHERE} 200,00"}, "więcej niż raz"),
        ({"parts": f"2026 {WHERE} 400,00\n2027 {WHERE} -100,00"}, "ujemnej"),
        ({"parts": "2026\t750\t75020\t4300\t300,00"}, ""),
    ],
)
def test_a_contract_says_what_it_lacks(change: dict[str, str], fault: str) -> None:
    read = read_contract(typed(**change), today=TODAY, needed=NEEDED)

    said = " ".join(map(str, read.faults))
    assert (fault in said) if fault else said == ""


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({}, ""),
        ({"signed_on": "01.11.2026"}, "wcześniejszy"),
        ({"parts": ""}, "niczego nie zmienia"),
        ({"parts": "", "ends_on": "31.12.2028"}, ""),
        ({"parts": f"2027 {WHERE} -201,00"}, "poniżej zera"),
        ({"parts": f"2028 {WHERE} -1,00"}, "poniżej zera"),
        ({"parts": f"2028 {WHERE} 1,00"}, ""),
        ({"document_number": ""}, "numer"),
    ],
)
def test_an_annex_says_what_it_lacks(change: dict[str, str], fault: str) -> None:
    annex = {"document_number": "1", "subject": "Mniej", "signed_on": "20.11.2026",
             "parts": f"2027 {WHERE} -200,00"} | change  # fmt: skip
    agreed = {(2026, WHERE): 100_00, (2027, WHERE): 200_00}
    read = read_annex(annex, today=TODAY, signed_on=date(2026, 11, 2), agreed=agreed)

    said = " ".join(map(str, read.faults))
    assert (fault in said) if fault else said == ""


def test_an_annex_leaves_years_that_passed() -> None:
    annex = {"document_number": "1", "subject": "Mniej", "signed_on": "20.11.2026",
             "parts": f"2025 {WHERE} -1,00"}  # fmt: skip
    read = read_annex(annex, today=TODAY, signed_on=date(2025, 1, 2), agreed={(2025, WHERE): 500})

    assert [str(fault) for fault in read.faults] == ["Aneks nie zmienia części lat, które minęły."]


@pytest.mark.parametrize(
    ("digits", "is_right"),
    [("5260250274", True), ("5260250275", False), ("526025027", False), ("526025027x", False)],
)
def test_a_nip_has_a_check_digit(digits: str, is_right: bool) -> None:
    assert is_nip(digits) is is_right


def test_empty_lines_are_passed_over() -> None:
    parts, faults = read_parts(f"\n2026 {WHERE} 1\n\n", since=2026)

    assert (len(parts), faults) == (1, [])
