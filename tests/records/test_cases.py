"""Cases: opened in a final class with a mark that stays, filled with letters, closed for good."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.records.models import Case, CaseLink, CaseParty, Letter, NumberSeries
from starostwo.records.rules.metadata import AccessLevel
from starostwo.records.services import cases
from starostwo.records.services.letters import CannotFile, NoSuchClass, file_without_case
from starostwo.records.testing import (
    NOW,
    TODAY,
    at,
    days_after,
    make_assigned,
    make_case,
    make_letter,
    make_plan,
)

pytestmark = pytest.mark.django_db
ON = {"today": TODAY, "now": at(TODAY, 12)}


def anna(today: date = TODAY) -> office.Actor:
    return office.actor(office.anna(), today=today)


@pytest.mark.law("rozp. PRM 18.01.2011 par. 5")
@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 11")
def test_a_case_is_opened_by_a_letter_and_takes_the_next_number_of_its_list() -> None:
    first, second = make_case(), make_case("Druga sprawa")
    other_class = make_case("Wznowienie znaków", class_symbol="6620")
    next_year = make_case("W nowym roku", on=date(2027, 1, 4))
    assert [one.mark for one in (first, second, other_class, next_year)] == [
        "GN.6621.1.2026",
        "GN.6621.2.2026",
        "GN.6620.1.2026",
        "GN.6621.1.2027",
    ]
    letter = Letter.objects.get(case=first)
    assert (letter.state, letter.holder_id) == (Letter.State.FILED, office.anna().pk)
    assert [entry.party.name for entry in CaseParty.objects.filter(case=first)] == ["Wrona Piotr"]
    assert [one.verb for one in audit.history(str(first))] == ["open"]
    assert audit.history(str(letter))[-1].payload["case"] == "GN.6621.1.2026"


@pytest.mark.law("k.p.a. art. 61 par. 3")
@pytest.mark.law("k.p.a. art. 35 par. 3")
def test_the_clock_starts_when_the_letter_came_not_when_the_case_was_opened() -> None:
    letter = make_assigned(on=date(2026, 3, 3))
    make_plan()
    case = cases.open_case(letter.pk, actor=anna(), class_symbol="6621", title="", **ON)
    assert (case.title, case.started_on, case.opened_on, case.due_on) == (
        letter.title,
        date(2026, 3, 3),
        TODAY,
        date(2026, 4, 3),
    )


@pytest.mark.law("rozp. PRM 18.01.2011 par. 5")
def test_a_sub_group_is_a_list_of_its_own_that_takes_one_number_of_the_class() -> None:
    make_case()
    group = cases.open_subgroup(
        actor=anna(), unit="GN", class_symbol="6621", title="Wypisy dla komorników", **ON
    )
    inside = make_case("Komornik Nowak", subgroup=group.number)
    second = make_case("Komornik Lis", subgroup=group.number)
    after = make_case("Poza podgrupą")
    assert [inside.mark, second.mark, after.mark] == [
        "GN.6621.2.1.2026",
        "GN.6621.2.2.2026",
        "GN.6621.3.2026",
    ]


@pytest.mark.parametrize(
    ("changes", "refusal", "why"),
    [
        ({"class_symbol": "662"}, NoSuchClass, "not a final class"),
        ({"class_symbol": "9999"}, NoSuchClass, "not in the plan"),
        ({"class_symbol": "0142"}, cases.CannotOpenCase, "documentation that makes no case files"),
        ({"class_symbol": "5410"}, cases.CannotOpenCase, "kept in a domain system"),
        ({"unit": "AB"}, cases.CannotOpenCase, "another unit"),
        ({"subgroup": 7}, cases.CannotOpenCase, "no such sub-group"),
        ({"started_on": days_after(TODAY, 1)}, cases.CannotOpenCase, "starts tomorrow"),
        ({"continues": "GN.1.1.2020"}, cases.CannotOpenCase, "no such earlier case"),
    ],
)
def test_what_is_refused_takes_no_number(
    changes: dict[str, object], refusal: type[Exception], why: str
) -> None:
    make_plan()
    letter = make_assigned()
    values: dict[str, object] = {"class_symbol": "6621", "title": "Sprawa"} | changes
    with pytest.raises(refusal), transaction.atomic():
        cases.open_case(letter.pk, actor=anna(), **values, **ON)  # type: ignore[arg-type]
    letter.refresh_from_db()
    assert letter.state == Letter.State.ASSIGNED, why
    assert not Case.objects.exists()
    assert not NumberSeries.objects.filter(series__startswith="case:").exists()


@pytest.mark.parametrize("who", ["jan", "adam", "clerk", "starosta"])
def test_nobody_opens_a_case_of_a_letter_that_is_anothers(who: str) -> None:
    make_plan()
    letter = make_assigned()
    with pytest.raises(cases.CannotOpenCase):
        cases.open_case(
            letter.pk,
            actor=office.actor(getattr(office, who)(), today=TODAY),
            class_symbol="6621",
            title="x",
            **ON,
        )
    assert not Case.objects.exists()


def test_a_case_of_the_offices_own_accord_may_have_no_term() -> None:
    make_plan()
    office.anna()
    case = cases.open_case(
        None, actor=anna(), class_symbol="0141", title="Rejestr pieczęci", has_term=False, **ON
    )
    assert (case.mark, case.due_on, case.term_amount, case.is_suspended) == (
        "GN.0141.1.2026",
        None,
        None,
        False,
    )


def test_a_letter_is_attached_to_a_case_that_the_person_holds() -> None:
    case, letter = make_case(), make_assigned("Uzupełnienie")
    cases.attach_to_case(letter.pk, actor=anna(), mark=" GN.6621.1.2026 ", **ON)
    letter.refresh_from_db()
    assert (letter.case_id, letter.state) == (case.pk, Letter.State.FILED)
    assert audit.history(str(case))[-1].payload["letter"] == "RPW/2/2026"


@pytest.mark.law("rozp. MSWiA 30.10.2006 zał. D pkt 6")
def test_the_access_of_a_case_follows_from_its_letters() -> None:
    case = make_case(letter=make_assigned(access=AccessLevel.CLOSED))
    assert case.access == AccessLevel.CLOSED
    letter = make_assigned("Uzupełnienie", access=AccessLevel.PUBLIC)
    cases.attach_to_case(letter.pk, actor=anna(), mark=case.mark, **ON)
    case.refresh_from_db()
    assert case.access == AccessLevel.PARTLY


def test_a_letter_is_not_attached_to_a_closed_case_nor_to_one_that_is_not_seen() -> None:
    case, letter = make_case(), make_assigned("Uzupełnienie")
    foreign = make_assigned("Cudze", to=office.make_staff("b.b", "Beata Bor", unit="GN"))
    with pytest.raises(cases.CannotAttach):
        cases.attach_to_case(foreign.pk, actor=anna(), mark=case.mark, **ON)
    with pytest.raises(cases.CannotAttach):
        cases.attach_to_case(letter.pk, actor=office.actor(office.jan(), today=TODAY), mark=case.mark, **ON)
    cases.close_case(case.pk, actor=anna(), **ON)
    with pytest.raises(cases.CannotAttach):
        cases.attach_to_case(letter.pk, actor=anna(), mark=case.mark, **ON)
    letter.refresh_from_db()
    assert letter.case_id is None


@pytest.mark.law("rozp. PRM 18.01.2011 par. 6")
@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 11")
def test_records_outside_cases_get_a_class_alone() -> None:
    make_plan()
    letter = make_assigned("Zaproszenie na otwarcie")
    with pytest.raises(CannotFile):
        file_without_case(letter.pk, actor=office.actor(office.jan(), today=TODAY), class_symbol="0142", **ON)
    file_without_case(letter.pk, actor=anna(), class_symbol="0142", **ON)
    letter.refresh_from_db()
    assert letter.plan_class is not None
    assert (letter.state, letter.plan_class.symbol, letter.case_id) == (Letter.State.FILED, "0142", None)


def test_a_case_is_closed_by_its_holder_with_the_day_and_the_outcome() -> None:
    case = make_case()
    cases.close_case(case.pk, actor=anna(), outcome="wydano wypis", **ON)
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.settled_on, case.outcome) == (
        "CLOSED",
        TODAY,
        TODAY,
        "wydano wypis",
    )
    with pytest.raises(cases.CannotClose):
        cases.close_case(case.pk, actor=anna(), **ON)


@pytest.mark.parametrize("who", ["jan", "ewa", "clerk"])
def test_only_the_holder_closes_and_nothing_changes_otherwise(who: str) -> None:
    case = make_case()
    with pytest.raises(cases.CannotClose):
        cases.close_case(case.pk, actor=office.actor(getattr(office, who)(), today=TODAY), **ON)
    case.refresh_from_db()
    assert case.state == Case.State.OPEN
    assert [one.verb for one in audit.history(str(case))] == ["open"]


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 2")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x"),
        ("closed_on", date(2026, 3, 12)),
        ("outcome", "x"),
        ("due_on", None),
        ("description", "x"),
    ],
)
def test_the_database_changes_no_closed_case(field: str, value: object) -> None:
    case = make_case()
    cases.close_case(case.pk, actor=anna(), **ON)
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [("mark", "GN.6621.9.2026"), ("number", 9), ("unit", "AB"), ("opened_on", date(2020, 1, 1))],
)
def test_the_database_keeps_the_mark(field: str, value: object) -> None:
    case = make_case()
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**{field: value})


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 3")
def test_the_database_deletes_no_case_and_skips_no_number() -> None:
    case = make_case()
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk)._raw_delete("default")
    values = {
        one.attname: getattr(case, one.attname) for one in Case._meta.concrete_fields if one.name != "id"
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.create(**values | {"number": 3, "mark": "GN.6621.3.2026"})


def test_a_wrongly_closed_case_is_opened_again_under_its_mark() -> None:
    case = make_case()
    cases.close_case(case.pk, actor=anna(), **ON)
    with pytest.raises(cases.CannotReopen):
        cases.reopen_case(case.pk, actor=anna(), reason=" ", now=NOW)
    with pytest.raises(cases.CannotReopen):
        cases.reopen_case(case.pk, actor=office.actor(office.jan(), today=TODAY), reason="pomyłka", now=NOW)
    cases.reopen_case(case.pk, actor=anna(), reason="zamknięta omyłkowo", now=NOW)
    case.refresh_from_db()
    assert (case.state, case.closed_on, case.settled_on, case.due_on) == (
        "OPEN",
        None,
        None,
        date(2026, 4, 10),
    )
    with pytest.raises(cases.CannotReopen):
        cases.reopen_case(case.pk, actor=anna(), reason="jeszcze raz", now=NOW)


@pytest.mark.law("rozp. PRM 18.01.2011 par. 62")
def test_a_finished_matter_that_starts_anew_points_back_and_is_pointed_at() -> None:
    old = make_case()
    cases.close_case(old.pk, actor=anna(), **ON)
    new = make_case("Ciąg dalszy", on=days_after(TODAY, 30), continues=old.mark)
    link = CaseLink.objects.get()
    assert (link.newer_id, link.older_id, link.kind) == (new.pk, old.pk, CaseLink.Kind.CONTINUES)
    assert audit.history(str(old))[-1].payload["case"] == new.mark


def test_the_head_hands_a_case_over_within_the_unit() -> None:
    case, beata = make_case(), office.make_staff("b.b", "Beata Bor", unit="GN")
    head = office.actor(office.ewa(), today=TODAY)
    with pytest.raises(cases.CannotHandOver):
        cases.hand_over(case.pk, actor=anna(), holder_id=beata.pk, **ON)
    with pytest.raises(cases.CannotHandOver):
        cases.hand_over(case.pk, actor=head, holder_id=office.jan().pk, **ON)
    cases.hand_over(case.pk, actor=head, holder_id=beata.pk, **ON)
    case.refresh_from_db()
    assert case.holder_id == beata.pk
    assert f"person:{beata.pk}" in case.audience
    assert f"person:{office.anna().pk}" not in case.audience
    letter = Letter.objects.get(case=case)
    assert f"person:{beata.pk}" in letter.audience


def test_the_title_is_corrected_and_the_former_one_kept() -> None:
    case = make_case()
    cases.change_title(case.pk, actor=anna(), title="Wypis dla działki 12/3", now=at(TODAY, 12))
    assert audit.history(str(case))[-1].payload["title"] == [
        "Wypis z rejestru gruntów",
        "Wypis dla działki 12/3",
    ]


def test_a_letter_that_waits_is_not_filed() -> None:
    make_plan()
    letter = make_letter()
    with pytest.raises(cases.CannotOpenCase):
        cases.open_case(
            letter.pk, actor=office.actor(office.ewa(), today=TODAY), class_symbol="6621", title="x", **ON
        )
