"""Verbs of drafts: start one from a template, save a text as a new version."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.office.api import Actor
from starostwo.records import document_access
from starostwo.records.models import Case, CaseParty, Document, DocumentVersion, Party
from starostwo.records.queries.document_paper import merge_values
from starostwo.records.rules.acceptance import DocumentState, Move, after
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_fields import merged
from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.services.acts import act
from starostwo.records.services.document_index import index_document


class CannotDraft(Exception):
    """The case is closed or held by somebody else, or the addressee does not belong to it."""


class EditedMeanwhile(Exception):
    """Somebody saved another version since the person began to edit."""


@dataclass(frozen=True)
class Wording:
    """What a clerk writes: the letter's title, its text, what may be done against it, days of a call."""

    title: str
    text: str
    remedy: Remedy
    answer_days: int | None = None


@transaction.atomic
def draft_document(
    case_id: int,
    *,
    actor: Actor,
    kind: Kind,
    addressee_id: int | None = None,
    wording: Wording | None = None,
    today: date,
    now: datetime,
) -> Document:
    """Start a letter of a case: its first version is the template of the kind with the case's data."""
    case = (
        Case.objects.select_for_update(of=("self",)).select_related("holder", "first_letter").get(pk=case_id)
    )
    if not document_access.may_write(actor, case):
        raise CannotDraft("Sprawa jest zakończona albo prowadzi ją kto inny.")
    addressee = _addressee(case, addressee_id)
    chosen = wording or Wording(case.title[:200], KINDS[kind].template, KINDS[kind].remedy)
    document = Document.objects.create(
        case=case,
        kind=kind.value,
        title=chosen.title,
        addressee=addressee,
        remedy=chosen.remedy.value,
        answer_days=chosen.answer_days,
        author_id=actor.account_id,
        created_at=now,
    )
    text = merged(chosen.text, merge_values(case, addressee, today=today, answer_days=chosen.answer_days))
    _add_version(document, text, number=1, actor=actor, now=now)
    index_document(document, text)
    write_act("draft_document", document, actor=actor, now=now)
    return document


@transaction.atomic
def save_version(
    document_id: int, *, actor: Actor, wording: Wording, base: int, today: date, now: datetime
) -> DocumentVersion:
    """Save a text as the next version; `base` is the version that the person began from."""
    document = editable(document_id, actor)
    latest = latest_version(document)
    if latest.number != base:
        raise EditedMeanwhile(f"W międzyczasie zapisano wersję {latest.number}. Porównaj ją ze swoją.")
    values = merge_values(document.case, document.addressee, today=today, answer_days=wording.answer_days)
    text = merged(wording.text, values)
    described = (wording.title, wording.remedy.value, wording.answer_days)
    if text == latest.text and described == (document.title, document.remedy, document.answer_days):
        return latest
    document.title, document.remedy, document.answer_days = described
    document.save(update_fields=["title", "remedy", "answer_days"])
    if text != latest.text:
        latest = _add_version(document, text, number=base + 1, actor=actor, now=now)
    index_document(document, text)
    write_act("edit_document", document, actor=actor, now=now, payload={"version": latest.number})
    return latest


def editable(document_id: int, actor: Actor) -> Document:
    """Lock and return a document that the person may edit now; refuse any other."""
    document = locked(document_id)
    if not document_access.may_write(actor, document.case):
        raise CannotDraft("Sprawa jest zakończona albo prowadzi ją kto inny.")
    after(DocumentState(document.state), Move.EDIT)
    return document


def locked(document_id: int) -> Document:
    """Lock and return a document with its case."""
    documents = Document.objects.select_for_update(of=("self",))
    return documents.select_related("case__holder", "case__first_letter", "addressee").get(pk=document_id)


def latest_version(document: Document) -> DocumentVersion:
    """Return the newest version; a document always has one."""
    return DocumentVersion.objects.filter(document=document).order_by("-number")[:1].get()


def write_act(
    verb: str,
    document: Document,
    *,
    actor: Actor,
    now: datetime,
    in_place_of: str | None = None,
    payload: dict[str, object] | None = None,
) -> None:
    """Write an act on a document into the history of its case, where the case sheet reads it."""
    named = document.mark or f"{document.get_kind_display()} „{document.title}”"
    said = {"document": named, "document_id": document.pk}
    act(
        verb,
        document.case,
        actor=actor,
        now=now,
        holder_id=document.case.holder_id,
        in_place_of=in_place_of,
        payload=said | (payload or {}),
    )


def _addressee(case: Case, party_id: int | None) -> Party | None:
    parties = (
        CaseParty.objects.filter(case=case, to_on=None).select_related("party").order_by("from_on", "id")
    )
    if party_id is None:
        return next((row.party for row in parties), None)
    found = next((row.party for row in parties if row.party_id == party_id), None)
    if found is None:
        raise CannotDraft("Adresat nie jest stroną tej sprawy.")
    return found


def _add_version(
    document: Document, text: str, *, number: int, actor: Actor, now: datetime
) -> DocumentVersion:
    return DocumentVersion.objects.create(
        document=document, number=number, text=text, author_id=actor.account_id, saved_at=now
    )
