"""Missed calls on the first page: who called in vain and was not called back."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.telephony import api, testing
from starostwo.telephony.services.calls import collect
from starostwo.telephony.testing import NOW
from tests.telephony.call_rows import row, unanswered

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def phones() -> None:
    office.make_office()
    testing.load_numbers()
    node = testing.make_node()
    testing.make_phone("116", node, account=office.anna())
    testing.make_phone("102", node, account=office.jan(), label="p. 102")


def missed() -> list[tuple[str, str, int]]:
    collect(now=LATER)
    found = api.missed_calls(office.actor(office.anna()), now=LATER)
    return [(one.number, one.name, one.times) for one in found]


def test_who_called_in_vain_stands_there_once_until_one_talks_with_him() -> None:
    unanswered("a", "102", "116", 480)
    unanswered("b", "102", "116", 487, at=NOW + timedelta(minutes=5))
    unanswered("c", "116", "102", 480, at=NOW + timedelta(minutes=6))
    assert missed() == [("102", "Jan Kos", 2)], "what she called in vain herself is no missed call"

    row("d", "116", "102", at=NOW + timedelta(minutes=10))
    assert missed() == [], "she called back"
    unanswered("e", "102", "116", 486, at=NOW + timedelta(minutes=30))
    assert missed() == [("102", "Jan Kos", 1)]


def test_old_calls_and_those_of_others_are_not_there() -> None:
    unanswered("a", "102", "116", 480, at=NOW - timedelta(days=4))
    unanswered("b", "116", "102", 480)
    assert missed() == []


def test_they_stand_on_the_first_page(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    unanswered("a", "102", "116", 480, at=now() - timedelta(hours=1))
    collect(now=now())
    anna = office.actor(office.anna())
    with django_assert_num_queries(5):
        assert len(api.missed_calls(anna, now=now())) == 1
    page = office.client_of(office.anna()).get("/urzad/").content.decode()

    assert "Nieodebrane rozmowy" in page
    assert 'href="/urzad/telefony/dzwoni/102/"' in page
    assert 'data-call="102"' in page
    assert "Nieodebrane rozmowy" not in office.client_of(office.jan()).get("/urzad/").content.decode()
