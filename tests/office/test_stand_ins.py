"""Stand-ins: who may set them, for how long, and that history says in whose place."""

from datetime import date, timedelta

import pytest

from starostwo.audit import api as audit
from starostwo.office import testing
from starostwo.office.models import Account, StandIn
from starostwo.office.services import stand_ins
from starostwo.office.services.refusal import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WEEK = timedelta(days=7)


def _set(
    by: Account, absent: Account, deputy: Account, *, since: date = TODAY, until: date = TODAY + WEEK
) -> StandIn:
    return stand_ins.set_stand_in(
        testing.actor(by, today=TODAY),
        absent_id=absent.pk,
        deputy_id=deputy.pk,
        valid_from=since,
        valid_to=until,
        today=TODAY,
        reason="urlop",
    )


@pytest.mark.parametrize("who", ["anna", "ewa", "starosta", "admin"])
def test_oneself_the_head_those_above_and_the_administrator_may(who: str) -> None:
    anna, ewa = testing.anna(), testing.ewa()

    _set(getattr(testing, who)(), anna, ewa)

    assert StandIn.objects.get().absent == anna
    line = audit.history(f"office.account:{anna.pk}")[-1]
    assert (line.verb, line.payload["deputy"], line.in_place_of) == ("set_stand_in", ewa.pk, None)


@pytest.mark.parametrize("who", ["jan", "adam", "clerk", "piotr"])
def test_strangers_may_not(who: str) -> None:
    with pytest.raises(NotAllowed):
        _set(getattr(testing, who)(), testing.anna(), testing.ewa())
    assert not StandIn.objects.exists()


def test_a_deputy_of_the_head_does_it_in_the_heads_place() -> None:
    ewa, anna, jan = testing.ewa(), testing.anna(), testing.jan()
    other = testing.make_staff("i.rys", "Iga Ryś")
    _set(ewa, ewa, anna)

    _set(anna, other, jan)

    line = audit.history(f"office.account:{other.pk}")[-1]
    assert (line.actor, line.in_place_of) == (f"account:{anna.pk}", f"account:{ewa.pk}")


def test_a_deputy_does_not_lengthen_his_own_time() -> None:
    ewa, anna = testing.ewa(), testing.anna()
    _set(ewa, ewa, anna)
    testing.make_unit("GN")

    with pytest.raises(NotAllowed):
        stand_ins.set_stand_in(
            testing.actor(testing.jan(), today=TODAY),
            absent_id=ewa.pk,
            deputy_id=anna.pk,
            valid_from=TODAY + WEEK,
            valid_to=TODAY + 2 * WEEK,
            today=TODAY,
        )
    assert StandIn.objects.count() == 1


@pytest.mark.parametrize(
    ("deputy", "since", "until", "why"),
    [
        ("anna", TODAY, TODAY + WEEK, "sam siebie"),
        ("piotr", TODAY, TODAY + WEEK, "pracownicy"),
        ("ewa", TODAY + WEEK, TODAY + timedelta(days=1), "wcześniejszy"),
        ("ewa", TODAY - WEEK, TODAY, "przed dzisiejszym"),
    ],
)
def test_a_wrong_stand_in_is_refused_with_the_reason(deputy: str, since: date, until: date, why: str) -> None:
    with pytest.raises(stand_ins.CannotSetStandIn, match=why):
        _set(testing.anna(), testing.anna(), getattr(testing, deputy)(), since=since, until=until)
    assert not StandIn.objects.exists()


def test_two_deputies_at_a_time_are_refused() -> None:
    anna = testing.anna()
    _set(anna, anna, testing.ewa())

    with pytest.raises(stand_ins.CannotSetStandIn, match="ma już w tym czasie zastępcę"):
        _set(anna, anna, testing.jan(), since=TODAY + timedelta(days=6), until=TODAY + 2 * WEEK)
    assert StandIn.objects.count() == 1


def test_a_running_stand_in_ends_today_and_a_coming_one_is_taken_back() -> None:
    anna = testing.anna()
    running = _set(anna, anna, testing.ewa(), since=TODAY - WEEK)
    coming = _set(anna, anna, testing.jan(), since=TODAY + WEEK, until=TODAY + 2 * WEEK)
    by = testing.actor(anna, today=TODAY)

    for stand_in in (running, coming):
        stand_ins.end_stand_in(by, stand_in_id=stand_in.pk, on=TODAY)

    assert [(s.pk, s.valid_to) for s in StandIn.objects.all()] == [(running.pk, TODAY)]
    assert testing.actor(testing.ewa(), today=TODAY).in_place_of == ()
    with pytest.raises(stand_ins.CannotEndStandIn):
        stand_ins.end_stand_in(by, stand_in_id=running.pk, on=TODAY)


def test_a_stranger_does_not_end_it() -> None:
    anna = testing.anna()
    stand_in = _set(anna, anna, testing.ewa())

    with pytest.raises(NotAllowed):
        stand_ins.end_stand_in(testing.actor(testing.jan(), today=TODAY), stand_in_id=stand_in.pk, on=TODAY)
    stand_in.refresh_from_db()
    assert stand_in.valid_to == TODAY + WEEK
