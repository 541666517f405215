"""The few rights of the office itself, each condition with the row that needs it."""

from datetime import date, timedelta

import pytest

from starostwo.office import access, testing
from starostwo.office.models import Holding, Post, Right

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
YESTERDAY = TODAY - timedelta(days=1)


def test_the_log_of_sign_ins_is_for_the_data_protection_officer() -> None:
    officer = testing.make_staff("d.po", "Dorota Pol", unit="OR", rights=(Right.PRIVACY,))
    people = [officer, testing.admin(), testing.ewa(), testing.piotr()]

    assert [access.may_see_sign_ins(testing.actor(one, today=TODAY)) for one in people] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("ended", [Holding, Post])
def test_a_head_sets_no_absence_of_who_left_the_unit(ended: type[Holding] | type[Post]) -> None:
    anna, ewa = testing.anna(), testing.actor(testing.ewa(), today=TODAY)
    assert access.absence_mandate(ewa, anna.pk, today=TODAY) == ewa.own

    posts = Holding.objects.filter(account=anna).values_list("post_id", flat=True)
    rows = Holding.objects.filter(account=anna) if ended is Holding else Post.objects.filter(pk__in=posts)
    rows.update(valid_to=YESTERDAY)

    assert access.absence_mandate(ewa, anna.pk, today=TODAY) is None
