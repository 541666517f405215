"""The clock as it is kept for a case: who changes it, what is written, what the database refuses."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.records.models import Case, ClockEntry
from starostwo.records.rules.clock import Basis, ExtensionTooShort, NotAnExclusion, Term, TermUnit
from starostwo.records.services import clock
from starostwo.records.services.cases import close_case
from starostwo.records.services.parties import NotHolder
from starostwo.records.testing import TODAY, at, make_case

pytestmark = pytest.mark.django_db
NOW = at(TODAY, 12)


def anna() -> office.Actor:
    return office.actor(office.anna(), today=TODAY)


@pytest.mark.law("k.p.a. art. 35 par. 5")
def test_excluded_time_moves_the_term_and_an_open_one_stops_it() -> None:
    case = make_case()
    entry = clock.exclude(
        case.pk,
        actor=anna(),
        basis=Basis.STATUTORY,
        from_on=date(2026, 3, 16),
        reason="wezwanie z art. 64",
        now=NOW,
    )
    case.refresh_from_db()
    assert (case.due_on, case.is_suspended) == (None, True)
    clock.end_exclusion(entry.pk, actor=anna(), to_on=date(2026, 3, 23), now=NOW)
    case.refresh_from_db()
    assert (case.due_on, case.is_suspended) == (date(2026, 4, 17), False)
    said = [(one.verb, one.payload.get("due")) for one in audit.history(str(case))]
    assert said == [("open", "2026-04-10"), ("exclude_time", None), ("end_excluded_time", "2026-04-17")]


@pytest.mark.law("k.p.a. art. 36 par. 1")
def test_a_new_day_is_written_with_its_reason() -> None:
    case = make_case()
    clock.extend(case.pk, actor=anna(), new_due=date(2026, 5, 15), reason="brak opinii biegłego", now=NOW)
    case.refresh_from_db()
    assert case.due_on == date(2026, 5, 15)
    line = audit.history(str(case))[-1]
    assert (line.payload["before"], line.payload["due"]) == ("2026-04-10", "2026-05-15")


@pytest.mark.law("k.p.a. art. 35 par. 3")
def test_an_especially_complicated_case_has_two_months_once() -> None:
    case = make_case()
    clock.make_complex(case.pk, actor=anna(), reason="wielu biegłych", today=TODAY, now=NOW)
    case.refresh_from_db()
    assert (case.due_on, case.term_amount) == (date(2026, 5, 11), 2)
    with pytest.raises(clock.NotAGeneralTerm):
        clock.make_complex(case.pk, actor=anna(), reason="jeszcze raz", today=TODAY, now=NOW)


def test_a_term_of_another_act_does_not_become_two_months() -> None:
    case = make_case(term=Term(7, TermUnit.DAY, "k.p.a. art. 217 par. 3"))
    assert case.due_on == date(2026, 3, 17)
    with pytest.raises(clock.NotAGeneralTerm):
        clock.make_complex(case.pk, actor=anna(), reason="x", today=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (
            lambda pk: clock.extend(pk, actor=anna(), new_due=date(2026, 4, 10), reason="x", now=NOW),
            "the same day",
        ),
        (
            lambda pk: clock.exclude(
                pk, actor=anna(), basis=Basis.PARTY, from_on=date(2026, 3, 9), reason="x", now=NOW
            ),
            "before the case",
        ),
        (
            lambda pk: clock.extend(
                pk,
                actor=office.actor(office.jan(), today=TODAY),
                new_due=date(2026, 6, 1),
                reason="x",
                now=NOW,
            ),
            "a stranger",
        ),
        (
            lambda pk: clock.exclude(
                pk,
                actor=office.actor(office.ewa(), today=TODAY),
                basis=Basis.PARTY,
                from_on=TODAY,
                reason="x",
                now=NOW,
            ),
            "the head, who does not hold it",
        ),
    ],
)
def test_refusals_change_nothing(refused: object, why: str) -> None:
    case = make_case()
    with pytest.raises((ExtensionTooShort, NotAnExclusion, NotHolder)), transaction.atomic():
        refused(case.pk)  # type: ignore[operator]
    case.refresh_from_db()
    assert case.due_on == date(2026, 4, 10), why
    assert not ClockEntry.objects.exists()
    assert len(audit.history(str(case))) == 1


def test_a_case_without_a_term_has_no_clock_to_change() -> None:
    case = make_case(has_term=False)
    with pytest.raises(clock.NoTerm):
        clock.extend(case.pk, actor=anna(), new_due=date(2026, 6, 1), reason="x", now=NOW)


def test_settling_stops_the_clock_once() -> None:
    case = make_case()
    clock.settle(case.pk, actor=anna(), settled_on=date(2026, 3, 20), document="GN.6621.1.2026.1", now=NOW)
    clock.settle(case.pk, actor=anna(), settled_on=date(2026, 3, 25), now=NOW)
    case.refresh_from_db()
    assert case.settled_on == date(2026, 3, 20)
    assert [one.verb for one in audit.history(str(case))].count("settle") == 1


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 2")
def test_the_database_keeps_what_was_written_about_the_clock() -> None:
    case = make_case()
    entry = clock.exclude(case.pk, actor=anna(), basis=Basis.PARTY, from_on=TODAY, reason="x", now=NOW)
    for change in ({"from_on": date(2026, 3, 12)}, {"reason": "y"}, {"basis": "MEDIATION"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ClockEntry.objects.filter(pk=entry.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ClockEntry.objects.filter(pk=entry.pk)._raw_delete("default")
    clock.end_exclusion(entry.pk, actor=anna(), to_on=date(2026, 3, 12), now=NOW)
    with pytest.raises(NotAnExclusion):
        clock.end_exclusion(entry.pk, actor=anna(), to_on=date(2026, 3, 13), now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        ClockEntry.objects.filter(pk=entry.pk).update(to_on=date(2026, 3, 13))


def test_the_clock_of_a_closed_case_does_not_change() -> None:
    case = make_case()
    close_case(case.pk, actor=anna(), today=TODAY, now=NOW)
    with pytest.raises(NotHolder):
        clock.exclude(case.pk, actor=anna(), basis=Basis.PARTY, from_on=TODAY, reason="x", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        ClockEntry.objects.create(
            case=case, kind="EXTENSION", new_due_on=date(2026, 9, 1), reason="x", noted_at=NOW
        )
    assert Case.objects.get().due_on == date(2026, 4, 10)
