"""What the database holds by itself, whatever a program does: states, sums, money that stays."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from starostwo.intake.models import Attempt, Due, GivenBack, Payment
from starostwo.intake.testing import make_due, open_the_cash_box
from starostwo.office import testing as office
from starostwo.office.api import Actor
from tests.intake.paying import NOW, TODAY, begun, stands, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def piotr() -> Actor:
    open_the_cash_box()
    return office.actor(office.piotr())


@pytest.fixture
def due(piotr: Actor) -> Due:
    return make_due(office.piotr())


def broken(act: Callable[[], object]) -> None:
    """The database refuses at once or at the end of the transaction."""

    def done() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            act()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError):
        done()


def test_the_database_keeps_states_sums_and_money(due: Due, piotr: Actor) -> None:
    attempt = begun(due, piotr)
    told(attempt)
    this = Due.objects.filter(pk=due.pk)
    row = {"due": due, "amount": 1, "received_on": TODAY, "entered_by": "x", "entered_at": NOW}

    broken(lambda: this.update(state="DUE"))
    broken(lambda: this.update(received=0, state="DUE"))
    broken(lambda: this.update(state="WAIVED", lifted="WAIVED"))
    broken(lambda: this.update(account=None))
    broken(lambda: this.update(given_back=20000))
    broken(due.delete)
    broken(lambda: Attempt.objects.update(state="CANCELLED"))
    broken(lambda: Attempt.objects.update(amount=1))
    broken(lambda: Payment.objects.update(amount=1))
    broken(lambda: Payment.objects.all().delete())
    broken(lambda: Payment.objects.create(way="TRANSFER", reference="sama", **row))
    broken(lambda: Payment.objects.create(way="GATEWAY", reference="T-9", **row))
    broken(lambda: Payment.objects.create(way="GATEWAY", reference="T-9", attempt=attempt, **row))
    gone = {"due": due, "amount": 1, "given_on": TODAY, "reference": "z", "reason": "z"}
    broken(lambda: GivenBack.objects.create(entered_by="x", entered_at=NOW, **gone))

    assert stands(due) == ("PAID", 10000, 0)


def test_one_due_has_one_open_try_and_one_application_one_due_an_account(due: Due, piotr: Actor) -> None:
    begun(due, piotr)

    broken(lambda: Attempt.objects.create(due=due, gateway="signed", amount=1, begun_at=NOW))
    broken(lambda: Due.objects.create(application=due.application, kind=due.kind, amount=1, reference="OP1",
                                      rates_on=TODAY, charged_at=NOW, title="x"))  # fmt: skip
