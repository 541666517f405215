"""Search against access over the whole demonstration county: for every person, whatever is asked for."""

import re

import pytest
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from starostwo.assets.access import visible_assets
from starostwo.office.api import Actor, actor_for
from starostwo.office.models import Account
from starostwo.records.access import visible_cases, visible_letters
from starostwo.records.document_access import visible_documents
from starostwo.records.models import Case, Letter
from starostwo.search import api as search
from tests.journeys.county import County

pytestmark = pytest.mark.journey
KINDS = {
    "records.letter": visible_letters,
    "records.case": visible_cases,
    "records.document": visible_documents,
    "assets.asset": visible_assets,
}
PUBLIC = {"procedures.card", "bulletin.item"}
PAGE = 50


@pytest.fixture(scope="module")
def people(county: County) -> list[Actor]:
    """Everybody of the county as he acts today, residents too."""
    return [actor_for(account, today=localdate()) for account in Account.objects.order_by("id")]


@pytest.fixture(scope="module")
def words(county: County) -> list[str]:
    """Every word and mark that occurs in the county, and beginnings of marks."""
    titles = [*Letter.objects.values_list("title", flat=True), *Case.objects.values_list("title", flat=True)]
    marks = list(Case.objects.values_list("mark", flat=True))
    found = {word.lower() for title in titles for word in re.findall(r"\w{3,}", title)}
    return sorted(found | set(marks) | {mark.rpartition(".")[0] for mark in marks})


def readable(actor: Actor) -> set[str]:
    """The names of all things that this person may open."""
    return {
        f"{kind}:{pk}"
        for kind, visible in KINDS.items()
        for pk in visible(actor).values_list("pk", flat=True)
    }


def found_by(actor: Actor, query: str) -> set[str]:
    """Everything that the search shows this person for a question, page after page."""
    things: set[str] = set()
    cursor = None
    while True:
        found = search.find(query, tokens=actor.tokens, size=PAGE, cursor=cursor)
        things |= {hit.thing for hit in found.hits}
        cursor = found.cursor
        if cursor is None:
            return things


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_found_may_be_read_by_who_asked(
    people: list[Actor], words: list[str], data: st.DataObject
) -> None:
    actor = data.draw(st.sampled_from(people))
    query = " ".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=2)))

    found = {thing for thing in found_by(actor, query) if thing.partition(":")[0] not in PUBLIC}

    assert found - readable(actor) == set()


def test_everybody_finds_each_of_his_cases_by_its_mark(people: list[Actor]) -> None:
    """And the counts beside the filters tell no more than the results do."""
    for actor in people:
        for case in visible_cases(actor).order_by("-id")[:2]:
            found = search.find(case.mark, tokens=actor.tokens, size=PAGE)
            things = {hit.thing for hit in found.hits}
            assert f"records.case:{case.pk}" in things, (actor.login, case.mark)
            assert sum(found.facet_counts["kind"].values()) == len(found_by(actor, case.mark))


def test_nobody_who_may_not_read_a_case_learns_of_it(people: list[Actor]) -> None:
    for case in Case.objects.order_by("id")[:10]:
        for actor in people:
            if not visible_cases(actor).filter(pk=case.pk).exists():
                found = search.find(case.mark, tokens=actor.tokens)
                assert f"records.case:{case.pk}" not in {hit.thing for hit in found.hits}
                assert case.title not in " ".join(found.suggestions)
