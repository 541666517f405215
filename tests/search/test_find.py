"""Finding things as people type: inflected, without diacritics, by mark, with a typo."""

from datetime import date, timedelta

import pytest

from starostwo.search import api as search
from starostwo.search.testing import index_all, put

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset({"public"})


def found(query: str, **asked: object) -> list[str]:
    return [hit.thing for hit in search.find(query, tokens=EVERYBODY, **asked).hits]  # type: ignore[arg-type]


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 4")
@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("pozwolenie na budowę", "as written"),
        ("pozwolenia budowy", "other forms of the words"),
        ("POZWOLENIU budowie", "capitals"),
        ("pozwolenie na budowe", "without diacritics, a form that the dictionary does not know"),
        ("budowa jednorodzinny", "dictionary forms, in any order"),
        ("dzialek", "without diacritics, genitive plural"),
        ("działka", "a word of the text, not of the title"),
        ("kowalskiego", "a surname in lower case and in another form"),
        ("Kowalski", "a surname as it is"),
        ("kowal*", "a beginning"),
        ("123/4", "a parcel's number"),
    ],
)
def test_a_thing_is_found(query: str, why: str) -> None:
    put(
        "case:1",
        "Pozwolenie na budowę domu jednorodzinnego",
        text="Wnioskodawca: Jan Kowalski; działki nr 123/4 w Zgierzu",
    )
    put("case:2", "Rejestracja pojazdu")
    index_all()

    assert found(query) == ["case:1"], why


@pytest.mark.parametrize(
    "query",
    ["rejestracja pozwolenie", "budowla", "*", "'", "\\", "a & b | !c", "kot\x00ek", "zażółć:*", "w na"],
)
def test_nothing_is_found_and_nothing_breaks(query: str) -> None:
    put("case:1", "Pozwolenie na budowę")
    put("case:2", "Rejestracja pojazdu")
    index_all()

    expected = ["case:2", "case:1"] if query in ("*", "'", "\\", "w na") else []
    assert found(query) == expected


@pytest.mark.parametrize(
    ("query", "things"),
    [
        ("OŚ.6740.1.2026", ["case:1"]),
        ("oś.6740.1", ["case:12", "case:1"]),
        ("OS.6740.1.2026", ["case:1"]),
        ("6740", ["case:12", "case:1"]),
        ("RPW/77/2026", ["letter:1"]),
        ("77/2026", ["letter:1"]),
        ("rpw/77", ["letter:1"]),
        ("RPW/7", ["letter:1"]),
        ("7/2026", []),
        ("6740.1.2026 budowa", ["case:1"]),
    ],
)
def test_by_mark_or_a_part_of_it(query: str, things: list[str]) -> None:
    put("case:1", "Budowa domu", marks=["OŚ.6740.1.2026"])
    put("case:12", "Rozbiórka", marks=["OŚ.6740.12.2026"])
    put("letter:1", "Wniosek", marks=["RPW/77/2026"])

    assert found(query) == things


def test_a_mark_within_a_text_is_found_too() -> None:
    put("letter:1", "Odpowiedź", text="nawiązując do pisma OŚ.6740.1.2026 z dnia 1 marca")

    assert found("OŚ.6740.1.2026") == ["letter:1"]


def test_the_newest_comes_first_and_pages_follow() -> None:
    for number in range(5):
        put(f"letter:{number}", "Wniosek", on=date(2026, 1, 1) + timedelta(days=number))

    first = search.find("wniosek", tokens=EVERYBODY, size=3)
    second = search.find("wniosek", tokens=EVERYBODY, size=3, cursor=first.cursor)

    assert [hit.thing for hit in first.hits] == ["letter:4", "letter:3", "letter:2"]
    assert [hit.thing for hit in second.hits] == ["letter:1", "letter:0"]
    assert (first.before, second.cursor) == (None, None)


def test_kinds_and_facets_narrow_and_are_counted() -> None:
    put("case:1", "Budowa", kind="case", unit="OŚ")
    put("letter:1", "Budowa", unit="OŚ")
    put("letter:2", "Budowa", unit="AB")

    assert found("budowa", kind="letter") == ["letter:2", "letter:1"]
    assert found("budowa", facets={"unit": "OŚ"}) == ["letter:1", "case:1"]
    counts = search.find("budowa", tokens=EVERYBODY, kind="letter").facet_counts
    assert counts == {"unit": {"OŚ": 2, "AB": 1}, "kind": {"letter": 2, "case": 1}}


@pytest.mark.parametrize("asked", [{"kind": "a\0"}, {"facets": {"unit": "\0"}}, {"facets": {"'": '"'}}])
def test_made_up_kinds_and_facets_find_nothing(asked: dict[str, object]) -> None:
    put("case:1", "Budowa")

    assert found("budowa", **asked) == []


def test_a_typo_gets_a_suggestion_in_polish_letters() -> None:
    put("case:1", "Pozwolenie na budowę, zaświadczenie")
    index_all()

    assert search.find("pozwolnie", tokens=EVERYBODY).suggestions == ("pozwolenie",)
    assert search.find("zaswiadzenie", tokens=EVERYBODY).suggestions == ("zaświadczenie",)


@pytest.mark.parametrize(("query", "queries"), [("budowa domu", 5), ("6740.1", 4), ("", 4), ("budwa", 5)])
def test_the_count_of_queries_is_constant(
    query: str, queries: int, django_assert_num_queries: object
) -> None:
    for number in range(30):
        put(f"case:{number}", "Budowa domu", marks=[f"OŚ.6740.{number}.2026"])
    index_all()

    with django_assert_num_queries(queries):  # type: ignore[operator]
        search.find(query, tokens=EVERYBODY)
