"""States of who applies together, and whose signature counts how, as tables."""

import pytest

from starostwo.citizen.rules.co_applicants import (
    CannotMove,
    Move,
    State,
    WrongPerson,
    after,
    may_send,
    signing_move,
)

NAMED, INVITED, TO_ACCEPT, SIGNED, REFUSED = State


@pytest.mark.parametrize(
    ("state", "move", "then", "reason"),
    [
        (NAMED, Move.INVITE, INVITED, "the document stands"),
        (INVITED, Move.INVITE, INVITED, "a new link instead of the old one"),
        (REFUSED, Move.INVITE, INVITED, "asked again"),
        (INVITED, Move.WITHDRAW, NAMED, "the link is taken back"),
        (INVITED, Move.SIGN_KNOWN, SIGNED, "the PESEL says who it is"),
        (INVITED, Move.SIGN_UNKNOWN, TO_ACCEPT, "the applicant says who it is"),
        (INVITED, Move.REFUSE, REFUSED, "with a reason"),
        (TO_ACCEPT, Move.ACCEPT, SIGNED, "the right person"),
        (TO_ACCEPT, Move.REJECT, NAMED, "somebody else"),
        (SIGNED, Move.CANCEL, NAMED, "the text has changed"),
        (TO_ACCEPT, Move.CANCEL, NAMED, "the text has changed"),
        (INVITED, Move.CANCEL, NAMED, "the text has changed"),
    ],
)
def test_what_can_happen(state: State, move: Move, then: State, reason: str) -> None:
    assert after(state, move) is then, reason


@pytest.mark.parametrize(
    ("state", "move", "reason"),
    [
        (NAMED, Move.SIGN_KNOWN, "nobody was invited"),
        (SIGNED, Move.SIGN_KNOWN, "signed once"),
        (SIGNED, Move.REFUSE, "a signature is not taken back by refusing"),
        (SIGNED, Move.INVITE, "has signed"),
        (REFUSED, Move.SIGN_KNOWN, "has refused"),
        (NAMED, Move.ACCEPT, "nothing to accept"),
        (TO_ACCEPT, Move.SIGN_KNOWN, "has signed"),
    ],
)
def test_what_cannot_happen(state: State, move: Move, reason: str) -> None:
    with pytest.raises(CannotMove):
        after(state, move)


@pytest.mark.law("k.p.a. art. 62")
@pytest.mark.parametrize(
    ("states", "sends", "reason"),
    [
        ([], True, "alone"),
        ([SIGNED, SIGNED], True, "everybody"),
        ([SIGNED, TO_ACCEPT], False, "one is not known yet"),
        ([SIGNED, REFUSED], False, "one refuses"),
        ([NAMED], False, "nobody was asked"),
    ],
)
def test_when_it_may_be_sent(states: list[State], sends: bool, reason: str) -> None:
    assert may_send(states) is sends, reason


@pytest.mark.law("k.p.a. art. 63 par. 3")
def test_whose_signature_counts_how() -> None:
    assert signing_move(named_pesel="1", own_pesel="1", is_applicant=False) is Move.SIGN_KNOWN
    assert signing_move(named_pesel="", own_pesel="1", is_applicant=False) is Move.SIGN_UNKNOWN
    for named, own, is_applicant in (("1", "2", False), ("1", "", False), ("", "1", True), ("1", "1", True)):
        with pytest.raises(WrongPerson):
            signing_move(named_pesel=named, own_pesel=own, is_applicant=is_applicant)
