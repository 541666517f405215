"""Requests that meet: one key gives one submission, different ones give numbers without gaps."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from starostwo.intake.models import Submission
from starostwo.intake.services import submission as service
from starostwo.intake.services.quarantine import CannotSettle, release
from starostwo.intake.services.submission import Receipt
from starostwo.intake.testing import NOW, open_the_box, send
from starostwo.office import testing as office
from starostwo.records.models import Letter, NumberSeries

TOGETHER = 8


@pytest.fixture
def box(committed_database: str) -> None:
    open_the_box()


def at_once(key: str | None, times: int) -> list[Receipt]:
    def one(number: int) -> Receipt:
        try:
            return send(key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_the_same_request_sent_at_once_is_one_submission(box: None) -> None:
    receipts = at_once("ten-sam", TOGETHER)

    assert len({receipt.upo_xml for receipt in receipts}) == 1
    assert [receipt.is_replay for receipt in receipts].count(False) == 1
    assert len({receipt.access_code for receipt in receipts}) == TOGETHER
    assert (Submission.objects.count(), Letter.objects.count()) == (1, 1)


def test_different_requests_sent_at_once_get_numbers_without_gaps(box: None) -> None:
    at_once(None, TOGETHER)

    assert sorted(Letter.objects.values_list("number", flat=True)) == list(range(1, TOGETHER + 1))


def test_a_failure_after_the_number_gives_the_number_back(box: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("po numerze")

    send()
    with monkeypatch.context() as broken:
        broken.setattr(service, "_give_code", fail)
        with pytest.raises(RuntimeError):
            send()
    send()

    assert list(Letter.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert [row.last for row in NumberSeries.objects.all()] == [2]


def test_a_receipt_cannot_be_given_inside_of_another_transaction(box: None) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        send()

    assert Submission.objects.count() == 0


def test_two_clerks_who_release_at_once_make_one_letter(box: None, settings: Settings) -> None:
    settings.CLAMD = "unix:/nonexistent/clamd.ctl"
    waiting = send().submission
    settings.CLAMD = ""
    clerk = office.actor(office.clerk())

    def once(number: int) -> bool:
        try:
            release(waiting.pk, actor=clerk, reason="", now=NOW)
        except CannotSettle:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(once, range(4)))

    assert done.count(True) == 1
    assert [letter.number for letter in Letter.objects.all()] == [1]
