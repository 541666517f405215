"""A window of tries lets through as many as it says, in all processes together, and then says when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from starostwo.office import tries

NOON = datetime(2026, 11, 23, 12, tzinfo=timezone.get_default_timezone())


@pytest.mark.django_db
def test_tries_over_the_limit_are_told_when_to_come_again() -> None:
    said = [tries.allow("a", limit=2, per_seconds=60, now=NOON + timedelta(seconds=n)) for n in range(4)]

    assert said == [None, None, 59, 58]


@pytest.mark.django_db
def test_the_window_ends_and_other_keys_are_not_touched() -> None:
    tries.allow("a", limit=1, per_seconds=60, now=NOON)

    assert tries.allow("a", limit=1, per_seconds=60, now=NOON) == 61
    assert tries.allow("b", limit=1, per_seconds=60, now=NOON) is None
    assert tries.allow("a", limit=1, per_seconds=60, now=NOON + timedelta(seconds=60)) is None


@pytest.mark.django_db
def test_looking_does_not_count_and_forgetting_begins_anew() -> None:
    tries.allow("a", limit=1, per_seconds=60, now=NOON)

    assert tries.wait_for("a", limit=1, now=NOON) == 61
    assert tries.wait_for("a", limit=2, now=NOON) is None
    tries.forget("a")
    assert tries.wait_for("a", limit=1, now=NOON) is None


@pytest.mark.django_db
def test_windows_that_are_over_are_thrown_away() -> None:
    tries.allow("a", limit=1, per_seconds=60, now=NOON)
    tries.allow("b", limit=1, per_seconds=600, now=NOON)

    assert tries.forget_old_windows(NOON + timedelta(seconds=61)) == 1


def test_of_many_at_the_same_time_exactly_the_limit_gets_through(committed_database: str) -> None:
    def one_try(_: int) -> int | None:
        try:
            return tries.allow("a", limit=7, per_seconds=60, now=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(one_try, range(40)))

    assert said.count(None) == 7
