"""Verbs of requests for public information: take a case as one, answer it, tell the applicant on the way.

Law: ustawa o dostępie do informacji publicznej art. 13-16. The way out is chosen, drafted by its template and
goes the ordinary way of letters (acceptance, signature, dispatch); sending the answer ends the request.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.office.api import Actor
from starostwo.platform.money import zloty
from starostwo.records.models import Case, ClockEntry, Document, InformationLetter, InformationRequest
from starostwo.records.rules.document_fields import merged
from starostwo.records.rules.information import (
    ACT,
    ENDS,
    GROUNDS,
    NOTICES,
    End,
    Ground,
    Notice,
    check_ground,
    check_longer,
    free_from,
    term_of_request,
)
from starostwo.records.rules.information_texts import PATTERNS
from starostwo.records.services.acts import act
from starostwo.records.services.clock import put_term, set_due, settle
from starostwo.records.services.document_drafts import Wording, draft_document
from starostwo.records.services.parties import held_open_case


class NotARequest(Exception):
    """The case is no request for public information, is one already, or has ended as one."""


@transaction.atomic
def take_as_request(case_id: int, *, actor: Actor, now: datetime) -> InformationRequest:
    """Take an open case as a request: the term of the act takes the place of the one it had."""
    case = held_open_case(case_id, actor)
    if InformationRequest.objects.filter(case=case).exists() or case.settled_on is not None:
        raise NotARequest("Ta sprawa jest już wnioskiem o informację publiczną albo jest załatwiona.")
    put_term(case, term_of_request(case.started_on))
    set_due(case)
    return begin_request(case, actor=actor, now=now)


def begin_request(case: Case, *, actor: Actor, now: datetime) -> InformationRequest:
    """Note that a case, which has its term, is a request, within the caller's transaction."""
    made = InformationRequest.objects.create(
        case=case, received_on=case.started_on, noted_at=now, noted_by_id=actor.account_id
    )
    payload = {"due": case.due_on.isoformat() if case.due_on else None}
    act("take_as_request", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)
    return made


@dataclass(frozen=True)
class Told:
    """What a notice of costs or of another way says: why, and how much."""

    reason: str
    amount: int | None = None


@transaction.atomic
def draft_answer(
    case_id: int, *, actor: Actor, end: End, ground: Ground | None = None, today: date, now: datetime
) -> Document:
    """Draft the letter or the decision that will end the request, from its template."""
    request = _running(case_id, actor)
    check_ground(end, ground)
    if end is End.WITHDRAWN:
        raise NotARequest("Wycofanie odnotowuje się bez pisma urzędu.")
    values = {}
    if ground is not None:
        values = {"informacja.podstawa": GROUNDS[ground].label, "informacja.przepis": GROUNDS[ground].law}
    return _drafted(request, end, values, actor=actor, today=today, now=now, ground=ground)


@transaction.atomic
def lengthen(
    case_id: int, *, actor: Actor, new_due: date, reason: str, today: date, now: datetime
) -> Document:
    """Name a later day and draft the notice about it. Law: art. 13 ust. 2."""
    request = _running(case_id, actor)
    case = request.case
    due = case.due_on or request.received_on
    check_longer(received_on=request.received_on, noted_on=today, due=due, new_due=new_due)
    _enter(case, Notice.LONGER, new_due=new_due, reason=reason, actor=actor, now=now)
    payload = {"before": due.isoformat(), "due": new_due.isoformat(), "reason": reason}
    act("lengthen_request", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)
    return _drafted(request, Notice.LONGER, {}, actor=actor, today=today, now=now)


@transaction.atomic
def draft_notice(
    case_id: int, *, actor: Actor, notice: Notice, told: Told, today: date, now: datetime
) -> Document:
    """Draft a notice of costs or of another way; the 14 days begin when it is sent. Law: art. 14, 15."""
    request = _running(case_id, actor)
    cost = {"informacja.koszt": zloty(told.amount)} if told.amount is not None else {}
    values = {"informacja.przyczyna": told.reason.rstrip(". "), **cost}
    return _drafted(request, notice, values, actor=actor, today=today, now=now, amount=told.amount)


@transaction.atomic
def note_withdrawal(case_id: int, *, actor: Actor, reason: str, today: date, now: datetime) -> None:
    """Note that the applicant withdrew the request: it ends without a letter."""
    request = _running(case_id, actor)
    _end(request, End.WITHDRAWN, ground="", on=today, actor=actor, now=now, reason=reason)


def note_sent(document: Document, *, actor: Actor, now: datetime) -> None:
    """Called when a letter was sent: an answer ends its request, a notice moves the day of the answer."""
    letter = _letter_of(document)
    if letter is None or letter.request.ended_on is not None:
        return
    if letter.is_notice:
        _move(letter, localdate(now), actor=actor, now=now)
    else:
        role, on = End(letter.role), localdate(now)
        _end(letter.request, role, ground=letter.ground, on=on, actor=actor, now=now, document=document.mark)


def note_served(document: Document, *, served_on: date, actor: Actor, now: datetime) -> None:
    """Called when a letter was served: the 14 days of a notice run from the day it reached the applicant."""
    letter = _letter_of(document)
    if letter is not None and letter.is_notice and letter.request.ended_on is None:
        _move(letter, served_on, actor=actor, now=now)


def _running(case_id: int, actor: Actor) -> InformationRequest:
    """The request of an open case that the person holds and that has not ended."""
    held_open_case(case_id, actor)
    found = InformationRequest.objects.select_for_update(of=("self",)).select_related("case")
    request = found.filter(case_id=case_id, ended_on=None).first()
    if request is None:
        raise NotARequest("Sprawa nie jest wnioskiem o informację publiczną albo wniosek już zakończono.")
    return request


def _letter_of(document: Document) -> InformationLetter | None:
    return InformationLetter.objects.select_related("request__case").filter(document=document).first()


def _drafted(
    request: InformationRequest,
    role: End | Notice,
    values: dict[str, str],
    *,
    actor: Actor,
    today: date,
    now: datetime,
    ground: Ground | None = None,
    amount: int | None = None,
) -> Document:
    pattern, said = PATTERNS[role], (ENDS | NOTICES)[role]
    title = f"Wniosek o informację publiczną: {said.label}"
    document = draft_document(
        request.case_id,
        actor=actor,
        kind=pattern.kind,
        wording=Wording(title, merged(pattern.text, values), pattern.remedy),
        today=today,
        now=now,
    )
    InformationLetter.objects.create(
        request=request, document=document, role=role.value, ground=ground or "", amount=amount
    )
    return document


def _move(letter: InformationLetter, from_on: date, *, actor: Actor, now: datetime) -> None:
    if letter.role == Notice.LONGER:
        return
    case, until = letter.request.case, free_from(from_on)
    if case.closed_on is not None or ClockEntry.objects.filter(case=case, new_due_on=until).exists():
        return
    notice = Notice(letter.role)
    reason = f"14 dni od powiadomienia z dnia {from_on:%d.%m.%Y}"
    _enter(case, notice, new_due=until, reason=reason, actor=actor, now=now)
    payload = {"due": until.isoformat(), "reason": reason, "law": f"{ACT} {NOTICES[notice].law}"}
    act("move_answer", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)


def _enter(
    case: Case, notice: Notice, *, new_due: date, reason: str, actor: Actor, now: datetime
) -> ClockEntry:
    made = ClockEntry.objects.create(
        case=case,
        kind=ClockEntry.Kind(notice.value),
        new_due_on=new_due,
        reason=reason,
        noted_at=now,
        noted_by_id=actor.account_id,
    )
    set_due(case)
    return made


def _end(
    request: InformationRequest,
    end: End,
    *,
    ground: str,
    on: date,
    actor: Actor,
    now: datetime,
    document: str = "",
    reason: str = "",
) -> None:
    case = request.case
    request.ended_as, request.ended_on, request.ground = end.value, on, ground
    request.due_on = case.due_on or request.received_on
    request.save(update_fields=["ended_as", "ended_on", "ground", "due_on"])
    payload = {"end": ENDS[end].label, "document": document, "reason": reason}
    act("end_request", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)
    settle(case.pk, actor=actor, settled_on=on, document=document, now=now)
