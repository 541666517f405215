"""Verbs of the counter: a clerk takes an application down for somebody present and registers what he signed.

Law: k.p.a. art. 63 par. 1 and 3 (an application made orally is taken down and signed by both), from memory.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.citizen import access, services
from starostwo.citizen.acting import sender_of
from starostwo.citizen.models import AtCounter, Draft
from starostwo.citizen.people import people_of
from starostwo.citizen.queries import DraftView, view_of
from starostwo.files import api as files
from starostwo.intake import api as intake
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.records import api as records

ALONE = 0


class NotAtCounter(Exception):
    """The person takes no applications down, or this one is another clerk's."""


@dataclass(frozen=True)
class Scan:
    """A scanned page or document."""

    name: str
    content: bytes


@transaction.atomic
def begin_at_counter(
    card_code: str, *, actor: Actor, person: Mapping[str, str], identity: str, now: datetime, today: date
) -> Draft:
    """Begin an application of a service for somebody who stands at the counter."""
    if not access.may_write_down(actor):
        raise NotAtCounter(card_code)
    draft = services.begin(card_code, actor=actor, known=person, now=now, today=today)
    draft.most_others = ALONE  # whoever applies together signs the same paper
    draft.save(update_fields=["most_others"])
    name = f"{person.get('given_name', '')} {person.get('family_name', '')}".strip()
    AtCounter.objects.create(draft=draft, person=name, identity=identity)
    return draft


def at_counter(draft_id: UUID, actor: Actor) -> DraftView | None:
    """One application that this clerk takes down."""
    row = access.visible_at_counter(actor).select_related("draft").filter(draft=draft_id).first()
    form = procedures.form(row.draft.form_code, row.draft.form_version) if row else None
    return view_of(row.draft, form, actor=actor) if row and form else None


def open_at_counter(actor: Actor) -> list[AtCounter]:
    """What this clerk has begun and not registered yet, the last touched first."""
    rows = access.visible_at_counter(actor).exclude(draft__state=Draft.State.SENT)
    return list(rows.select_related("draft").order_by("-draft__saved_at"))


class NotSignedOnPaper(Exception):
    """There is no scan of the signed printout."""


def register_at_counter(
    draft_id: UUID, *, actor: Actor, scans: Sequence[Scan], now: datetime
) -> intake.Submission:
    """Register the signed paper with its data through the submission box; a second press gives the same.

    Not in a transaction of its own: the box commits before it gives a receipt.
    """
    view = at_counter(draft_id, actor)
    if view is None or view.draft.state == Draft.State.FILLING:
        raise NotAtCounter(str(draft_id))
    if view.draft.submission is None and not scans:
        raise NotSignedOnPaper(str(draft_id))
    if view.draft.submission is not None:
        return intake.Submission.objects.get(pk=view.draft.submission)
    signed, *others = [intake.Upload(scan.name, io.BytesIO(scan.content)) for scan in scans]
    data = intake.Upload(f"{view.form.code}-dane.xml", _bytes_of(view.draft.document), intake.Part.DATA)
    beside = [intake.Upload(file.name, _bytes_of(file.blob)) for file in view.files]
    attachments = [data, *_as_part(others), *beside]
    origin = _origin(view, actor, localdate(now))
    given = intake.submit(document=signed, attachments=attachments, origin=origin, now=now)
    services.mark_sent(draft_id, actor=actor, submission=given.submission.pk, now=now)
    return given.submission


def _as_part(pages: Sequence[intake.Upload]) -> list[intake.Upload]:
    """Further pages of the signed paper belong to it and are no unnamed attachments."""
    return [intake.Upload(page.name, page.content, intake.Part.SIGNATURE) for page in pages]


def _origin(view: DraftView, actor: Actor, today: date) -> intake.From:
    """The applicant is the sender, on his account when it is known; the clerk is who wrote it down.

    The PESEL of who showed a document goes along: by it an account that he opens later finds the application.
    """
    pesel = _proven_pesel(view)
    account_id = office.residents.account_by_pesel(pesel)
    sender = sender_of(view.answered.sender)
    people = people_of(view, account_id=account_id) or (intake.Person(sender, account_id=account_id),)
    present = view.people.represented is not None  # whoever acts for another stands there himself
    who = intake.Role.REPRESENTATIVE if present else intake.Role.PARTY
    return intake.From(
        sender=sender,
        people=tuple(replace(each, pesel=pesel) if each.role is who else each for each in people),
        fees=tuple(view.fees(today)),
        account_id=account_id,
        channel=records.Channel.COUNTER,
        service_code=view.draft.card_code,
        idempotency_key=str(view.draft.pk),
        application=view.draft.pk,
        clerk=actor,
    )


def _proven_pesel(view: DraftView) -> str:
    """The PESEL of who stood there, when a document was shown."""
    row = AtCounter.objects.get(draft=view.draft)
    return "" if row.identity == AtCounter.Identity.NONE else view.answered.sender.pesel


def _bytes_of(blob: files.Blob | None) -> io.BytesIO:
    if blob is None:
        return io.BytesIO()
    with files.open_blob(blob.sha256) as file:
        return io.BytesIO(file.read())
