"""The database refuses what the rules of the office forbid, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from starostwo.office import testing as office
from starostwo.office.models import Account, Holding, Post, StandIn, Unit, UnitPlace

pytestmark = pytest.mark.django_db
D = date


@pytest.mark.law("rozp. PRM 18.01.2011 par. 5")
@pytest.mark.parametrize(
    ("symbol", "fits", "why"),
    [
        ("OR", True, "letters"),
        ("B2", True, "a letter and a digit"),
        ("11d", True, "digits first, one letter is enough"),
        ("AB-C", True, "a dash inside"),
        ("b9-9", True, "a dash inside"),
        ("123", False, "no letter"),
        ("-AB", False, "a dash at the start"),
        ("AB-", False, "a dash at the end"),
        ("A--B", False, "two dashes"),
        ("OŚ", False, "a letter with a diacritic"),
        ("A B", False, "a space"),
        ("", False, "nothing"),
        ("AB\n", False, "a line end hides at the end"),
    ],
)
def test_a_unit_symbol(symbol: str, fits: bool, why: str) -> None:
    if fits:
        Unit.objects.create(symbol=symbol, valid_from=D(2026, 1, 1))
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            Unit.objects.create(symbol=symbol, valid_from=D(2026, 1, 1))
    assert Unit.objects.exists() == fits, why


@pytest.mark.law("rozp. PRM 18.01.2011 par. 5")
@pytest.mark.parametrize(
    ("since", "until", "fits", "why"),
    [
        (D(2026, 7, 1), None, False, "the first unit held the symbol in the same calendar year"),
        (D(2027, 1, 1), None, True, "the next calendar year"),
        (D(2025, 1, 1), D(2026, 1, 1), True, "until the last day of the year before"),
        (D(2025, 1, 1), D(2026, 1, 2), False, "one day into the year"),
    ],
)
def test_a_symbol_belongs_to_one_unit_in_a_calendar_year(
    since: date, until: date | None, fits: bool, why: str
) -> None:
    Unit.objects.create(symbol="GN", valid_from=D(2026, 1, 1), valid_to=D(2026, 3, 1))
    if fits:
        Unit.objects.create(symbol="GN", valid_from=since, valid_to=until)
    else:
        with pytest.raises(IntegrityError, match="one_symbol_one_unit_in_a_year"), transaction.atomic():
            Unit.objects.create(symbol="GN", valid_from=since, valid_to=until)
    assert Unit.objects.count() == 1 + fits, why


def test_a_unit_stands_in_one_place_at_a_time() -> None:
    unit = office.make_unit("GN")

    with pytest.raises(IntegrityError, match="one_unit_one_place_at_a_time"), transaction.atomic():
        UnitPlace.objects.create(unit=unit, name="Inna nazwa", valid_from=D(2026, 1, 1))


def test_a_post_has_one_holder_at_a_time() -> None:
    anna, jan = office.anna(), office.jan()
    post = Post.objects.get(pk=office.actor(anna).posts[0])

    with pytest.raises(IntegrityError, match="one_post_one_holder_at_a_time"), transaction.atomic():
        Holding.objects.create(post=post, account=jan, valid_from=D(2026, 1, 1), is_shared=True)


def test_a_shared_post_has_several_holders_but_each_once() -> None:
    anna, jan = office.anna(), office.jan()
    post = Post.objects.create(
        unit=office.make_unit("KT"), title="rejestrator", is_shared=True, valid_from=D(2020, 1, 1)
    )
    for account in (anna, jan):
        Holding.objects.create(post=post, account=account, valid_from=D(2026, 1, 1))

    with pytest.raises(IntegrityError, match="nobody_holds_a_post_twice"), transaction.atomic():
        Holding.objects.create(post=post, account=jan, valid_from=D(2026, 2, 1))


def test_a_unit_has_one_head_at_a_time() -> None:
    office.ewa()

    with pytest.raises(IntegrityError, match="one_unit_one_head_at_a_time"), transaction.atomic():
        Post.objects.create(
            unit=office.make_unit("GN"), title="p.o. naczelnika", is_head=True, valid_from=D(2026, 1, 1)
        )


def test_an_absent_person_has_one_deputy_at_a_time() -> None:
    office.make_stand_in(office.ewa(), office.anna(), since=D(2026, 1, 1), until=D(2026, 2, 1))

    with pytest.raises(IntegrityError, match="one_deputy_at_a_time"), transaction.atomic():
        office.make_stand_in(office.ewa(), office.adam(), since=D(2026, 1, 31), until=D(2026, 3, 1))
    assert StandIn.objects.count() == 1


def test_nobody_stands_in_for_himself() -> None:
    with pytest.raises(IntegrityError, match="nobody_stands_in_for_himself"), transaction.atomic():
        office.make_stand_in(office.ewa(), office.ewa(), since=D(2026, 1, 1), until=D(2026, 2, 1))


def test_unknown_rights_are_refused() -> None:
    with pytest.raises(IntegrityError, match="post_has_known_rights"), transaction.atomic():
        Post.objects.create(
            unit=office.make_unit("GN"), title="cień", rights=["ROOT"], valid_from=D(2026, 1, 1)
        )


def test_staff_do_not_come_from_outside() -> None:
    anna = office.anna()

    with pytest.raises(IntegrityError, match="only_residents_come_from_outside"), transaction.atomic():
        Account.objects.filter(pk=anna.pk).update(external_issuer="https://idp", external_subject="7")
