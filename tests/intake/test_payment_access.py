"""Who sees a due, who settles and charges: the payer his own, the finance unit all, others with the case."""

import pytest
from django.utils.timezone import now

from starostwo.intake import payment_access as access
from starostwo.intake.models import Due, Submission
from starostwo.intake.services.charging import Line, Payer, charge_in_case
from starostwo.intake.testing import make_due, open_the_box, open_the_cash_box, send
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.office.models import Account
from starostwo.records.models import Case
from tests.intake import paying
from tests.intake.paying import TODAY
from tests.records.document_makers import make_online_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    open_the_box()
    open_the_cash_box()
    return make_online_case()


@pytest.fixture
def of_case(case: Case) -> Due:
    line, payer = Line("wypis", 4000, "tabela"), Payer(office.piotr().pk, "Piotr Wrona")
    anna = office.actor(office.anna())
    return charge_in_case(
        case.mark, actor=anna, kind="COUNTY", line=line, payer=payer, today=TODAY, now=now()
    )


def seen(account: Account) -> set[Due]:
    return set(access.visible_dues(office.actor(account)))


def inspector() -> Account:
    return office.make_staff("s.proba", "Sylwia Próba", unit="AW", rights=(Right.INSPECT,))


def test_a_due_is_seen_with_its_case_or_letter_and_all_by_who_settles_or_inspects(of_case: Due) -> None:
    submission = send(service_code="pismo-ogolne", account_id=office.maria().pk).submission
    due = make_due(office.maria())
    Due.objects.filter(pk=due.pk).update(submission=Submission.objects.get(pk=submission.pk))
    unsent = make_due(office.maria())

    assert seen(paying.treasury()) == seen(inspector()) == {of_case, due, unsent}
    assert seen(office.anna()) == {of_case}
    assert seen(office.clerk()) == {due}, "the mail desk has the letter, not the case"
    assert seen(office.jan()) == set()


def test_a_payer_has_his_own(of_case: Due) -> None:
    marias = make_due(office.maria())

    assert set(access.own_dues(office.actor(office.piotr()))) == {of_case}
    assert set(access.own_dues(office.actor(office.maria()))) == {marias}


def test_only_who_has_the_right_settles(of_case: Due) -> None:
    people = [paying.treasury(), inspector(), office.anna(), office.clerk(), office.admin(), office.piotr()]

    assert [access.may_settle(office.actor(one)) for one in people] == [True] + [False] * 5
    assert [access.to_settle(office.actor(one)).count() for one in people] == [1, 0, 0, 0, 0, 0]


def test_the_holder_of_the_case_charges_and_who_stands_in_for_him(case: Case) -> None:
    deputy = office.make_staff("d.wrobel", "Dariusz Wróbel", unit="GN")
    assert not access.may_charge(office.actor(deputy, today=TODAY), case)
    office.make_stand_in(office.anna(), deputy, since=TODAY, until=TODAY.replace(day=30))

    people = [office.anna(), deputy, office.ewa(), office.jan(), paying.treasury()]

    assert [access.may_charge(office.actor(one, today=TODAY), case) for one in people] == [
        True, True, False, False, False,
    ]  # fmt: skip
