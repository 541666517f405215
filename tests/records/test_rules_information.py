"""Requests for public information: terms, longer terms, grounds, courses, and the texts of the letters."""

from datetime import date

import pytest

from starostwo.records.rules.clock import Clock, Term, TermUnit, settle_by
from starostwo.records.rules.courses import Course, course_of_letter
from starostwo.records.rules.document_fields import GAP, merged
from starostwo.records.rules.document_kinds import Kind, missing_sections
from starostwo.records.rules.information import (
    BY_LETTER,
    CannotLengthen,
    End,
    Ground,
    NoGround,
    Notice,
    answer_by,
    check_ground,
    check_longer,
    free_from,
    longest,
    term_of_request,
)
from starostwo.records.rules.information_texts import PATTERNS
from starostwo.records.rules.ledger import DayKind, ledger
from starostwo.records.rules.terms import term_of_course

ACT = "ustawa o dostępie do informacji publicznej"


@pytest.mark.law(f"{ACT} art. 13 ust. 1")
@pytest.mark.parametrize(
    ("received_on", "last", "reason"),
    [
        (date(2026, 3, 10), date(2026, 3, 24), "14 days after a Tuesday end on a Tuesday"),
        (date(2026, 3, 14), date(2026, 3, 28), "a Saturday stays the end: the code does not move it"),
        (date(2026, 3, 15), date(2026, 3, 29), "a Sunday stays too"),
        (date(2026, 3, 23), date(2026, 4, 6), "Easter Monday stays"),
        (date(2026, 12, 11), date(2026, 12, 25), "Christmas Day stays"),
        (date(2028, 2, 20), date(2028, 3, 5), "29 February is a day like any other"),
        (date(2026, 12, 31), date(2027, 1, 14), "over the turn of the year"),
    ],
)
def test_an_answer_is_due_in_fourteen_calendar_days(received_on: date, last: date, reason: str) -> None:
    assert answer_by(received_on) == last, reason
    assert settle_by(received_on, term_of_request(received_on)) == last, reason


def test_a_term_of_the_code_still_moves_from_a_saturday() -> None:
    assert settle_by(date(2026, 3, 14), Term(14, TermUnit.DAY, "k.p.a.")) == date(2026, 3, 30)


@pytest.mark.law(f"{ACT} art. 13 ust. 2")
@pytest.mark.parametrize(
    ("received_on", "last", "reason"),
    [
        (date(2026, 3, 10), date(2026, 5, 10), "the same day two months later"),
        (date(2026, 12, 31), date(2027, 2, 28), "a month without such a day ends on its last"),
        (date(2027, 12, 30), date(2028, 2, 29), "the last day of February in a leap year"),
    ],
)
def test_the_longest_term_is_two_months_from_the_request(received_on: date, last: date, reason: str) -> None:
    assert longest(received_on) == last, reason


@pytest.mark.law(f"{ACT} art. 13 ust. 2")
@pytest.mark.parametrize(
    ("noted_on", "new_due", "said"),
    [
        (date(2026, 3, 24), date(2026, 5, 10), ""),
        (date(2026, 3, 25), date(2026, 5, 10), "w ciągu 14 dni"),
        (date(2026, 3, 11), date(2026, 3, 24), "późniejszy niż 24.03.2026"),
        (date(2026, 3, 11), date(2026, 5, 11), "późniejszy niż 10.05.2026"),
    ],
)
def test_a_longer_term_is_named_in_time_and_within_two_months(
    noted_on: date, new_due: date, said: str
) -> None:
    def check() -> None:
        check_longer(received_on=date(2026, 3, 10), noted_on=noted_on, due=date(2026, 3, 24), new_due=new_due)

    if not said:
        check()
        return
    with pytest.raises(CannotLengthen, match=said):
        check()


@pytest.mark.law(f"{ACT} art. 14 ust. 2")
@pytest.mark.law(f"{ACT} art. 15 ust. 2")
def test_after_a_notice_the_applicant_has_fourteen_whole_days() -> None:
    assert free_from(date(2026, 3, 16)) == date(2026, 3, 31)


@pytest.mark.law(f"{ACT} art. 5")
@pytest.mark.parametrize("end", list(End))
@pytest.mark.parametrize("ground", [None, *Ground])
def test_a_refusal_alone_has_a_ground(end: End, ground: Ground | None) -> None:
    if (end is End.REFUSED) == (ground is not None):
        check_ground(end, ground)
        return
    with pytest.raises(NoGround):
        check_ground(end, ground)


@pytest.mark.law(f"{ACT} art. 16 ust. 1")
def test_refusal_and_discontinuation_are_decisions_and_the_rest_are_letters() -> None:
    kinds = {end: PATTERNS[end].kind for end in BY_LETTER}
    assert {end for end, kind in kinds.items() if kind is Kind.DECISION} == {End.REFUSED, End.DISCONTINUED}
    assert {PATTERNS[notice].kind for notice in Notice} == {Kind.NOTICE}


@pytest.mark.law(f"{ACT} art. 16 ust. 2")
@pytest.mark.parametrize("role", list(PATTERNS))
def test_each_pattern_is_whole_once_its_gaps_are_filled(role: End | Notice) -> None:
    pattern = PATTERNS[role]
    text = GAP.sub("słowa", merged(pattern.text, {"informacja.przepis": "art. 5 ust. 2"}))
    assert missing_sections(pattern.kind, text) == []
    if pattern.kind is Kind.DECISION:
        assert "14 dni" in text
        assert "odwołanie" in text
    if role is End.REFUSED:
        assert "Stanowisko w toku postępowania zajęli" in text


def test_the_ledger_names_the_act_and_not_the_code() -> None:
    received = date(2026, 3, 14)
    clock = Clock(received, term_of_request(received), extended_to=(date(2026, 3, 31),))
    days = ledger(clock, today=date(2026, 4, 2)).days
    assert {one.law.split(" art.")[0] for one in days} == {ACT}
    assert [one.kind for one in days].count(DayKind.COUNTED) == 14
    assert [one.kind for one in days].count(DayKind.EXTENDED) == 3
    assert [one.kind for one in days].count(DayKind.LATE) == 2
    assert DayKind.MOVED not in {one.kind for one in days}


@pytest.mark.parametrize(
    ("kind", "card", "answers", "course"),
    [
        ("wniosek", "informacja-publiczna", [], Course.INFORMATION),
        ("wniosek", "informacja-publiczna", ["Most", "petycję"], Course.PETITION),
        ("wniosek", "informacja-publiczna", ["skargę"], Course.COMPLAINT),
        ("wniosek", "informacja-publiczna", ["wniosek w interesie publicznym"], Course.COMPLAINT),
        ("wniosek o informację publiczną", "", [], Course.INFORMATION),
        ("petycja", "informacja-publiczna", [], Course.PETITION),
        ("skarga", "", [], Course.COMPLAINT),
        ("wniosek", "karta-wedkarska", ["petycję"], Course.CODE),
    ],
)
def test_the_course_is_proposed_by_the_form_the_kind_and_the_card(
    kind: str, card: str, answers: list[str], course: Course
) -> None:
    assert course_of_letter(kind=kind, service_code=card, answers=answers) is course


@pytest.mark.law("ustawa o petycjach art. 10 ust. 1")
@pytest.mark.law("k.p.a. art. 237 par. 1")
def test_petitions_and_complaints_have_terms_of_their_own() -> None:
    today = date(2026, 3, 10)
    terms = {course: term_of_course(course, on=today) for course in Course}
    assert terms[Course.PETITION] == Term(3, TermUnit.MONTH, "ustawa o petycjach art. 10 ust. 1")
    assert terms[Course.COMPLAINT] == Term(1, TermUnit.MONTH, "k.p.a. art. 237 par. 1, art. 244")
    assert [terms[one] for one in (Course.CODE, Course.INFORMATION, Course.NONE)] == [None, None, None]
