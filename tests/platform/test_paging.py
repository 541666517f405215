"""Keyset paging walks every row once, forwards and backwards."""

from datetime import UTC, datetime, timedelta

import pytest

from starostwo.platform.models import WorkerBeat
from starostwo.platform.paging import BadCursor, keyset_page

KEY = ("-beat_at", "-id")
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def seven_rows(db: None) -> list[int]:
    for number in range(7):
        WorkerBeat.objects.create(pk=number + 1, beat_at=START + timedelta(days=number // 2))
    return [7, 6, 5, 4, 3, 2, 1]


def test_forwards_and_back(seven_rows: list[int]) -> None:
    first = keyset_page(WorkerBeat.objects.all(), key=KEY, cursor=None, size=3)
    second = keyset_page(WorkerBeat.objects.all(), key=KEY, cursor=first.after, size=3)
    third = keyset_page(WorkerBeat.objects.all(), key=KEY, cursor=second.after, size=3)
    back = keyset_page(WorkerBeat.objects.all(), key=KEY, cursor=third.before, size=3)

    assert [row.pk for page in (first, second, third) for row in page.rows] == seven_rows
    assert (first.before, third.after) == (None, None)
    assert [row.pk for row in back.rows] == [row.pk for row in second.rows]


def test_a_page_is_one_query(seven_rows: list[int], django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        keyset_page(WorkerBeat.objects.all(), key=KEY, cursor=None, size=3)


@pytest.mark.parametrize("cursor", [">made-up", "x", ">"])
def test_a_made_up_cursor_is_refused(db: None, cursor: str) -> None:
    with pytest.raises(BadCursor):
        keyset_page(WorkerBeat.objects.all(), key=KEY, cursor=cursor, size=3)


def test_a_cursor_of_another_order_is_refused(seven_rows: list[int]) -> None:
    other = keyset_page(WorkerBeat.objects.all(), key=("id",), cursor=None, size=3).after
    with pytest.raises(BadCursor):
        keyset_page(WorkerBeat.objects.all(), key=KEY, cursor=other, size=3)
