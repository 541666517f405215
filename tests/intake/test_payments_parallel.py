"""Payments that meet: notifications at once, two tabs, a statement read twice, a process that is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.conf import settings
from django.db import connection

from starostwo.intake.gateway import SignedGateway
from starostwo.intake.models import Attempt, Due, Payment
from starostwo.intake.rules.payment_states import Said
from starostwo.intake.services.gateway_tries import Outcome, begin_try, give_up_try
from starostwo.intake.testing import make_due, open_the_cash_box
from starostwo.office import testing as office
from starostwo.office.api import Actor
from tests.intake.paying import NOW, begun, stands, told, transferred

TOGETHER = 12
T = TypeVar("T")


@pytest.fixture
def piotr(committed_database: str) -> Actor:
    open_the_cash_box()
    return office.actor(office.piotr())


@pytest.fixture
def due(piotr: Actor) -> Due:
    return make_due(office.piotr())


def at_once(act: Callable[[int], T], times: int = TOGETHER) -> list[T]:
    def one(number: int) -> T:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_many_notifications_at_once_are_one_payment(due: Due, piotr: Actor) -> None:
    attempt = begun(due, piotr)

    outcomes = at_once(lambda number: told(attempt))

    assert outcomes.count(Outcome.CHANGED) == 1
    assert outcomes.count(Outcome.REPEATED) == TOGETHER - 1
    assert stands(due) == ("PAID", 10000, 0)
    assert Payment.objects.count() == 1


def test_reports_of_every_kind_in_any_order_end_in_paid(due: Due, piotr: Actor) -> None:
    attempt = begun(due, piotr)
    said = [Said.CANCELLED, Said.PAID, Said.FAILED, Said.BEGUN] * 3

    at_once(lambda number: told(attempt, said[number]))

    assert stands(due) == ("PAID", 10000, 0)
    assert Payment.objects.count() == 1


def test_many_tabs_lead_to_one_try(due: Due, piotr: Actor) -> None:
    begin = at_once(lambda number: begin_try(due.pk, actor=piotr, gateway=SignedGateway(), now=NOW).pk)

    assert len(set(begin)) == 1
    assert Attempt.objects.count() == 1


def test_two_payments_that_meet_are_both_counted_and_the_second_is_to_be_given_back(
    due: Due, piotr: Actor
) -> None:
    first = begun(due, piotr)
    give_up_try(due.pk, actor=piotr, now=NOW)
    second = begun(due, piotr)

    def act(number: int) -> None:
        if number % 3 == 2:
            transferred(due)
        else:
            told((first, second)[number % 3], number=f"T-{number % 3}")

    at_once(act)

    assert stands(due) == ("TO_GIVE_BACK", 30000, 0)
    assert sorted(Payment.objects.values_list("reference", flat=True)) == ["T-0", "T-1", "WB/1"]


def test_a_statement_that_is_read_twice_at_once_counts_once(due: Due) -> None:
    assert at_once(lambda number: transferred(due)).count(True) == 1
    assert stands(due) == ("PAID", 10000, 0)


KILLED = """
import os, signal, sys, uuid
import django
django.setup()
from django.db import transaction
from django.utils import timezone
from starostwo.intake.rules.gateway_messages import Report
from starostwo.intake.rules.payment_states import Said
from starostwo.intake.services.gateway_tries import take_report
with transaction.atomic():
    take_report(Report(uuid.UUID(sys.argv[1]), Said.PAID, 10000, "PLN", "T-1"), now=timezone.now())
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_process_that_is_killed_while_it_books_leaves_nothing_and_the_next_notification_pays(
    due: Due, piotr: Actor, committed_database: str
) -> None:
    attempt = begun(due, piotr)
    environment = os.environ | {
        "DATABASE_URL": committed_database,
        "DJANGO_SETTINGS_MODULE": "starostwo.site.settings",
        "PYTHONPATH": str(settings.ROOT),
    }

    command = [sys.executable, "-c", KILLED, str(attempt.pk)]
    killed = subprocess.run(command, env=environment, check=False, capture_output=True)

    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert (stands(due), Payment.objects.count()) == (("PENDING", 0, 0), 0)
    assert told(attempt) == Outcome.CHANGED
    assert stands(due) == ("PAID", 10000, 0)
