"""Units, posts and holdings through the services: what changes, what is noted, what is refused."""

from datetime import date, timedelta

import pytest

from starostwo.audit import api as audit
from starostwo.office import actor as actors
from starostwo.office import api, testing
from starostwo.office.models import Account, Holding, Post, Right, Unit, UnitPlace
from starostwo.office.services import structure
from starostwo.office.services.refusal import NotAllowed

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NEXT_YEAR = date(2027, 1, 1)


def _verbs(thing: str) -> list[str]:
    return [entry.verb for entry in audit.history(thing)]


def test_the_structure_is_built_from_nothing() -> None:
    by = actors.system()
    top = structure.open_unit(by, symbol="ST", name="Starosta", parent=None, valid_from=testing.LONG_AGO)
    structure.open_unit(by, symbol="OR", name="Organizacyjny", parent="ST", valid_from=TODAY)
    post = structure.open_post(
        by, unit="OR", title="kancelaria", rights=[Right.REGISTER], is_shared=True, valid_from=TODAY
    )
    anna = testing.anna()
    structure.take_post(by, post_id=post.pk, account_id=anna.pk, valid_from=TODAY)

    assert [(unit.symbol, unit.parent) for unit in api.units(TODAY)] == [
        ("ST", None),
        ("OR", "ST"),
        ("GN", "ST"),
    ]
    assert testing.actor(anna, today=TODAY).rights == {Right.HANDLE, Right.REGISTER}
    line = audit.history(f"office.unit:{top.pk}")[0]
    assert (line.actor, line.actor_name, line.verb) == ("system", "System", "open_unit")
    assert _verbs(f"office.account:{anna.pk}") == ["take_post"]


def test_a_symbol_of_this_year_is_not_given_twice() -> None:
    testing.make_unit("GN", since=date(2026, 1, 1))
    by = actors.system()
    structure.close_unit(by, symbol="GN", on=TODAY)

    with pytest.raises(structure.CannotOpenUnit, match="Symbol GN ma w tym roku inna komórka"):
        structure.open_unit(by, symbol="GN", name="Nowa", parent=None, valid_from=TODAY)

    assert Unit.objects.count() == 1
    structure.open_unit(by, symbol="GN", name="Nowa", parent=None, valid_from=NEXT_YEAR)
    assert [unit.name for unit in api.units(NEXT_YEAR)] == ["Nowa"]


def test_a_unit_moves_and_the_past_stays() -> None:
    testing.make_unit("AB", name="Budownictwo", parent="ST")
    testing.make_unit("GN", parent="ST")

    structure.change_unit(actors.system(), symbol="AB", name="Architektura", parent="GN", on=TODAY)

    before, after = (api.unit("AB", on=day) for day in (TODAY - timedelta(days=1), TODAY))
    assert before
    assert after
    assert (before.name, before.parent) == ("Budownictwo", "ST")
    assert (after.name, after.parent) == ("Architektura", "GN")


def test_a_change_on_the_day_of_the_last_change_replaces_it() -> None:
    testing.make_unit("AB", since=TODAY)

    structure.change_unit(actors.system(), symbol="AB", name="Druga nazwa", parent=None, on=TODAY)

    assert [place.name for place in UnitPlace.objects.all()] == ["Druga nazwa"]


def test_a_unit_does_not_come_below_itself() -> None:
    testing.make_unit("GN", parent="ST")
    testing.make_unit("GN-1", parent="GN")

    with pytest.raises(structure.CannotChangeUnit, match="podlega komórce GN"):
        structure.change_unit(actors.system(), symbol="GN", name="Krąg", parent="GN-1", on=TODAY)

    assert UnitPlace.objects.filter(valid_to=None).count() == 3


def test_a_unit_with_people_or_units_below_is_not_closed() -> None:
    testing.anna()
    for symbol, why in (("ST", "podlegają inne"), ("GN", "zajęte stanowiska")):
        with pytest.raises(structure.CannotCloseUnit, match=why):
            structure.close_unit(actors.system(), symbol=symbol, on=TODAY)
    assert not Unit.objects.exclude(valid_to=None).exists()


def test_a_taken_post_is_not_given_again() -> None:
    anna, jan = testing.anna(), testing.jan()
    post = testing.actor(anna, today=TODAY).posts[0]

    with pytest.raises(structure.CannotTakePost, match="jest w tym czasie zajęte"):
        structure.take_post(actors.system(), post_id=post, account_id=jan.pk, valid_from=TODAY)
    assert Holding.objects.filter(post=post).count() == 1


@pytest.mark.parametrize("who", ["resident", "locked", "nobody"])
def test_a_post_is_for_staff_with_an_open_account(who: str) -> None:
    post = structure.open_post(
        actors.system(), unit=testing.make_unit("GN").symbol, title="goniec", rights=[], valid_from=TODAY
    )
    account_id = {"resident": testing.piotr().pk, "locked": testing.jan().pk, "nobody": 0}[who]
    Account.objects.filter(pk=testing.jan().pk).update(is_active=False)

    with pytest.raises(structure.CannotTakePost, match="konto jest czynne"):
        structure.take_post(actors.system(), post_id=post.pk, account_id=account_id, valid_from=TODAY)
    assert not Holding.objects.filter(post=post).exists()


def test_who_leaves_a_post_has_its_rights_until_the_day_before() -> None:
    anna = testing.anna()
    holding = Holding.objects.get(account=anna)

    structure.leave_post(actors.system(), holding_id=holding.pk, on=TODAY)

    assert testing.actor(anna, today=TODAY - timedelta(days=1)).may(Right.HANDLE)
    assert not testing.actor(anna, today=TODAY).may(Right.HANDLE)
    assert _verbs(f"office.account:{anna.pk}") == ["leave_post"]
    with pytest.raises(structure.CannotLeavePost):
        structure.leave_post(actors.system(), holding_id=holding.pk, on=TODAY)


def test_a_vacant_post_is_closed_and_a_held_one_is_not() -> None:
    anna = testing.anna()
    post_id = testing.actor(anna, today=TODAY).posts[0]
    with pytest.raises(structure.CannotClosePost):
        structure.close_post(actors.system(), post_id=post_id, on=TODAY)

    structure.leave_post(actors.system(), holding_id=Holding.objects.get(account=anna).pk, on=TODAY)
    structure.close_post(actors.system(), post_id=post_id, on=TODAY)

    assert Post.objects.get(pk=post_id).valid_to == TODAY


def test_only_an_administrator_touches_the_structure() -> None:
    ewa = testing.actor(testing.ewa(), today=TODAY)
    before = (Unit.objects.count(), Post.objects.count(), Holding.objects.count())
    attempts = [
        lambda: structure.open_unit(ewa, symbol="XX", name="X", parent=None, valid_from=TODAY),
        lambda: structure.change_unit(ewa, symbol="GN", name="X", parent=None, on=TODAY),
        lambda: structure.close_unit(ewa, symbol="GN", on=TODAY),
        lambda: structure.open_post(ewa, unit="GN", title="x", rights=[Right.ADMIN], valid_from=TODAY),
        lambda: structure.close_post(ewa, post_id=ewa.posts[0], on=TODAY),
        lambda: structure.take_post(ewa, post_id=ewa.posts[0], account_id=ewa.account_id, valid_from=TODAY),
        lambda: structure.leave_post(ewa, holding_id=Holding.objects.get().pk, on=TODAY),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            attempt()
    assert (Unit.objects.count(), Post.objects.count(), Holding.objects.count()) == before
    assert not UnitPlace.objects.exclude(valid_to=None).exists()
