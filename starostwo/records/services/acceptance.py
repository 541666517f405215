"""Verbs of acceptance: hand over a draft, take it back, accept a step, return it with a remark."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.office import api as office
from starostwo.office.api import Actor, Right
from starostwo.records import document_access
from starostwo.records.models import AcceptanceStep, CaseAccess, Document
from starostwo.records.rules import acceptance
from starostwo.records.rules.acceptance import DocumentState, Move, after
from starostwo.records.rules.delivery import Remedy, TooShortACall, call_days, days_named
from starostwo.records.rules.document_fields import gaps, missing_fields
from starostwo.records.rules.document_kinds import Kind, missing_sections
from starostwo.records.services.document_drafts import CannotDraft, latest_version, locked, write_act
from starostwo.records.services.visibility import show_case

WAITING = AcceptanceStep.Outcome.WAITING


class NotReady(Exception):
    """The text still has gaps, fields without a value, or lacks an element that the law wants."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("Pismo nie jest gotowe: " + "; ".join(problems) + ".")
        self.problems = list(problems)


class CannotDecide(Exception):
    """It is not this person's turn to accept, or there is no reason given for a return."""


@transaction.atomic
def submit(document_id: int, *, actor: Actor, acceptors: Sequence[int], now: datetime) -> Document:
    """Hand a draft over to the people in their order; the last one is to sign it."""
    document = locked(document_id)
    if not document_access.may_write(actor, document.case):
        raise CannotDraft("Sprawa jest zakończona albo prowadzi ją kto inny.")
    document.state = after(DocumentState(document.state), Move.SUBMIT).value
    version = latest_version(document)
    if problems := unready(document, version.text, now=now):
        raise NotReady(problems)
    steps = acceptance.plan(acceptors)
    if not steps:
        raise NotReady(["wskaż osobę, która podpisze pismo"])
    _check_rights(steps, on=localdate(now))
    turn = AcceptanceStep.objects.filter(document=document).values("round").distinct().count() + 1
    AcceptanceStep.objects.bulk_create(
        AcceptanceStep(
            document=document,
            version=version,
            round=turn,
            order=step.order,
            is_final=step.is_final,
            acceptor_id=step.acceptor_id,
        )
        for step in steps
    )
    document.save(update_fields=["state"])
    _let_in(document, [step.acceptor_id for step in steps], actor=actor, now=now)
    write_act(
        "submit_document", document, actor=actor, now=now, payload={"version": version.number, "round": turn}
    )
    return document


@transaction.atomic
def withdraw(document_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a document back from acceptance; the steps that waited come to nothing."""
    document = locked(document_id)
    if not document_access.may_write(actor, document.case):
        raise CannotDraft("Sprawa jest zakończona albo prowadzi ją kto inny.")
    document.state = after(DocumentState(document.state), Move.WITHDRAW).value
    document.save(update_fields=["state"])
    _drop_rest(document, actor=actor, now=now)
    write_act("withdraw_document", document, actor=actor, now=now)


@transaction.atomic
def accept(document_id: int, *, actor: Actor, remark: str = "", now: datetime) -> AcceptanceStep:
    """Accept the step whose turn it is; the signature is another verb."""
    document = locked(document_id)
    after(DocumentState(document.state), Move.ACCEPT)
    step = turn_of(document, actor)
    if step.is_final:
        raise CannotDecide("Ostatnim krokiem jest podpis.")
    decide(step, AcceptanceStep.Outcome.ACCEPTED, actor=actor, remark=remark, now=now)
    _write("accept_document", step, document, actor=actor, now=now)
    return step


@transaction.atomic
def return_document(document_id: int, *, actor: Actor, remark: str, now: datetime) -> AcceptanceStep:
    """Return the document for correction with a remark that stays in the file."""
    document = locked(document_id)
    state = after(DocumentState(document.state), Move.RETURN)
    step = turn_of(document, actor)
    if not remark.strip():
        raise CannotDecide("Napisz, co trzeba poprawić.")
    document.state = state.value
    document.save(update_fields=["state"])
    decide(step, AcceptanceStep.Outcome.RETURNED, actor=actor, remark=remark, now=now)
    _drop_rest(document, actor=actor, now=now)
    _write("return_document", step, document, actor=actor, now=now)
    return step


def turn_of(document: Document, actor: Actor) -> AcceptanceStep:
    """Return the step whose turn it is, when it is this person's."""
    step = AcceptanceStep.objects.filter(document=document, outcome=WAITING).order_by("order").first()
    if step is None or not document_access.may_decide(actor, step):
        raise CannotDecide("Teraz nie jest Twoja kolej na akceptację tego pisma.")
    return step


def decide(
    step: AcceptanceStep, outcome: AcceptanceStep.Outcome, *, actor: Actor, remark: str, now: datetime
) -> None:
    """Write what was decided into the step."""
    step.outcome = outcome
    step.remark = remark.strip()
    step.decided_by_id = actor.account_id
    step.decided_at = now
    step.save(update_fields=["outcome", "remark", "decided_by", "decided_at"])


def unready(document: Document, text: str, *, now: datetime) -> list[str]:
    """Name everything that keeps the text from being signed."""
    problems = [f"brak danych: {name}" for name in missing_fields(text)]
    problems += [f"do uzupełnienia: {name}" for name in gaps(text)]
    problems += [f"brak części: {name}" for name in missing_sections(Kind(document.kind), text)]
    if document.addressee_id is None:
        problems.append("brak adresata: dodaj stronę do sprawy")
    if document.remedy == Remedy.ANSWER and _is_short(document, now):
        problems.append("wezwanie musi dać co najmniej 7 dni na odpowiedź (k.p.a. art. 64 § 2)")
    days = days_named(Remedy(document.remedy), on=localdate(now), answer_days=document.answer_days)
    if days is not None and f"{days} dni" not in text:
        problems.append(f"treść nie podaje terminu „{days} dni” (k.p.a. art. 64 § 2, art. 107 § 1 pkt 7)")
    return problems


def _check_rights(steps: Sequence[acceptance.Step], *, on: date) -> None:
    """Each step needs somebody whose post lets him accept, the last one somebody who may sign."""
    accepts = {one.id for one in office.people(on, right=Right.ACCEPT)}
    signs = {one.id for one in office.people(on, right=Right.SIGN)}
    lacking = [step for step in steps if step.acceptor_id not in (signs if step.is_final else accepts)]
    if lacking:
        raise NotReady(
            [f"wskazana osoba nie może {'podpisać' if lacking[0].is_final else 'akceptować'} pisma"]
        )


def _is_short(document: Document, now: datetime) -> bool:
    try:
        call_days(document.answer_days, on=localdate(now))
    except TooShortACall:
        return True
    return False


def _drop_rest(document: Document, *, actor: Actor, now: datetime) -> None:
    AcceptanceStep.objects.filter(document=document, outcome=WAITING).update(
        outcome=AcceptanceStep.Outcome.DROPPED, decided_by_id=actor.account_id, decided_at=now
    )


def _let_in(document: Document, people: Sequence[int], *, actor: Actor, now: datetime) -> None:
    """Acceptors read the case that they decide on."""
    for person in dict.fromkeys(people):
        CaseAccess.objects.get_or_create(
            case=document.case,
            token=f"person:{person}",
            basis=CaseAccess.Basis.ACCEPTANCE,
            withdrawn_at=None,
            defaults={"given_at": now, "given_by_id": actor.account_id},
        )
    show_case(document.case)


def _write(verb: str, step: AcceptanceStep, document: Document, *, actor: Actor, now: datetime) -> None:
    write_act(
        verb,
        document,
        actor=actor,
        now=now,
        in_place_of=actor.acting_for(step.acceptor_id),
        payload={"remark": step.remark, "round": step.round, "step": step.order},
    )
