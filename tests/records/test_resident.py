"""What a resident sees of his cases, and that nobody sees another's."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.records import api as records
from starostwo.records.models import Dispatch
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.testing import TODAY, at, make_letter, make_plan
from tests.records.document_makers import make_online_case, make_sent

pytestmark = pytest.mark.django_db
residents = records.residents


def opened(row: Dispatch, *, on: date = TODAY) -> None:
    residents.open_delivery(row.pk, actor=office.actor(office.piotr(), today=on), now=at(on, 18))


def step_of(mark: str) -> str:
    case = residents.resident_case(office.piotr().pk, mark)
    assert case is not None
    return case.step.label


def test_a_letter_that_is_no_case_yet_is_shown_as_received() -> None:
    letter = make_letter(resident=office.piotr())

    [case] = residents.resident_cases(office.piotr().pk)

    assert (case.reference, case.mark, case.step.label) == (letter.identifier, "", "otrzymane")
    assert [sent.number for sent in case.sent] == ["RPW/1/2026"]
    assert residents.resident_case(office.piotr().pk, letter.identifier) == case


def test_a_case_shows_unit_holder_and_running_date() -> None:
    case = make_online_case()

    [seen] = residents.resident_cases(office.piotr().pk)

    assert (seen.mark, seen.holder, seen.unit) == (
        case.mark,
        "Anna Nowak",
        "Wydział Gospodarki Nieruchomościami",
    )
    assert seen.due_on == date(2026, 4, 10)
    assert seen.step.label == "w toku"


@pytest.mark.law("k.p.a. art. 9")
@pytest.mark.law("k.p.a. art. 109 par. 1")
@pytest.mark.law("k.p.a. art. 110 par. 1")
def test_the_case_goes_through_the_plain_steps() -> None:
    case = make_online_case()
    call = make_sent(case=case, kind=Kind.CALL)
    assert step_of(case.mark) == "czeka na Ciebie"

    opened(call)
    residents.answer_call(
        call.pk,
        actor=office.actor(office.piotr(), today=TODAY),
        text="Dołączam mapę.",
        today=TODAY,
        now=at(TODAY, 19),
    )
    assert step_of(case.mark) == "w toku"
    decision = make_sent(case=case)
    assert step_of(case.mark) == "rozstrzygnięte"
    opened(decision)
    assert step_of(case.mark) == "doręczone"


def test_nothing_of_a_letter_is_told_before_it_is_opened() -> None:
    row = make_sent()

    [case] = residents.resident_cases(office.piotr().pk)

    [letter] = case.letters
    assert (letter.title, letter.mark, letter.kind, letter.is_opened) == ("", "", "", False)
    assert case.unopened == 1
    assert residents.resident_file(office.piotr().pk, row.pk, part="pismo") is None


def test_an_opened_letter_shows_its_term_and_gives_its_files() -> None:
    row = make_sent()
    opened(row)

    [case] = residents.resident_cases(office.piotr().pk)
    letter, receipt = (
        residents.resident_file(office.piotr().pk, row.pk, part=part) for part in ("pismo", "poswiadczenie")
    )

    [seen] = case.letters
    assert (seen.mark, seen.remedy, seen.term_until) == (
        row.document.mark,
        "odwołanie",
        TODAY + timedelta(days=14),
    )
    assert letter is not None
    assert receipt is not None
    assert (letter.name, receipt.name) == (f"{row.document.mark}.pdf", "UPD-1-2026.xml")
    assert residents.resident_file(office.piotr().pk, row.pk, part="inne") is None


@pytest.mark.parametrize("person", ["maria", "anna", "jan"])
def test_strangers_get_nothing(person: str) -> None:
    row = make_sent()
    opened(row)
    stranger = getattr(office, person)()

    assert residents.resident_cases(stranger.pk) == []
    assert residents.resident_case(stranger.pk, row.document.case.mark) is None
    assert residents.resident_case(stranger.pk, "RPW-1-2026") is None
    assert residents.resident_file(stranger.pk, row.pk, part="pismo") is None


def test_the_list_costs_the_same_for_one_case_and_for_three(
    django_assert_num_queries: DjangoAssertNumQueries, client: Client
) -> None:
    make_plan()
    for count in (1, 2):
        for _ in range(count):
            opened(make_sent(case=make_online_case()))
        with django_assert_num_queries(11):
            residents.resident_cases(office.piotr().pk)
