"""The HTTP interface for programs: the rights of the token's owner, pages without gaps."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from starostwo.office import testing as office
from starostwo.office.services.tokens import make_token
from starostwo.records.testing import make_case, make_letter

pytestmark = pytest.mark.django_db
LETTER_FIELDS = set("id number received_on registered_at channel title kind sender state unit due_on".split())


def get(who: Any, name: str, *args: object, **query: str) -> Any:
    actor = office.actor(who)
    _, secret = make_token(
        actor, name="test", scope=actor.rights, expires_on=localdate() + timedelta(days=30), now=now()
    )
    return Client(headers={"Authorization": f"Bearer {secret}"}).get(
        reverse(f"records:{name}", args=args), query
    )


def test_a_program_reads_what_its_owner_sees() -> None:
    case = make_case()
    answer = get(office.anna(), "api_cases").json()
    assert [one["mark"] for one in answer["items"]] == [case.mark]
    assert set(get(office.anna(), "api_letters").json()["items"][0]) == LETTER_FIELDS
    detail = get(office.anna(), "api_case", case.mark).json()
    assert (detail["mark"], detail["due_on"]) == (case.mark, "2026-04-10")
    assert detail["parties"] == [{"name": "Wrona Piotr", "role": "PARTY", "since": "2026-03-10"}]
    assert detail["clock"]["statutory_on"] == "2026-04-10"
    assert [one["number"] for one in detail["letters"]] == ["RPW/1/2026"]


@pytest.mark.parametrize("who", ["jan", "adam"])
def test_a_stranger_reads_nothing_and_the_answer_does_not_tell_why(who: str) -> None:
    case = make_case()
    account = getattr(office, who)()
    assert get(account, "api_cases").json()["items"] == []
    assert get(account, "api_letters").json()["items"] == []
    hidden, absent = get(account, "api_case", case.mark), get(account, "api_case", "GN.6621.99.2026")
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.json() == absent.json()


def test_without_a_token_nothing_is_answered() -> None:
    assert Client().get(reverse("records:api_cases")).status_code == 401


def test_pages_follow_each_other_by_cursor() -> None:
    for place in range(5):
        make_letter(f"Pismo {place}", on=date(2026, 3, 10 + place))
    seen, cursor = [], ""
    while cursor is not None:
        answer = get(office.clerk(), "api_letters", size="2", cursor=cursor).json()
        seen += [one["title"] for one in answer["items"]]
        cursor = answer["after"]
    assert seen == [f"Pismo {place}" for place in (4, 3, 2, 1, 0)]
    assert get(office.clerk(), "api_letters", cursor=">forged").status_code == 404


def test_filters_cut_the_list() -> None:
    make_letter()
    make_letter(unit="ST")
    assert len(get(office.clerk(), "api_letters", unit="GN").json()["items"]) == 1
    assert len(get(office.clerk(), "api_letters", state="FILED").json()["items"]) == 0
