"""How drafts end, and what residents say of the forms: kept without the person, counted for the office."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.citizen import access
from starostwo.citizen.models import Draft, FormUse, Opinion
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures


def note_end(draft: Draft, end: FormUse.End, *, now: datetime) -> None:
    """Count the end of a draft; called inside the transaction that ends it."""
    FormUse.objects.create(
        card_code=draft.card_code,
        form_code=draft.form_code,
        form_version=draft.form_version,
        end=end,
        ended_on=localdate(now),
        last_step=_last_title(draft),
        filled_seconds=draft.filled_seconds,
    )


def _last_title(draft: Draft) -> str:
    """The title of the step at which the draft stopped, as the person saw it."""
    form = procedures.form(draft.form_code, draft.form_version)
    titles = {step.name: step.title["pl"] for step in form.steps} if form else {}
    return titles.get(draft.step, "")


class CannotRate(Exception):
    """The person sent no such application, or has rated it already."""


@transaction.atomic
def rate(submission_id: UUID, *, actor: Actor, ease: int, unclear: str, now: datetime) -> None:
    """Keep what the sender says of the form, once for each application, without his name."""
    sent = access.visible_drafts(actor).filter(submission=submission_id, is_rated=False)
    draft = sent.select_for_update(of=("self",)).first()
    if draft is None:
        raise CannotRate(str(submission_id))
    draft.is_rated = True
    draft.save(update_fields=["is_rated"])
    Opinion.objects.create(
        card_code=draft.card_code, ease=ease, unclear=unclear.strip(), given_on=localdate(now)
    )


def may_rate(submission_id: UUID, *, actor: Actor) -> bool:
    """Say if the person can still say how it went."""
    return access.visible_drafts(actor).filter(submission=submission_id, is_rated=False).exists()
