"""Who somebody is on a day: his own posts, those of the people he stands in for, nothing else."""

from datetime import date, timedelta

import pytest

from starostwo.office import testing as office
from starostwo.office.models import Holding, Post, Right

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_a_case_worker_has_the_rights_and_tokens_of_her_post() -> None:
    anna = office.anna()

    actor = office.actor(anna, today=TODAY)

    assert actor.rights == {Right.HANDLE}
    assert actor.units == {"GN"}
    assert actor.heads == frozenset()
    assert actor.tokens == {"public", f"person:{anna.pk}", "unit:GN", "role:HANDLE"}
    assert actor.audit_name == f"account:{anna.pk}"
    assert actor.post_title == "inspektor"


def test_a_head_heads_every_unit_below() -> None:
    office.anna(), office.jan()

    assert office.actor(office.starosta(), today=TODAY).heads == {"ST", "GN", "AB"}
    assert office.actor(office.ewa(), today=TODAY).heads == {"GN"}


def test_a_deputy_has_the_absent_ones_rights_and_says_in_whose_place() -> None:
    ewa, anna = office.ewa(), office.anna()
    office.make_stand_in(ewa, anna, since=TODAY, until=TODAY + timedelta(days=7))

    actor = office.actor(anna, today=TODAY)

    assert actor.may(Right.SIGN)
    assert actor.in_place_of == (ewa.pk,)
    assert {f"person:{ewa.pk}", "head:GN"} <= actor.tokens
    assert actor.lends(Right.SIGN) == f"account:{ewa.pk}"
    assert actor.lends(Right.HANDLE) is None, "handling is her own right"
    assert actor.acting_for(ewa.pk) == f"account:{ewa.pk}"
    assert actor.acting_for(anna.pk) is None


@pytest.mark.parametrize(("day", "why"), [(-1, "not begun"), (7, "over: the last day is not included")])
def test_a_stand_in_is_time_boxed(day: int, why: str) -> None:
    ewa, anna = office.ewa(), office.anna()
    office.make_stand_in(ewa, anna, since=TODAY, until=TODAY + timedelta(days=7))

    actor = office.actor(anna, today=TODAY + timedelta(days=day))

    assert actor.rights == {Right.HANDLE}, why
    assert actor.in_place_of == ()


def test_a_post_left_gives_nothing() -> None:
    anna = office.anna()
    Holding.objects.filter(account=anna).update(valid_to=TODAY)

    assert office.actor(anna, today=TODAY).rights == frozenset()
    assert office.actor(anna, today=TODAY - timedelta(days=1)).rights == {Right.HANDLE}


def test_a_post_that_ended_gives_nothing() -> None:
    anna = office.anna()
    Post.objects.update(valid_to=TODAY)

    assert office.actor(anna, today=TODAY).tokens == {"public", f"person:{anna.pk}"}


def test_a_resident_is_himself_alone_and_costs_no_query(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    piotr = office.piotr()

    with django_assert_num_queries(0):  # type: ignore[operator]
        actor = office.actor(piotr, today=TODAY)

    assert actor.tokens == {"public", f"person:{piotr.pk}"}
    assert not actor.is_staff


def test_the_scope_of_a_token_cuts_rights_down() -> None:
    ewa = office.ewa()

    actor = office.actor_for(ewa, today=TODAY, scope=frozenset({Right.HANDLE, Right.ADMIN}))

    assert actor.rights == {Right.HANDLE}
