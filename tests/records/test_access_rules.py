"""Who may do what with letters and cases, as tables: each condition of each right has a row that needs it."""

from collections.abc import Callable

import pytest

from starostwo.office.actor import Actor, Mandate
from starostwo.office.models import Account, Right
from starostwo.records import access, document_access
from starostwo.records.models import (
    AcceptanceStep,
    Assignment,
    Case,
    CaseAccess,
    CoAssignment,
    Document,
    Letter,
)
from starostwo.records.testing import NOW

ANNA, EWA, JAN, KARL = 1, 2, 3, 4
HEAD_RIGHTS = {Right.ASSIGN, Right.HANDLE}
DESK = f"role:{Right.REGISTER}"


def actor(
    account_id: int,
    *rights: Right,
    units: tuple[str, ...] = (),
    heads: tuple[str, ...] = (),
    instead_of: int | None = None,
) -> Actor:
    mandate = Mandate(account_id, rights=frozenset(rights), units=frozenset(units), heads=frozenset(heads))
    absent = () if instead_of is None else (Mandate(instead_of),)
    return Actor(account_id, "", Account.Kind.STAFF, "", own=mandate, absent=absent)


WHO = {
    "anna": actor(ANNA, Right.HANDLE, units=("GN",)),
    "anna, her right taken": actor(ANNA, units=("GN",)),
    "anna, who may also assign": actor(ANNA, Right.ASSIGN, units=("GN",)),
    "ewa, head of GN": actor(EWA, *HEAD_RIGHTS, heads=("GN",)),
    "ewa, her rights taken": actor(EWA, heads=("GN",)),
    "jan of AB": actor(JAN, Right.HANDLE, units=("AB",)),
    "jan for absent anna": actor(JAN, Right.HANDLE, units=("AB",), instead_of=ANNA),
    "adam, head of AB": actor(JAN, *HEAD_RIGHTS, heads=("AB",)),
    "mail desk": actor(KARL, Right.REGISTER, Right.DISPATCH, units=("OR",)),
    "plan keeper": actor(KARL, Right.EDIT_PLAN),
}


def letter(
    *,
    state: Letter.State = Letter.State.ASSIGNED,
    unit: str = "GN",
    holder: int | None = ANNA,
    seen_by: tuple[str, ...] = (DESK, "head:GN", "person:1"),
) -> Letter:
    return Letter(state=state, unit=unit, holder_id=holder, audience=list(seen_by))


WAITING = letter(state=Letter.State.REGISTERED, holder=None)
OF_UNIT = letter(holder=None)
HELD = letter()
FILED = letter(state=Letter.State.FILED)
ELSEWHERE = letter(unit="AB", seen_by=("head:GN", "person:1"))


@pytest.mark.parametrize(
    ("may", "who", "what", "expected", "why"),
    [
        (access.may_complete, "mail desk", HELD, True, "the mail desk keeps the metadata"),
        (access.may_complete, "anna", HELD, True, "she handles the letter"),
        (access.may_complete, "jan for absent anna", letter(seen_by=("person:1",)), True, "in her place"),
        (access.may_complete, "ewa, head of GN", HELD, False, "who sees alone completes nothing"),
        (access.may_complete, "mail desk", ELSEWHERE, False, "nobody completes what he does not see"),
        (access.may_complete, "anna", letter(seen_by=("head:GN",)), False, "held, but shut from her"),
        (access.may_assign, "ewa, head of GN", WAITING, True, "the head assigns what waits in her unit"),
        (access.may_assign, "ewa, head of GN", HELD, True, "and may assign it to another"),
        (access.may_assign, "ewa, head of GN", FILED, False, "a filed letter belongs to its case"),
        (
            access.may_assign,
            "ewa, head of GN",
            ELSEWHERE,
            False,
            "seen, but in a unit that she does not head",
        ),
        (access.may_assign, "ewa, head of GN", letter(seen_by=()), False, "not shown to her"),
        (access.may_assign, "ewa, her rights taken", WAITING, False, "heading without the right to assign"),
        (access.may_assign, "anna, who may also assign", HELD, False, "the right without the unit"),
        (access.may_return, "anna", HELD, True, "it was assigned to her"),
        (access.may_return, "jan for absent anna", HELD, True, "in her place"),
        (access.may_return, "ewa, head of GN", HELD, True, "it was assigned to her unit"),
        (access.may_return, "jan of AB", HELD, False, "it was assigned to another"),
        (access.may_return, "ewa, head of GN", WAITING, False, "not assigned yet, so nothing to return"),
        (access.may_return, "anna", FILED, False, "in a case already"),
        (access.may_file, "anna", HELD, True, "it was assigned to her"),
        (access.may_file, "jan for absent anna", HELD, True, "in her place"),
        (access.may_file, "ewa, head of GN", OF_UNIT, True, "it was assigned to her unit, to nobody by name"),
        (access.may_file, "ewa, head of GN", HELD, False, "it was assigned to Anna by name"),
        (access.may_file, "anna", OF_UNIT, False, "a member of the unit was not named"),
        (access.may_file, "adam, head of AB", OF_UNIT, False, "another unit's letter"),
        (access.may_file, "anna, her right taken", HELD, False, "named, but handles no cases"),
        (access.may_file, "anna", letter(state=Letter.State.REGISTERED), False, "not assigned yet"),
        (access.may_file, "anna", FILED, False, "in a case already"),
    ],
)
def test_who_may_do_what_with_a_letter(
    may: Callable[[Actor, Letter], bool], who: str, what: Letter, expected: bool, why: str
) -> None:
    assert may(WHO[who], what) is expected, why


def case(*, unit: str = "GN", holder: int = ANNA, state: Case.State = Case.State.OPEN) -> Case:
    return Case(unit=unit, holder_id=holder, state=state, audience=["head:GN", "person:1"])


@pytest.mark.parametrize(
    ("may", "who", "what", "expected", "why"),
    [
        (access.may_handle, "anna", case(), True, "she holds it"),
        (access.may_handle, "jan for absent anna", case(), True, "in her place"),
        (access.may_handle, "ewa, head of GN", case(), False, "the head hands over, she does not handle"),
        (access.may_handle, "anna, her right taken", case(), False, "held, but she handles no cases"),
        (access.may_hand_over, "ewa, head of GN", case(), True, "she heads the unit of the case"),
        (access.may_hand_over, "ewa, head of GN", case(unit="AB"), False, "another unit's case"),
        (access.may_hand_over, "ewa, her rights taken", case(), False, "heading without the right to assign"),
        (access.may_hand_over, "anna, who may also assign", case(), False, "the right without the unit"),
        (document_access.may_write, "anna", case(), True, "who handles an open case drafts in it"),
        (document_access.may_write, "anna", case(state=Case.State.CLOSED), False, "nothing in a closed case"),
        (document_access.may_write, "jan of AB", case(), False, "another's case"),
        (document_access.may_converse, "anna", case(), True, "she writes to the parties"),
        (
            document_access.may_converse,
            "ewa, head of GN",
            case(),
            False,
            "the head reads, she does not write",
        ),
        (document_access.sees_case, "ewa, head of GN", case(), True, "she heads its unit"),
        (document_access.sees_case, "jan of AB", case(), False, "another unit's case"),
    ],
)
def test_who_may_do_what_with_a_case(
    may: Callable[[Actor, Case], bool], who: str, what: Case, expected: bool, why: str
) -> None:
    assert may(WHO[who], what) is expected, why


@pytest.mark.parametrize(
    ("who", "unit", "expected", "why"),
    [
        ("anna", "GN", True, "she works there"),
        ("ewa, head of GN", "GN", True, "she heads it"),
        ("anna", "AB", False, "another unit"),
        ("anna, her right taken", "GN", False, "a member who handles no cases"),
    ],
)
def test_who_may_open_cases_in_a_unit(who: str, unit: str, expected: bool, why: str) -> None:
    assert access.may_open_in(WHO[who], unit) is expected, why


@pytest.mark.parametrize(
    ("may", "who"), [(access.may_register, "mail desk"), (access.may_edit_plan, "plan keeper")]
)
def test_a_register_and_the_plan_have_their_own_right(may: Callable[[Actor], bool], who: str) -> None:
    assert {name for name in WHO if may(WHO[name])} == {who}


@pytest.mark.parametrize(
    ("is_final", "acceptor", "right", "expected", "why"),
    [
        (False, ANNA, Right.ACCEPT, True, "a step of acceptance"),
        (False, ANNA, Right.SIGN, False, "the right to sign accepts nothing"),
        (True, ANNA, Right.SIGN, True, "the last step is the signature"),
        (True, ANNA, Right.ACCEPT, False, "the right to accept signs nothing"),
        (False, EWA, Right.ACCEPT, False, "another's step"),
    ],
)
def test_who_decides_a_step(is_final: bool, acceptor: int, right: Right, expected: bool, why: str) -> None:
    step = AcceptanceStep(is_final=is_final, acceptor_id=acceptor)
    assert document_access.may_decide(actor(ANNA, right), step) is expected, why


@pytest.mark.parametrize(
    ("who", "expected", "why"),
    [
        ("mail desk", True, "it sends everything"),
        ("anna", True, "she handles the case"),
        ("ewa, head of GN", False, "neither of both"),
    ],
)
def test_who_sends_a_letter(who: str, expected: bool, why: str) -> None:
    assert document_access.may_dispatch(WHO[who], Document(case=case())) is expected, why


def test_the_audience_of_a_case_has_no_access_that_was_withdrawn() -> None:
    given = [CaseAccess(token="head:AB"), CaseAccess(token="person:3", withdrawn_at=NOW)]
    assert access.audience_of_case(case(), given) == sorted(
        ["head:AB", "head:GN", "person:1", "role:COORDINATE", "role:INSPECT"]
    )


EACH_LETTER = {"role:REGISTER", "role:COORDINATE", "role:INSPECT", "head:GN"}


@pytest.mark.parametrize(
    ("active", "cooperating", "of", "more", "why"),
    [
        (None, [], None, set(), "it waits"),
        (Assignment(lead_unit="GN"), [], None, set(), "assigned to the unit, to nobody by name"),
        (Assignment(lead_person_id=ANNA), [], None, {"person:1"}, "assigned to Anna"),
        (None, [CoAssignment(unit="AB")], None, {"head:AB"}, "another unit co-operates"),
        (None, [CoAssignment(unit="AB", person_id=JAN)], None, {"head:AB", "person:3"}, "and a person of it"),
        (None, [], Case(audience=["person:9"]), {"person:9"}, "who sees the case sees its letters"),
    ],
)
def test_the_audience_of_a_letter(
    active: Assignment | None, cooperating: list[CoAssignment], of: Case | None, more: set[str], why: str
) -> None:
    seen = access.audience_of_letter(letter(), active=active, cooperating=cooperating, case=of)
    assert set(seen) == EACH_LETTER | more, why
