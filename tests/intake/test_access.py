"""Who sees which submission: with its letter, the desk what waits in quarantine, the resident his own."""

import pytest

from starostwo.files.testing import locked_pdf
from starostwo.intake import access
from starostwo.intake.models import Submission
from starostwo.intake.testing import open_the_box, send
from starostwo.office import testing as office
from starostwo.office.models import Account, Right
from starostwo.records.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def box() -> None:
    open_the_box()


def seen(account: Account) -> set[Submission]:
    return set(access.visible_submissions(office.actor(account)))


def coordinator() -> Account:
    return office.make_staff("k.o", "Kinga Ols", unit="OR", rights=(Right.COORDINATE,))


def test_a_submission_is_seen_with_its_letter_and_quarantine_by_the_desk_and_who_watches_it() -> None:
    letter, locked = send().submission, send(locked_pdf(), "a.pdf").submission

    assert seen(office.clerk()) == seen(coordinator()) == {letter, locked}
    assert seen(office.starosta()) == {letter}, "the letter waits for him, quarantine does not"
    assert seen(office.jan()) == set()


def test_even_the_desk_sees_no_submission_of_a_letter_that_is_not_shown_to_it() -> None:
    send()
    Letter.objects.update(audience=["head:ST"])

    assert seen(office.clerk()) == set()


def test_only_the_desk_settles_what_waits() -> None:
    people = [office.clerk(), coordinator(), office.starosta(), office.admin(), office.piotr()]

    assert [access.may_settle(office.actor(one)) for one in people] == [True, False, False, False, False]


def test_a_resident_has_his_own_submissions() -> None:
    piotr, maria = office.piotr(), office.maria()
    own, other = send(account_id=piotr.pk).submission, send(account_id=maria.pk).submission

    assert set(access.own_submissions(piotr.pk)) == {own}
    assert set(access.own_submissions(maria.pk)) == {other}
