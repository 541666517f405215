"""What lists of letters and cases show to whom, and who may write a note: each against the same few rows."""

import pytest

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.records import access
from starostwo.records.models import Case, CaseAccess
from starostwo.records.rules.assignment import Target
from starostwo.records.services import notes
from starostwo.records.testing import NOW, make_case, make_letter

pytestmark = pytest.mark.django_db


def test_heads_find_what_lies_in_their_units_alone() -> None:
    letter, case = make_letter(unit="GN"), make_case()
    ewa, adam = office.actor(office.ewa()), office.actor(office.adam())

    assert set(access.letters_headed_by(ewa)) >= {letter}
    assert list(access.cases_headed_by(ewa)) == [case]
    assert list(access.letters_headed_by(adam)) == []
    assert list(access.cases_headed_by(adam)) == []


def may_write(account: Account, case: Case) -> bool:
    return access.may_write_note(office.actor(account), case)


def test_a_note_is_for_who_holds_heads_or_co_operates() -> None:
    case = make_case()
    assert may_write(office.anna(), case), "she holds the case"
    assert may_write(office.ewa(), case), "she heads its unit"
    assert not may_write(office.jan(), case), "nobody let him in"


def test_who_co_operates_writes_notes_in_that_case_until_the_access_is_withdrawn() -> None:
    case, other = make_case(), make_case("Inny wypis")
    anna, jan, adam = office.actor(office.anna()), office.jan(), office.adam()
    given = notes.let_in(case.pk, actor=anna, who=Target(account_id=jan.pk), now=NOW)

    assert may_write(jan, case)
    assert not may_write(jan, other), "let into the other case only"
    assert not may_write(adam, case), "another person was let in"

    notes.withdraw(given.pk, actor=anna, now=NOW)
    assert not may_write(jan, case)


def test_who_only_watches_writes_no_notes() -> None:
    case, jan = make_case(), office.jan()
    notes.let_in(
        case.pk,
        actor=office.actor(office.anna()),
        who=Target(account_id=jan.pk),
        basis=CaseAccess.Basis.GRANT,
        purpose="wgląd",
        now=NOW,
    )
    assert set(access.visible_cases(office.actor(jan))) == {case}
    assert not may_write(jan, case)
