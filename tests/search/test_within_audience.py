"""Nobody learns of a thing that he may not see: hits, counts, suggestions, pages."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from starostwo.search import api as search
from starostwo.search.models import Entry
from starostwo.search.testing import index_all, put

pytestmark = pytest.mark.django_db
TOKENS = ["public", "person:1", "person:2", "unit:OR", "unit:AB", "head:OR", "role:REGISTER"]
WORDS = ["budowa", "budowę", "dom", "działka", "zaświadczenie", "wniosek"]
_numbers = count()

audiences = st.lists(st.sampled_from(TOKENS), max_size=3, unique=True)
things = st.lists(st.tuples(audiences, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)), max_size=12)


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 7")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    things=things,
    tokens=st.frozensets(st.sampled_from(TOKENS), max_size=4),
    query=st.sampled_from([*WORDS, "budowe", "dzialki", "OŚ.1", "", "wniosek dom", "bud*"]),
    size=st.integers(1, 5),
)
def test_an_answer_is_what_the_audience_allows(
    things: list[tuple[list[str], list[str]]], tokens: frozenset[str], query: str, size: int
) -> None:
    Entry.objects.all().delete()
    visible = set()
    for audience, words in things:
        thing = f"case:{next(_numbers)}"
        put(
            thing,
            " ".join(words),
            audience=audience,
            marks=["OŚ.1.2026"],
            seen=str(bool(tokens & set(audience))),
        )
        if tokens & set(audience):
            visible.add(thing)
    index_all()

    got, cursor = [], None
    while True:
        found = search.find(query, tokens=tokens, size=size, cursor=cursor)
        got += [hit.thing for hit in found.hits]
        assert set(found.facet_counts.get("seen", {})) <= {"True"}
        if (cursor := found.cursor) is None:
            break

    assert len(got) == len(set(got))
    assert set(got) <= visible
    assert sum(found.facet_counts.get("kind", {}).values()) == len(got)
    if query in ("", "OŚ.1"):
        assert set(got) == visible


def test_a_suggestion_does_not_betray_a_word() -> None:
    put("case:1", "Sprawa Grzegorza Brzęczyszczykiewicza", audience=["unit:OR"])
    index_all()

    typed = "brzeczyszczykiewica"
    assert search.find(typed, tokens={"unit:AB", "public"}).suggestions == ()
    assert search.find(typed, tokens={"unit:OR"}).suggestions == ("brzęczyszczykiewicza",)


def test_nobody_finds_nothing() -> None:
    put("case:1", "Budowa domu", audience=[])
    put("case:2", "Budowa domu")

    assert search.find("budowa", tokens=frozenset()).hits == ()
    assert search.find("budowa", tokens=frozenset()).facet_counts == {}
