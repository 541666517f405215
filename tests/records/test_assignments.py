"""Assignment: who may, what stays of the first one, who sees the letter after it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.records.access import visible_letters
from starostwo.records.models import Assignment, Letter
from starostwo.records.rules.assignment import BadAssignment, LongerThanFirst, Target
from starostwo.records.services.assignments import CannotAssign, CannotReturn, assign, return_letter
from starostwo.records.testing import NOW, TODAY, make_assigned, make_letter

pytestmark = pytest.mark.django_db
ON = {"today": TODAY, "now": NOW}


def test_many_letters_at_once_with_who_co_operates_what_to_do_and_until_when() -> None:
    letters = [make_letter(), make_letter()]
    office.jan()
    assign(
        [one.pk for one in letters],
        actor=office.actor(office.ewa(), today=TODAY),
        lead=Target(account_id=office.anna().pk),
        cooperating=[Target(unit="AB")],
        instruction="proszę o pilne załatwienie",
        due_on=date(2026, 3, 20),
        **ON,
    )
    for letter in letters:
        letter.refresh_from_db()
        assert (letter.state, letter.unit, letter.holder_id, letter.due_on) == (
            Letter.State.ASSIGNED,
            "GN",
            office.anna().pk,
            date(2026, 3, 20),
        )
        assert letter.audience == sorted(
            [
                f"person:{office.anna().pk}",
                "head:GN",
                "head:AB",
                "role:REGISTER",
                "role:COORDINATE",
                "role:INSPECT",
            ]
        )
        assert [one.verb for one in audit.history(str(letter))] == ["register", "assign"]


@pytest.mark.law("rozp. PRM 18.01.2011 par. 23")
def test_a_later_assignment_keeps_the_words_and_the_term_of_the_superior() -> None:
    letter = make_letter(unit="ST")
    assign(
        [letter.pk],
        actor=office.actor(office.starosta(), today=TODAY),
        lead=Target(unit="GN"),
        instruction="proszę o pilne załatwienie",
        due_on=date(2026, 3, 20),
        **ON,
    )
    head, anna = office.actor(office.ewa(), today=TODAY), Target(account_id=office.anna().pk)
    with pytest.raises(LongerThanFirst):
        assign([letter.pk], actor=head, lead=anna, due_on=date(2026, 3, 21), **ON)
    assert Assignment.objects.filter(letter=letter).count() == 1

    (made,) = assign(
        [letter.pk], actor=head, lead=anna, instruction="do 18 marca", due_on=date(2026, 3, 18), **ON
    )
    assert (made.instruction, made.due_on) == ("proszę o pilne załatwienie\ndo 18 marca", date(2026, 3, 18))
    assert Assignment.objects.filter(letter=letter, state="REPLACED").count() == 1


def test_a_later_assignment_without_a_term_keeps_the_first_one() -> None:
    letter = make_letter(unit="ST")
    assign(
        [letter.pk],
        actor=office.actor(office.starosta(), today=TODAY),
        lead=Target(unit="GN"),
        due_on=date(2026, 3, 20),
        **ON,
    )
    (made,) = assign(
        [letter.pk],
        actor=office.actor(office.ewa(), today=TODAY),
        lead=Target(account_id=office.anna().pk),
        **ON,
    )
    assert made.due_on == date(2026, 3, 20)


def test_the_author_may_correct_his_own_assignment() -> None:
    letter = make_letter()
    head, anna = office.actor(office.ewa(), today=TODAY), Target(account_id=office.anna().pk)
    assign([letter.pk], actor=head, lead=anna, instruction="źle", due_on=date(2026, 3, 12), **ON)
    (made,) = assign([letter.pk], actor=head, lead=anna, instruction="dobrze", due_on=date(2026, 3, 30), **ON)
    assert (made.instruction, made.due_on) == ("dobrze", date(2026, 3, 30))


def test_a_stand_in_assigns_and_the_history_says_in_whose_place() -> None:
    letter = make_letter()
    office.make_stand_in(office.ewa(), office.jan(), since=TODAY, until=date(2026, 3, 12))
    (made,) = assign(
        [letter.pk],
        actor=office.actor(office.jan(), today=TODAY),
        lead=Target(account_id=office.anna().pk),
        **ON,
    )
    assert (made.made_by_id, made.in_place_of_id) == (office.jan().pk, office.ewa().pk)
    line = audit.history(str(letter))[-1]
    assert (line.actor, line.in_place_of) == (f"account:{office.jan().pk}", f"account:{office.ewa().pk}")


@pytest.mark.parametrize("who", ["anna", "jan", "adam", "clerk", "admin"])
def test_others_assign_nothing_and_nothing_changes(who: str) -> None:
    letter = make_letter()
    with pytest.raises(CannotAssign):
        assign(
            [letter.pk],
            actor=office.actor(getattr(office, who)(), today=TODAY),
            lead=Target(account_id=office.anna().pk),
            **ON,
        )
    letter.refresh_from_db()
    assert letter.state == Letter.State.REGISTERED
    assert not Assignment.objects.exists()
    assert len(audit.history(str(letter))) == 1


def test_of_many_letters_all_or_none_are_assigned() -> None:
    mine, foreign = make_letter(), make_letter(unit="ST")
    with pytest.raises(CannotAssign):
        assign(
            [mine.pk, foreign.pk], actor=office.actor(office.ewa(), today=TODAY), lead=Target(unit="GN"), **ON
        )
    assert not Assignment.objects.exists()


def test_one_is_named_once() -> None:
    letter, gn = make_letter(), Target(unit="GN")
    for cooperating in ([gn], [Target(unit="AB"), Target(unit="AB")]):
        with pytest.raises(BadAssignment):
            assign(
                [letter.pk],
                actor=office.actor(office.ewa(), today=TODAY),
                lead=gn,
                cooperating=cooperating,
                **ON,
            )
    assert not Assignment.objects.exists()


def test_nobody_is_assigned_who_is_not_there() -> None:
    letter, head = make_letter(), office.actor(office.ewa(), today=TODAY)
    for lead in (Target(unit="NIE"), Target(account_id=office.piotr().pk)):
        with pytest.raises(CannotAssign):
            assign([letter.pk], actor=head, lead=lead, **ON)


def test_a_wrongly_assigned_letter_goes_back_to_where_it_came_from() -> None:
    letter = make_assigned()
    return_letter(letter.pk, actor=office.actor(office.anna(), today=TODAY), reason="to sprawa AB", **ON)
    letter.refresh_from_db()
    assert (letter.state, letter.unit, letter.holder_id, letter.due_on) == (
        Letter.State.REGISTERED,
        "GN",
        None,
        None,
    )
    assert letter.returned_reason == "to sprawa AB"
    assert Assignment.objects.get(letter=letter).state == Assignment.State.RETURNED
    assert not visible_letters(office.actor(office.anna(), today=TODAY)).exists()


def test_a_unit_returns_to_the_starosta_who_assigned_it() -> None:
    letter = make_letter(unit="ST")
    assign([letter.pk], actor=office.actor(office.starosta(), today=TODAY), lead=Target(unit="GN"), **ON)
    return_letter(letter.pk, actor=office.actor(office.ewa(), today=TODAY), reason="nie nasza", **ON)
    letter.refresh_from_db()
    assert letter.unit == "ST"
    assert not visible_letters(office.actor(office.ewa(), today=TODAY)).exists()


@pytest.mark.parametrize(
    ("who", "reason"), [("anna", " "), ("jan", "nie moja"), ("adam", "nie moja"), ("clerk", "nie")]
)
def test_a_return_needs_a_reason_and_the_right_person(who: str, reason: str) -> None:
    letter = make_assigned()
    with pytest.raises(CannotReturn):
        return_letter(letter.pk, actor=office.actor(getattr(office, who)(), today=TODAY), reason=reason, **ON)
    letter.refresh_from_db()
    assert letter.state == Letter.State.ASSIGNED


def test_a_second_head_of_the_same_unit_may_assign_too() -> None:
    letter = make_letter()
    deputy = office.make_staff(
        "z.ca", "Zenon Cap", unit="GN", title="zastępca", rights=(Right.ASSIGN,), is_head=True
    )
    assign(
        [letter.pk], actor=office.actor(deputy, today=TODAY), lead=Target(account_id=office.anna().pk), **ON
    )
    assert Assignment.objects.get().made_by_id == deputy.pk


def test_who_is_away_is_marked_where_letters_are_assigned_and_has_no_key() -> None:
    letter = make_letter()
    office.make_staff("b.b", "Beata Bor", unit="GN")
    today = localdate()
    office.make_stand_in(office.anna(), office.jan(), since=today, until=today + timedelta(days=2))

    shown = office.client_of(office.ewa()).get(reverse("records:to_assign")).content.decode()

    assert "Anna Nowak (GN, inspektor) – nieobecny(-a)" in shown
    assert f'value="{letter.pk}:p:{office.anna().pk}"' not in shown
    assert "Beata Bor (GN, " in shown
    assert "Beata Bor (GN, inspektor) – nieobecny" not in shown
