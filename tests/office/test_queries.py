"""Who works where on a day, and how quickly a colleague is found."""

import time
from datetime import date, timedelta

import pytest

from starostwo.office import api, testing
from starostwo.office.models import Account, Holding, Post, Unit, UnitPlace
from starostwo.office.queries import structure

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_units_stand_below_their_parents_in_polish_order() -> None:
    for symbol, name in (("ZD", "Zdrowie"), ("LA", "Łąki"), ("LB", "Lasy")):
        testing.make_unit(symbol, name=name, parent="ST")
    testing.make_unit("LB-1", name="Referat Lasów", parent="LB")

    assert [(unit.symbol, unit.depth) for unit in api.units(TODAY)] == [
        ("ST", 0),
        ("LB", 1),
        ("LB-1", 2),
        ("LA", 1),
        ("ZD", 1),
    ]


def test_a_reorganisation_does_not_change_the_past() -> None:
    unit = testing.make_unit("GN", name="Geodezja")
    UnitPlace.objects.filter(unit=unit).update(valid_to=TODAY)
    UnitPlace.objects.create(unit=unit, name="Nieruchomości", valid_from=TODAY)

    before, after = (api.unit("GN", on=day) for day in (TODAY - timedelta(days=1), TODAY))

    assert (before and before.name, after and after.name) == ("Geodezja", "Nieruchomości")


def test_a_closed_unit_is_gone_and_its_people_with_it() -> None:
    testing.anna()
    Unit.objects.filter(symbol="GN").update(valid_to=TODAY)

    assert api.unit("GN", on=TODAY) is None
    assert api.people(TODAY, unit="GN") == []
    assert [who.name for who in api.people(TODAY - timedelta(days=1), unit="GN")] == ["Anna Nowak"]


@pytest.mark.parametrize(
    ("typed", "found", "why"),
    [
        ("now", ["Anna Nowak"], "three letters of the family name"),
        ("ANN", ["Anna Nowak"], "the given name, capitals"),
        ("now an", ["Anna Nowak"], "both"),
        ("sok", ["Tomasz Sokół"], "no diacritics typed"),
        ("sokół", ["Tomasz Sokół"], "diacritics typed"),
        ("owa", [], "the middle of a name"),
        ("wro", [], "a resident"),
        ("%", [], "no wildcard"),
        ("  ", [], "nothing typed"),
    ],
)
def test_people_are_found_by_three_letters(typed: str, found: list[str], why: str) -> None:
    testing.anna(), testing.starosta(), testing.piotr(), testing.jan()

    assert [who.name for who in structure.find_people(typed, on=TODAY)] == found, why


def test_people_are_found_in_less_than_a_tenth_of_a_second() -> None:
    _an_office_of(300)
    started = time.perf_counter()

    found = structure.find_people("kow", on=TODAY)

    assert time.perf_counter() - started < 0.1
    assert len(found) == 20


def test_who_is_away_is_shown_as_away_with_the_deputy() -> None:
    ewa, anna = testing.ewa(), testing.anna()
    testing.make_stand_in(ewa, anna, since=TODAY, until=TODAY + timedelta(days=1))

    head = api.colleagues.head_of("GN", on=TODAY)
    deputy = structure.stand_in_of(ewa.pk, on=TODAY)

    assert head == api.PersonRef(ewa.pk, "Ewa Lis", "naczelniczka wydziału", "GN", away=True)
    assert deputy == api.PersonRef(anna.pk, "Anna Nowak", "inspektor", "GN")
    assert structure.stand_in_of(anna.pk, on=TODAY) is None
    assert api.colleagues.head_of("AB", on=TODAY) is None


def test_a_locked_account_is_not_offered_but_keeps_its_name() -> None:
    anna = testing.anna()
    Account.objects.filter(pk=anna.pk).update(is_active=False)

    assert structure.find_people("nowak", on=TODAY) == []
    assert api.person(anna.pk, on=TODAY) == api.PersonRef(anna.pk, "Anna Nowak")
    assert api.names([anna.pk]) == {anna.pk: "Anna Nowak"}
    assert api.person(0, on=TODAY) is None


def _an_office_of(count: int) -> None:
    post = Post.objects.create(
        unit=testing.make_unit("KT"), title="referent", is_shared=True, valid_from=testing.LONG_AGO
    )
    accounts = Account.objects.bulk_create(
        Account(kind="STAFF", login=f"p{n}", given_name="Jan", family_name=f"Kowal{n}") for n in range(count)
    )
    Holding.objects.bulk_create(
        Holding(post=post, account=account, valid_from=testing.LONG_AGO) for account in accounts
    )
