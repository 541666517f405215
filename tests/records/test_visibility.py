"""Who sees what: tables of audiences, and search never finds more than the lists show."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from starostwo.office import testing as office
from starostwo.office.api import Actor, Right
from starostwo.office.models import Account
from starostwo.records.access import visible_cases, visible_letters
from starostwo.records.models import Case, CaseAccess, Letter
from starostwo.records.rules.assignment import Target
from starostwo.records.services import cases, notes
from starostwo.records.services.assignments import assign, return_letter
from starostwo.records.testing import TODAY, at, make_assigned, make_case, make_letter, make_plan
from starostwo.search import api as search

pytestmark = pytest.mark.django_db
NOW = at(TODAY, 12)
CAST = ("anna", "jan", "ewa", "adam", "clerk", "starosta", "admin", "coordinator", "inspector", "piotr")


def person(name: str) -> Account:
    if name == "coordinator":
        return office.make_staff(
            "k.o", "Kinga Ols", unit="OR", title="koordynator", rights=(Right.COORDINATE,)
        )
    if name == "inspector":
        return office.make_staff(
            "n.ik", "Nina Kontrol", unit="OR", title="kontroler", rights=(Right.INSPECT,)
        )
    account: Account = getattr(office, name)()
    return account


def actor(name: str) -> Actor:
    return office.actor(person(name), today=TODAY)


def who_sees_letter(letter: Letter) -> set[str]:
    return {name for name in CAST if visible_letters(actor(name)).filter(pk=letter.pk).exists()}


def who_sees_case(case: Case) -> set[str]:
    return {name for name in CAST if visible_cases(actor(name)).filter(pk=case.pk).exists()}


WATCH = {"coordinator", "inspector"}


def test_a_waiting_letter_is_seen_by_the_mail_desk_and_the_heads_of_where_it_waits() -> None:
    assert who_sees_letter(make_letter(unit="GN")) == {"clerk", "ewa", "starosta"} | WATCH
    assert who_sees_letter(make_letter(unit="ST")) == {"clerk", "starosta"} | WATCH


def test_an_assigned_letter_is_seen_by_who_handles_it_and_by_who_co_operates() -> None:
    letter = make_letter()
    office.adam()
    assign(
        [letter.pk],
        actor=actor("ewa"),
        lead=Target(account_id=office.anna().pk),
        cooperating=[Target(account_id=office.jan().pk)],
        today=TODAY,
        now=NOW,
    )
    assert who_sees_letter(letter) == {"clerk", "ewa", "starosta", "anna", "jan", "adam"} | WATCH


def test_a_case_is_seen_by_its_holder_and_the_heads_of_its_unit() -> None:
    case = make_case()
    assert who_sees_case(case) == {"anna", "ewa", "starosta"} | WATCH
    assert who_sees_letter(Letter.objects.get(case=case)) == {"anna", "ewa", "starosta", "clerk"} | WATCH


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 7")
@pytest.mark.law("instrukcja kancelaryjna par. 7")
def test_who_is_let_into_a_case_sees_its_letters_until_it_is_withdrawn() -> None:
    case = make_case()
    letter = Letter.objects.get(case=case)
    given = notes.let_in(case.pk, actor=actor("anna"), who=Target(account_id=office.jan().pk), now=NOW)
    assert "jan" in who_sees_case(case) & who_sees_letter(letter)
    notes.withdraw(given.pk, actor=actor("anna"), now=NOW)
    assert "jan" not in who_sees_case(case) | who_sees_letter(letter)
    assert CaseAccess.objects.get().withdrawn_at is not None


def test_the_deputy_sees_what_the_absent_person_sees_and_only_then() -> None:
    case = make_case()
    office.make_stand_in(office.anna(), office.jan(), since=TODAY, until=date(2026, 3, 12))
    assert visible_cases(office.actor(office.jan(), today=TODAY)).filter(pk=case.pk).exists()
    assert not visible_cases(office.actor(office.jan(), today=date(2026, 3, 12))).filter(pk=case.pk).exists()


def test_a_resident_sees_nothing_through_the_staffs_door() -> None:
    letter = make_letter(resident=office.piotr())
    assert "piotr" not in who_sees_letter(letter)


STEPS = st.lists(
    st.sampled_from(["assign", "cooperate", "return", "open", "let_in", "hand_over", "close"]), max_size=5
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_search_finds_exactly_what_the_lists_show_after_any_course_of_things(steps: list[str]) -> None:
    make_plan()
    people = [office.jan(), office.adam()]
    letter = make_letter(f"Osobliwy wniosek {Letter.objects.count()}")
    for step in steps:
        _take(step, letter, people)
    for name in CAST:
        asks = actor(name)
        shown = {str(one) for one in visible_letters(asks)} | {str(one) for one in visible_cases(asks)}
        found = set()
        cursor: str | None = None
        while True:
            answer = search.find("osobliwy wniosek", tokens=asks.tokens, cursor=cursor)
            found |= {hit.thing for hit in answer.hits}
            cursor = answer.cursor
            if cursor is None:
                break
        titled = {str(one) for one in Letter.objects.filter(title__startswith="Osobliwy")}
        titled |= {str(one) for one in Case.objects.filter(title__startswith="Osobliwy")}
        assert found == shown & titled, name


def _take(step: str, letter: Letter, people: list[Account]) -> None:
    """One step of the course of a letter, as far as it may be taken now."""
    letter.refresh_from_db()
    case = letter.case
    moment = {"today": TODAY, "now": NOW}
    if step in ("assign", "cooperate") and case is None:
        helpers = [Target(account_id=people[0].pk)] if step == "cooperate" else []
        lead = Target(account_id=office.anna().pk)
        assign([letter.pk], actor=actor("ewa"), lead=lead, cooperating=helpers, **moment)
    elif step == "return" and letter.state == "ASSIGNED":
        return_letter(letter.pk, actor=actor("anna"), reason="nie moja", **moment)
    elif step == "open" and letter.state == "ASSIGNED":
        cases.open_case(letter.pk, actor=actor("anna"), class_symbol="6621", title="", **moment)
    elif step == "let_in" and case and case.state == "OPEN" and case.holder_id == office.anna().pk:
        notes.let_in(case.pk, actor=actor("anna"), who=Target(unit="AB"), now=NOW)
    elif step == "hand_over" and case and case.state == "OPEN":
        beata = office.make_staff("b.b", "Beata Bor", unit="GN")
        cases.hand_over(case.pk, actor=actor("ewa"), holder_id=beata.pk, **moment)
    elif step == "close" and case and case.state == "OPEN" and case.holder_id == office.anna().pk:
        cases.close_case(case.pk, actor=actor("anna"), **moment)


def test_titles_sent_by_others_do_not_show_in_anybodys_search() -> None:
    make_assigned("Tajemniczy wniosek")
    assert not search.find("tajemniczy", tokens=actor("jan").tokens).hits
    assert len(search.find("tajemniczego wniosku", tokens=actor("anna").tokens).hits) == 1
