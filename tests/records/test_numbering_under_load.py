"""Numbers under concurrency: real threads and processes on a committed database, no gap and no double."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction

from starostwo.office import testing as office
from starostwo.records.models import Case, Letter
from starostwo.records.rules.metadata import Channel
from starostwo.records.services.letters import register_incoming
from starostwo.records.services.series import next_number
from starostwo.records.testing import NOW, TODAY, make_assigned, make_case, make_plan, received

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import django
django.setup()
from datetime import date
from django.db import transaction
from starostwo.records.rules.metadata import Channel
from starostwo.records.services.letters import register_incoming
from starostwo.records.testing import NOW, TODAY, received
for place in range(20):
    try:
        with transaction.atomic():
            register_incoming(actor=None, received=received(), channel=Channel.ESP, today=TODAY, now=NOW)
            if place % 5 == 4:
                raise KeyError
    except KeyError:
        pass
"""


class RolledBack(Exception):
    """Something failed after the number was taken."""


def numbers() -> list[int]:
    return list(Letter.objects.order_by("number").values_list("number", flat=True))


def register(key: str | None = None, *, fails: bool = False) -> int | None:
    """Register one letter in a transaction of its own; give back its number, None when it was rolled back."""
    try:
        with transaction.atomic():
            letter = register_incoming(
                actor=None,
                received=received(),
                channel=Channel.ESP,
                idempotency_key=key,
                today=TODAY,
                now=NOW,
            )
            if fails:
                raise RolledBack
        return letter.number
    except RolledBack:
        return None
    finally:
        connection.close()


def test_threads_leave_neither_gaps_nor_doubles_and_a_rollback_gives_its_number_back(
    committed_database: str, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        office.starosta()
        with ThreadPoolExecutor(8) as pool:
            given = list(pool.map(lambda place: register(fails=place % 4 == 3), range(60)))
        kept = sorted(number for number in given if number is not None)
        assert kept == list(range(1, 46))
        assert numbers() == kept


def test_one_key_from_many_threads_is_one_letter(
    committed_database: str, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        office.starosta()
        with ThreadPoolExecutor(8) as pool:
            given = set(pool.map(lambda place: register(key="esp:7:same"), range(16)))
        assert given == {1}
        assert numbers() == [1]


def test_processes_leave_neither_gaps_nor_doubles(
    committed_database: str, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        office.starosta()
        environment = os.environ | {
            "DATABASE_URL": committed_database,
            "DJANGO_SETTINGS_MODULE": "starostwo.site.settings",
        }
        running = [
            subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment) for _ in range(3)
        ]
        assert [one.wait(timeout=120) for one in running] == [0, 0, 0]
        assert numbers() == list(range(1, 49))


def test_cases_of_one_class_opened_at_once_follow_each_other(
    committed_database: str, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        make_plan()
        letters = [make_assigned() for _ in range(12)]

        def open_one(letter: Letter) -> int:
            try:
                return make_case(letter=letter).number
            finally:
                connection.close()

        with ThreadPoolExecutor(6) as pool:
            given = list(pool.map(open_one, letters))
        assert sorted(given) == list(range(1, 13))
        assert Case.objects.count() == 12


@pytest.mark.django_db
def test_each_series_and_each_year_counts_by_itself() -> None:
    taken = [
        next_number("RPW", 2026),
        next_number("RKW", 2026),
        next_number("RPW", 2026),
        next_number("RPW", 2027),
    ]
    assert taken == [1, 1, 2, 1]
    assert date(2026, 3, 10) == TODAY
