"""Who may see and do what to documents, their acceptance, dispatch and messages; part of the access rules."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from starostwo.office.api import Actor, Right
from starostwo.records.access import may_handle, people_of, visible_cases
from starostwo.records.models import AcceptanceStep, Case, CaseParty, Dispatch, Document, Letter, LetterSender
from starostwo.records.rules.acceptance import DocumentState


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """Documents of visible cases, those that came to him to accept; for the mail desk all signed ones."""
    of_case = visible_cases(actor).filter(pk=OuterRef("case_id"))
    of_step = AcceptanceStep.objects.filter(document=OuterRef("pk"), acceptor_id__in=people_of(actor))
    to_send = Q(state=DocumentState.SIGNED.value) if actor.may(Right.DISPATCH) else Q(pk__in=[])
    return Document.objects.filter(Exists(of_case) | Exists(of_step) | to_send)


def sees_case(actor: Actor, case: Case) -> bool:
    """Whether the case of a document may be opened too; the mail desk sees letters without their cases."""
    return not actor.tokens.isdisjoint(case.audience)


def may_write(actor: Actor, case: Case) -> bool:
    """Whoever handles an open case drafts its letters."""
    return case.state == Case.State.OPEN and may_handle(actor, case)


def may_decide(actor: Actor, step: AcceptanceStep) -> bool:
    """The acceptor himself or who stands in for him, with the right to accept or to sign."""
    right = Right.SIGN if step.is_final else Right.ACCEPT
    return step.acceptor_id in people_of(actor) and actor.may(right)


def waiting_for(actor: Actor) -> QuerySet[AcceptanceStep]:
    """Steps that wait for the person or for somebody he stands in for, whether or not it is their turn."""
    return AcceptanceStep.objects.filter(
        acceptor_id__in=people_of(actor), outcome=AcceptanceStep.Outcome.WAITING
    )


def may_dispatch(actor: Actor, document: Document) -> bool:
    """The mail desk sends everything; who handles the case sends its letters."""
    return actor.may(Right.DISPATCH) or may_handle(actor, document.case)


def visible_dispatches(actor: Actor) -> QuerySet[Dispatch]:
    """The register of outgoing letters: all of it for the mail desk and its like, else of visible cases."""
    if any(actor.may(right) for right in (Right.DISPATCH, Right.COORDINATE, Right.INSPECT)):
        return Dispatch.objects.all()
    cases = visible_cases(actor).filter(pk=OuterRef("document__case_id"))
    return Dispatch.objects.filter(Exists(cases))


def to_send(actor: Actor) -> Q:
    """Which signed documents the person may send."""
    return Q() if actor.may(Right.DISPATCH) else Q(case__holder_id__in=people_of(actor))


def cases_of_resident(account_id: int) -> QuerySet[Case]:
    """Cases in which the account is a party or represents one today, or that its letter began."""
    roles = CaseParty.objects.filter(case=OuterRef("pk"), party__account_id=account_id, to_on=None)
    return Case.objects.filter(Exists(roles))


def letters_of_resident(account_id: int) -> QuerySet[Letter]:
    """Letters that came from this account, and those on which its owner stands beside who sent them."""
    named = LetterSender.objects.filter(party__account_id=account_id).values_list("letter_id", flat=True)
    return Letter.objects.filter(
        Q(resident_id=account_id) | Q(pk__in=list(named))
    )  # a list uses both indexes


def dispatches_of_resident(account_id: int) -> QuerySet[Dispatch]:
    """Letters that were sent to this account."""
    return Dispatch.objects.filter(account_id=account_id)


def may_converse(actor: Actor, case: Case) -> bool:
    """Who handles the case writes to its parties in it."""
    return may_handle(actor, case)
