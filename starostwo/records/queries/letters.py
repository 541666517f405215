"""One letter with all that its page shows."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from starostwo.audit import api as audit
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.records import access
from starostwo.records.models import Assignment, CoAssignment, Letter, LetterFile, LetterSender
from starostwo.records.rules.assignment import Target
from starostwo.records.rules.metadata import (
    COMPLETED,
    SENDER_FIELDS,
    Channel,
    Gap,
    Received,
    Sender,
    gaps,
)

SIMILAR_WITHIN = timedelta(days=30)
LATELY = 200


@dataclass(frozen=True)
class AssignmentLine:
    """An assignment with the names of everybody in it."""

    assignment: Assignment
    lead: str
    cooperating: list[str]
    by: str


@dataclass(frozen=True)
class LetterPage:
    """A letter, its files, assignments and history, and what the person may do with it."""

    letter: Letter
    senders: list[LetterSender]
    files: list[LetterFile]
    assignments: list[AssignmentLine]
    history: list[audit.Entry]
    gaps: list[Gap]
    may_complete: bool
    may_assign: bool
    may_return: bool
    may_file: bool


def letter_page(letter_id: int, *, actor: Actor) -> LetterPage | None:
    """Return the letter as the person sees it; None when he may not."""
    letter = (
        access.visible_letters(actor)
        .select_related("holder", "case", "registered_by", "plan_class")
        .filter(pk=letter_id)
        .first()
    )
    if letter is None:
        return None
    senders = list(LetterSender.objects.filter(letter=letter).order_by("position"))
    files = LetterFile.objects.filter(letter=letter).select_related("blob").defer("blob__text").order_by("id")
    return LetterPage(
        letter=letter,
        senders=senders,
        files=list(files),
        assignments=_assignments(letter),
        history=audit.history(str(letter)),
        gaps=gaps(received_of(letter, senders), channel=Channel(letter.channel)),
        may_complete=access.may_complete(actor, letter) and not (letter.case and letter.case.closed_on),
        may_assign=access.may_assign(actor, letter),
        may_return=access.may_return(actor, letter),
        may_file=access.may_file(actor, letter),
    )


def similar_letters(letter: Letter, *, actor: Actor) -> list[Letter]:
    """Return earlier letters of the last weeks with the same sender and title: perhaps the same one again."""
    since = letter.received_on - SIMILAR_WITHIN
    same = access.visible_letters(actor).filter(
        sender_name=letter.sender_name, title__iexact=letter.title, received_on__gte=since, pk__lt=letter.pk
    )
    return list(same.order_by("-pk")[:3]) if letter.sender_name else []


def letter_file(letter_id: int, file_id: int, *, actor: Actor) -> LetterFile | None:
    """Return a file of a visible letter."""
    letters = access.visible_letters(actor).filter(pk=letter_id)
    found = LetterFile.objects.filter(pk=file_id, letter__in=letters).select_related("blob", "letter")
    return found.defer("blob__text").first()


def received_of(letter: Letter, senders: list[LetterSender]) -> Received:
    """Return the metadata of a registered letter as the value that it was registered with."""
    return Received(
        received_on=letter.received_on,
        senders=[
            Sender(party_id=one.party_id, **{name: getattr(one, name) for name in SENDER_FIELDS})
            for one in senders
        ],
        unit=letter.unit,
        **{name: getattr(letter, name) for name in COMPLETED},
    )


def people_to_assign(actor: Actor, *, on: date) -> list[office.PersonRef]:
    """Return the people of the units that the person heads, his own unit's first."""
    heads = sorted(actor.heads, key=lambda symbol: (symbol not in actor.units, symbol))
    order = {symbol: place for place, symbol in enumerate(heads)}
    people = [one for one in office.people(on) if one.unit in order and one.id != actor.account_id]
    return sorted(people, key=lambda one: order[one.unit])


def usual_leads(actor: Actor) -> Counter[Target]:
    """To whom the person lately assigned letters, and how often: his last two hundred assignments."""
    last = Assignment.objects.filter(made_by=actor.account_id).order_by("-id")[:LATELY]
    return Counter(
        Target(unit="" if person else unit, account_id=person)
        for unit, person in last.values_list("lead_unit", "lead_person_id")
    )


def _assignments(letter: Letter) -> list[AssignmentLine]:
    rows = list(
        Assignment.objects.filter(letter=letter)
        .select_related("lead_person", "made_by", "in_place_of")
        .order_by("id")
    )
    helpers = CoAssignment.objects.filter(assignment__letter=letter).select_related("person").order_by("id")
    by_row: dict[int, list[str]] = {}
    for one in helpers:
        by_row.setdefault(one.assignment_id, []).append(
            f"{one.person.name} ({one.unit})" if one.person else one.unit
        )
    return [
        AssignmentLine(
            assignment=row,
            lead=f"{row.lead_person.name} ({row.lead_unit})" if row.lead_person else row.lead_unit,
            cooperating=by_row.get(row.pk, []),
            by=_by(row),
        )
        for row in rows
    ]


def _by(row: Assignment) -> str:
    name = row.made_by.name if row.made_by else "program"
    return f"{name} w zastępstwie: {row.in_place_of.name}" if row.in_place_of else name
