"""The table of states and the order of steps in acceptance."""

import itertools

import pytest

from starostwo.records.rules.acceptance import (
    DocumentState,
    Move,
    NotInThisState,
    Step,
    after,
    current_step,
    plan,
)

ALLOWED = {
    ("DRAFT", "EDIT"): "DRAFT",
    ("DRAFT", "SUBMIT"): "IN_ACCEPTANCE",
    ("RETURNED", "EDIT"): "RETURNED",
    ("RETURNED", "SUBMIT"): "IN_ACCEPTANCE",
    ("IN_ACCEPTANCE", "WITHDRAW"): "DRAFT",
    ("IN_ACCEPTANCE", "ACCEPT"): "IN_ACCEPTANCE",
    ("IN_ACCEPTANCE", "RETURN"): "RETURNED",
    ("IN_ACCEPTANCE", "SIGN"): "SIGNED",
}


@pytest.mark.parametrize(("state", "move"), list(itertools.product(DocumentState, Move)))
@pytest.mark.law("instrukcja kancelaryjna par. 35")
def test_a_move_is_either_in_the_table_or_refused(state: DocumentState, move: Move) -> None:
    if (state, move) in ALLOWED:
        assert after(state, move) == ALLOWED[state, move]
    else:
        with pytest.raises(NotInThisState):
            after(state, move)


def test_nothing_happens_to_a_signed_document() -> None:
    with pytest.raises(NotInThisState, match="podpisany"):
        after(DocumentState.SIGNED, Move.EDIT)


def test_the_last_person_signs_and_nobody_stands_twice_in_a_row() -> None:
    assert plan([7, 7, 3, 9]) == [
        Step(1, 7, is_final=False, is_done=False),
        Step(2, 3, is_final=False, is_done=False),
        Step(3, 9, is_final=True, is_done=False),
    ]
    assert plan([5]) == [Step(1, 5, is_final=True, is_done=False)]
    assert plan([]) == []


def test_the_current_step_is_the_first_that_is_not_done() -> None:
    steps = [Step(2, 3, is_final=True, is_done=False), Step(1, 7, is_final=False, is_done=True)]

    assert current_step(steps) == steps[0]
    assert current_step([steps[1]]) is None
