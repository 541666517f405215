"""Sending a draft through the submission box: the signed document first, everybody named."""

import io
from datetime import datetime

from django.utils.timezone import localdate

from starostwo.citizen import services
from starostwo.citizen.acting import sender_of
from starostwo.citizen.people import people_of, signature_name
from starostwo.citizen.queries import DraftView
from starostwo.files import api as files
from starostwo.intake import api as intake
from starostwo.office.api import Actor
from starostwo.records import api as records

PDF = "application/pdf"
Piece = tuple[str, files.Blob | None, intake.Part]


def send(view: DraftView, *, actor: Actor, now: datetime) -> intake.Submission:
    """Send a closed draft. The draft is the key of repetition: a second time gives the same receipt.

    Not in a transaction of its own: the box commits before it gives a receipt.
    """
    services.check_sendable(view)
    first, *others = [intake.Upload(name, _bytes_of(blob), part) for name, blob, part in _pieces(view)]
    origin = _origin(view, actor, now)
    given = intake.submit(document=first, attachments=others, origin=origin, now=now)
    services.mark_sent(view.draft.pk, actor=actor, submission=given.submission.pk, now=now)
    return given.submission


def _pieces(view: DraftView) -> list[Piece]:
    """The signed file goes first; beside a signed PDF goes the data of the form, behind it all others."""
    draft = view.draft
    is_pdf = draft.signed is not None and draft.signed.media_type == PDF
    data: list[Piece] = [(f"{draft.form_code}-dane.xml", draft.document, intake.Part.DATA)]
    attached: list[Piece] = [(file.name, file.blob, intake.Part.FILE) for file in view.files]
    signed_by_others: list[Piece] = [
        (signature_name(place, each), each.signed, intake.Part.SIGNATURE)
        for place, each in enumerate(view.others, start=1)
    ]
    name = draft.signed_name if draft.signed is not None else f"{draft.form_code}.xml"
    main: Piece = (name, draft.signed or draft.document, intake.Part.FILE)
    return [main, *(data if is_pdf else []), *attached, *signed_by_others]


def _origin(view: DraftView, actor: Actor, now: datetime) -> intake.From:
    return intake.From(
        sender=sender_of(view.answered.sender),
        people=people_of(view, account_id=actor.account_id),
        fees=tuple(view.fees(localdate(now))),
        account_id=actor.account_id,
        channel=records.Channel.ACCOUNT,
        service_code=view.draft.card_code,
        idempotency_key=str(view.draft.pk),
        application=view.draft.pk,
    )


def _bytes_of(blob: files.Blob | None) -> io.BytesIO:
    if blob is None:
        return io.BytesIO()
    with files.open_blob(blob.sha256) as file:
        return io.BytesIO(file.read())
