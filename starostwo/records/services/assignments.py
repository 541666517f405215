"""Verbs of assignment (dekretacja): assign one letter or many, assign again, return."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from starostwo.office import api as office
from starostwo.office.api import Actor, Right
from starostwo.records import access
from starostwo.records.models import Assignment, CoAssignment, Letter
from starostwo.records.rules.assignment import Target, check_targets, instruction_of_next, term_of_next
from starostwo.records.services.acts import act
from starostwo.records.services.letters import first_unit
from starostwo.records.services.visibility import show_letter


class CannotAssign(Exception):
    """A letter is not the person's to assign, or nobody is found under the name."""


@transaction.atomic
def assign(
    letter_ids: Sequence[int],
    *,
    actor: Actor,
    lead: Target,
    cooperating: Sequence[Target] = (),
    instruction: str = "",
    due_on: date | None = None,
    today: date,
    now: datetime,
) -> list[Assignment]:
    """Assign letters, all or none: to a unit or a person, with who co-operates, what to do, until when."""
    check_targets(lead, cooperating)
    named = [(place, target.account_id) for target in cooperating for place in [_unit_of(target, today)]]
    lead_unit = _unit_of(lead, today)
    letters = list(Letter.objects.select_for_update(of=("self",)).filter(pk__in=letter_ids).order_by("pk"))
    if len(letters) != len(set(letter_ids)) or not all(access.may_assign(actor, one) for one in letters):
        raise CannotAssign("Któreś z zaznaczonych pism nie jest w Twojej komórce albo jest już w aktach.")
    return [
        _assign_one(
            letter,
            actor=actor,
            lead=lead,
            lead_unit=lead_unit,
            cooperating=named,
            instruction=instruction,
            due_on=due_on,
            now=now,
        )
        for letter in letters
    ]


class CannotReturn(Exception):
    """The letter is not assigned to the person, or no reason is given."""


@transaction.atomic
def return_letter(letter_id: int, *, actor: Actor, reason: str, today: date, now: datetime) -> Letter:
    """Give a wrongly assigned letter back to who assigned it, with the reason."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if not access.may_return(actor, letter) or not reason.strip():
        raise CannotReturn("Zwrócić można pismo zadekretowane do Ciebie, z podaniem powodu.")
    active = Assignment.objects.select_for_update(of=("self",)).get(
        letter=letter, state=Assignment.State.ACTIVE
    )
    holder = letter.holder_id
    _end(active, state=Assignment.State.RETURNED, now=now, reason=reason.strip())
    letter.state, letter.holder, letter.due_on = Letter.State.REGISTERED, None, None
    letter.unit = active.from_unit or first_unit(today)
    letter.returned_reason = reason.strip()
    letter.save(update_fields=["state", "holder", "due_on", "unit", "returned_reason"])
    show_letter(letter)
    act("return", letter, actor=actor, now=now, holder_id=holder, payload={"reason": reason.strip()})
    return letter


def _assign_one(
    letter: Letter,
    *,
    actor: Actor,
    lead: Target,
    lead_unit: str,
    cooperating: Sequence[tuple[str, int | None]],
    instruction: str,
    due_on: date | None,
    now: datetime,
) -> Assignment:
    absent = actor.lends(Right.ASSIGN, unit=letter.unit)
    active = Assignment.objects.select_for_update(of=("self",)).filter(letter=letter, state="ACTIVE").first()
    if active is not None:
        due_on, instruction = _after(active, actor=actor, due_on=due_on, instruction=instruction)
        _end(active, state=Assignment.State.REPLACED, now=now)
    made = Assignment.objects.create(
        letter=letter,
        previous=active,
        from_unit=letter.unit,
        lead_unit=lead_unit,
        lead_person_id=lead.account_id,
        instruction=instruction,
        due_on=due_on,
        made_by_id=actor.account_id,
        in_place_of_id=int(absent.partition(":")[2]) if absent else None,
        made_at=now,
    )
    CoAssignment.objects.bulk_create(
        CoAssignment(assignment=made, unit=unit, person_id=person) for unit, person in cooperating
    )
    letter.state, letter.unit, letter.returned_reason = Letter.State.ASSIGNED, lead_unit, ""
    letter.holder_id, letter.due_on = lead.account_id, due_on
    letter.save(update_fields=["state", "unit", "holder", "due_on", "returned_reason"])
    show_letter(letter)
    payload = {
        "unit": lead_unit,
        "person": lead.account_id,
        "cooperating": [list(one) for one in cooperating],
        "instruction": instruction,
        "due_on": due_on.isoformat() if due_on else None,
    }
    act("assign", letter, actor=actor, now=now, in_place_of=absent, payload=payload)
    return made


def _after(
    active: Assignment, *, actor: Actor, due_on: date | None, instruction: str
) -> tuple[date | None, str]:
    """The author may correct his own assignment; anybody below him may not loosen it."""
    if active.made_by_id in access.people_of(actor) or active.in_place_of_id in access.people_of(actor):
        earlier = active.previous
        if earlier is None or earlier.state == Assignment.State.RETURNED:
            return due_on, instruction
        active = earlier
    return term_of_next(active.due_on, due_on), instruction_of_next(active.instruction, instruction)


def _end(active: Assignment, *, state: Assignment.State, now: datetime, reason: str = "") -> None:
    active.state, active.ended_at, active.return_reason = state, now, reason
    active.save(update_fields=["state", "ended_at", "return_reason"])


def _unit_of(target: Target, today: date) -> str:
    if target.account_id is not None:
        person = office.person(target.account_id, on=today)
        if person is None or not person.unit:
            raise CannotAssign("Ta osoba nie zajmuje dziś żadnego stanowiska.")
        return person.unit
    if office.unit(target.unit, on=today) is None:
        raise CannotAssign(f"Nie ma dziś komórki {target.unit}.")
    return target.unit
