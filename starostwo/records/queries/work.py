"""What waits for a person today, for the first page of staff: short lists."""

from dataclasses import dataclass
from datetime import date

from starostwo.office.api import Actor, Right
from starostwo.records.models import AcceptanceStep, Case, Document, Letter, Message
from starostwo.records.queries.document import to_accept, to_dispatch
from starostwo.records.queries.lists import (
    FIRST_DUE,
    OLDEST_LETTERS,
    late_cases,
    letters_to_assign,
    letters_to_file,
    open_cases,
)
from starostwo.records.queries.message import waiting_messages

SHOWN = 6
SOON = 3  # working through what is late within these days keeps it from being late


@dataclass(frozen=True)
class Work:
    """Short lists of what waits; a list that the person has no right to is empty."""

    to_assign: list[Letter]
    to_file: list[Letter]
    to_accept: list[AcceptanceStep]
    to_dispatch: list[Document]
    to_answer: list[Message]
    cases: list[Case]
    late: list[Case]


def work_of(actor: Actor, *, today: date) -> Work:
    """Return what waits for the person, the most urgent first; at most seven queries."""
    handles, heads = actor.may(Right.HANDLE), actor.may(Right.ASSIGN)
    return Work(
        to_assign=list(letters_to_assign(actor).order_by(*OLDEST_LETTERS)[:SHOWN]) if heads else [],
        to_file=list(letters_to_file(actor).order_by(*FIRST_DUE)[:SHOWN]) if handles else [],
        to_accept=to_accept(actor)[:SHOWN] if actor.may(Right.ACCEPT) or actor.may(Right.SIGN) else [],
        to_dispatch=to_dispatch(actor)[:SHOWN] if handles or actor.may(Right.DISPATCH) else [],
        to_answer=waiting_messages(actor)[:SHOWN] if handles else [],
        cases=list(open_cases(actor).order_by(*FIRST_DUE)[:SHOWN]) if handles else [],
        late=list(late_cases(actor, today=today, within=SOON)[:SHOWN]) if heads else [],
    )
