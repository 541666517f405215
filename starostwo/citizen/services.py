"""Verbs of a resident's draft: begin, answer, attach, close for signing, take the signed file, send."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.citizen import access
from starostwo.citizen.ends import note_end
from starostwo.citizen.joint import cancel_signatures
from starostwo.citizen.models import Draft, DraftFile, FormUse
from starostwo.citizen.paying import charge_before_sending
from starostwo.citizen.printout import printout
from starostwo.citizen.queries import KEPT_FOR, DraftView, view_of
from starostwo.citizen.rules.filling import filled_for
from starostwo.files import api as files
from starostwo.intake import api as intake
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures

FILE_LIMIT = 50 * 1024 * 1024
PDF = b"%PDF-"


class NoSuchService(Exception):
    """There is no such card on this day, or it has no form."""


class NoSuchDraft(Exception):
    """The draft does not exist or belongs to somebody else."""


class DraftIsClosed(Exception):
    """The draft is closed for signing or sent; it must be opened again before it can change."""


class DraftIsNotClosed(Exception):
    """The draft is still being filled or was sent; there is nothing to sign."""


class DraftIsIncomplete(Exception):
    """Answers are missing or wrong; the screen leads to the first of them."""


class TooManyFiles(Exception):
    """The form takes fewer attachments."""


class NoSuchDocument(Exception):
    """The form asks for no document of this name."""


class NameIsTaken(Exception):
    """The draft has a file of this name already."""


class SignedSomethingElse(Exception):
    """The signed file does not hold the document of this draft."""


@transaction.atomic
def begin(
    card_code: str,
    *,
    actor: Actor,
    known: Mapping[str, str],
    now: datetime,
    today: date,
    earlier: UUID | None = None,
) -> Draft:
    """Begin a draft for a service card; `known` are lines of the sender that the account already holds.

    `earlier` is a sent application of the same resident from which he wishes to take his answers.
    """
    card = procedures.card(card_code, on=today)
    form = procedures.form(card.form_code) if card else None
    if card is None or form is None:
        raise NoSuchService(card_code)
    draft = Draft.objects.create(
        account_id=actor.account_id,
        card_code=card.code,
        form_code=form.code,
        form_version=form.version,
        title=card.title,
        most_others=card.co_applicants,
        answers={field.name: known[field.sender] for field in form.fields if known.get(field.sender)}
        | (_carried(earlier, actor, form) if earlier else {}),
        started_at=now,
        saved_at=now,
    )
    _note(draft, "begin", actor, now)
    return draft


@transaction.atomic
def answer(
    draft_id: UUID, *, actor: Actor, step: str, answers: Mapping[str, str], now: datetime
) -> DraftView:
    """Keep the answers of one step, right or wrong, and remember the place; nothing typed is lost."""
    view = locked_draft(draft_id, actor)
    return _keep(view, step, view.answered.with_typed(step, answers), now)


@transaction.atomic
def add_row(draft_id: UUID, *, actor: Actor, step: str, group: str, now: datetime) -> DraftView:
    """Add an empty row to a group: one more owner, plot or tree."""
    view = locked_draft(draft_id, actor)
    return _keep(view, step, view.answered.with_row(step, group), now)


@transaction.atomic
def remove_row(draft_id: UUID, *, actor: Actor, step: str, group: str, row: int, now: datetime) -> DraftView:
    """Take a row out of a group; the rows behind it move up."""
    view = locked_draft(draft_id, actor)
    return _keep(view, step, view.answered.without_row(step, group, row), now)


@transaction.atomic
def attach(
    draft_id: UUID, *, actor: Actor, name: str, content: bytes, now: datetime, kind: str = ""
) -> DraftFile:
    """Add a file to the draft, as one of the documents that the form names or as another one."""
    view = locked_draft(draft_id, actor)
    if kind and all(each.name != kind for each in view.form.documents):
        raise NoSuchDocument(kind)
    if len(view.files) >= view.form.max_attachments:
        raise TooManyFiles(str(view.form.max_attachments))
    if any(file.name == name for file in view.files):
        raise NameIsTaken(name)
    blob = files.put(content, name=name, limit=FILE_LIMIT)
    _save(view.draft, now)
    return DraftFile.objects.create(draft=view.draft, blob=blob, name=name, kind=kind, added_at=now)


@transaction.atomic
def detach(draft_id: UUID, file_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a file out of the draft."""
    view = locked_draft(draft_id, actor)
    DraftFile.objects.filter(draft=view.draft, pk=file_id).delete()
    _save(view.draft, now)


@transaction.atomic
def close(
    draft_id: UUID, *, actor: Actor, addressee: str, now: datetime, today: date, written_by: str = ""
) -> Draft:
    """Make the document to sign, as XML and as PDF; the answers stand until the draft is opened again.

    What a clerk wrote down (`written_by`) may lack documents: the office takes it and calls for them
    (k.p.a. art. 64 par. 2).
    """
    view = locked_draft(draft_id, actor)
    if view.errors:
        raise DraftIsIncomplete(view.errors[0][0])
    if view.documents_missing and not written_by:
        raise DraftIsIncomplete(view.documents_missing[0])
    if view.is_power_missing and not (written_by and view.acting_power):
        raise DraftIsIncomplete("pełnomocnictwo")
    draft, form, named = view.draft, view.form, view.named_files()
    xml = view.answered.xml(addressee=addressee, made_on=today, attachments=named, people=view.people)
    pdf = printout(view, addressee=addressee, now=now, today=today, written_by=written_by)
    draft.document = files.put(xml, name=f"{form.code}.xml", limit=FILE_LIMIT)
    draft.printout = files.put(pdf, name=f"{form.code}.pdf", limit=FILE_LIMIT)
    draft.state = Draft.State.CLOSED
    _save(draft, now, "document", "printout", "state")
    charge_before_sending(view, actor=actor, now=now)
    return draft


@transaction.atomic
def reopen(draft_id: UUID, *, actor: Actor, now: datetime) -> Draft:
    """Open a closed draft to change its answers; the signatures given to it, his and others', fall away."""
    draft = _mine(draft_id, actor)
    if draft.state == Draft.State.SENT:
        raise DraftIsClosed(str(draft_id))
    cancel_signatures(draft, actor=actor, now=now)
    draft.state = Draft.State.FILLING
    draft.document = draft.printout = draft.signed = None
    draft.signed_name = ""
    _save(draft, now, "state", "document", "printout", "signed", "signed_name")
    return draft


class NotAllHaveSigned(Exception):
    """Somebody who applies together has not signed yet."""


def check_sendable(view: DraftView) -> None:
    """Refuse to send an application that somebody has still to sign; the database refuses it as well."""
    if not view.may_be_sent:
        raise NotAllHaveSigned(str(view.draft.pk))


@transaction.atomic
def take_signed(draft_id: UUID, *, actor: Actor, name: str, content: bytes, now: datetime) -> Draft:
    """Keep the signed file that came back: our XML with a signature inside, or our PDF signed."""
    draft = _mine(draft_id, actor)
    if draft.state != Draft.State.CLOSED:
        raise DraftIsNotClosed(str(draft_id))
    if not is_signed_copy(draft, content):
        raise SignedSomethingElse(name)
    draft.signed = files.put(content, name=name, limit=FILE_LIMIT)
    draft.signed_name = name
    _save(draft, now, "signed", "signed_name")
    return draft


@transaction.atomic
def mark_sent(draft_id: UUID, *, actor: Actor, submission: UUID, now: datetime) -> Draft:
    """Note under which submission the draft was received; sending again finds the same one."""
    draft = _mine(draft_id, actor)
    if draft.state == Draft.State.CLOSED:
        draft.state = Draft.State.SENT
        draft.submission = submission
        _save(draft, now, "state", "submission")
        _note(draft, "send", actor, now)
        note_end(draft, FormUse.End.SENT, now=now)
    return draft


@transaction.atomic
def discard(draft_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Throw away a draft that was not sent, at the resident's wish."""
    draft = _mine(draft_id, actor)
    if draft.state == Draft.State.SENT:
        raise DraftIsClosed(str(draft_id))
    _note(draft, "discard", actor, now)
    note_end(draft, FormUse.End.DISCARDED, now=now)
    intake.payments.withdraw(draft.pk, actor=actor.audit_name, now=now)
    draft.delete()


@transaction.atomic
def discard_forgotten(*, now: datetime) -> int:
    """Throw away the drafts that nobody touched for 30 days; return how many."""
    forgotten = Draft.objects.exclude(state=Draft.State.SENT).filter(saved_at__lt=now - KEPT_FOR)
    count = 0
    for draft in forgotten.select_for_update(of=("self",), skip_locked=True):
        audit.record(actor="system", verb="discard", thing=_thing(draft), payload={"why": "30 dni"}, at=now)
        note_end(draft, FormUse.End.FORGOTTEN, now=now)
        intake.payments.withdraw(draft.pk, actor="system", now=now)
        draft.delete()
        count += 1
    return count


def _carried(earlier: UUID, actor: Actor, form: procedures.Definition) -> dict[str, str]:
    """What the resident's own sent application says in a new one."""
    draft = access.visible_draft(actor, earlier)
    old = procedures.form(draft.form_code, draft.form_version) if draft else None
    if draft is None or old is None or draft.state != Draft.State.SENT:
        raise NoSuchDraft(str(earlier))
    return procedures.Answered(old, draft.answers).carried_to(form)


def _keep(view: DraftView, step: str, answers: dict[str, str], now: datetime) -> DraftView:
    view.draft.answers = answers
    view.draft.step = step
    _save(view.draft, now, "answers", "step")
    return replace(view)


def is_signed_copy(draft: Draft, content: bytes) -> bool:
    """A signed PDF goes on where ours ends; a signed XML says the same as ours."""
    if content.startswith(PDF):
        ours = _bytes_of(draft.printout)
        return content.startswith(ours) and len(content) > len(ours)
    said = procedures.recognise(content)
    return said is not None and said == procedures.recognise(_bytes_of(draft.document))


def _bytes_of(blob: files.Blob | None) -> bytes:
    if blob is None:
        return b""
    with files.open_blob(blob.sha256) as file:
        return file.read()


def _mine(draft_id: UUID, actor: Actor) -> Draft:
    """The draft, locked until the transaction ends."""
    draft = access.visible_drafts(actor).select_for_update(of=("self",)).filter(pk=draft_id).first()
    if draft is None:
        raise NoSuchDraft(str(draft_id))
    return draft


def locked_draft(draft_id: UUID, actor: Actor) -> DraftView:
    """A draft that may be changed, locked, with its form and files."""
    draft = _mine(draft_id, actor)
    if draft.state != Draft.State.FILLING:
        raise DraftIsClosed(str(draft_id))
    form = procedures.form(draft.form_code, draft.form_version)
    if form is None:
        raise NoSuchService(draft.form_code)
    return view_of(draft, form, actor=actor)


def _save(draft: Draft, now: datetime, *fields: str) -> None:
    draft.filled_seconds += round(filled_for(now - draft.saved_at).total_seconds())
    draft.saved_at = now
    draft.save(update_fields=[*fields, "saved_at", "filled_seconds"])


def _note(draft: Draft, verb: str, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor.audit_name, verb=verb, thing=_thing(draft), payload={"card": draft.card_code}, at=now
    )


def _thing(draft: Draft) -> str:
    return f"citizen.draft:{draft.pk}"
