"""Verbs of powers of attorney: enter one into a draft, take one from an earlier application, give one up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from starostwo.audit import api as audit
from starostwo.citizen import access
from starostwo.citizen.acting import POWER_FILE
from starostwo.citizen.models import Draft, DraftFile, Power
from starostwo.citizen.services import FILE_LIMIT, locked_draft
from starostwo.files import api as files
from starostwo.intake import api as intake
from starostwo.office.api import Actor
from starostwo.procedures.api import applicants
from starostwo.records import api as records

KEPT = (
    "acts_for", "given_name", "family_name", "organisation", "number", "street", "postcode", "town", "basis",
    "scope", "exemption",
)  # fmt: skip


class ActsForHimself(Exception):
    """By the answers of the draft the resident acts in his own name."""


@dataclass(frozen=True)
class NewFile:
    """A file that came with the form."""

    name: str
    content: bytes


@transaction.atomic
def enter_power(
    draft_id: UUID, *, actor: Actor, lines: Mapping[str, str], file: NewFile | None = None, now: datetime
) -> Power:
    """Keep for whom the draft is made and by what right; a new document takes the place of the former."""
    view = locked_draft(draft_id, actor)
    if view.acts_for is applicants.ActsFor.SELF:
        raise ActsForHimself(str(draft_id))
    given = {name: lines.get(name, "") for name in KEPT} | {"acts_for": view.acts_for.value}
    power, _ = Power.objects.update_or_create(draft=view.draft, defaults={**given, "taken_from": None})
    if file is not None:
        blob = files.put(file.content, name=file.name, limit=FILE_LIMIT)
        _put_document(view.draft, blob, file.name, now=now)
    return power


class NoSuchPower(Exception):
    """There is no such standing power of attorney of this resident, or it does not reach to this service."""


@transaction.atomic
def take_power(draft_id: UUID, power_id: int, *, actor: Actor, now: datetime) -> Power:
    """Use a power of attorney from a sent application, with its document, in a draft."""
    view = locked_draft(draft_id, actor)
    found = [each for each in standing_for(view.draft, actor) if each.pk == power_id]
    if not found:
        raise NoSuchPower(str(power_id))
    earlier = found[0]
    power, _ = Power.objects.update_or_create(
        draft=view.draft,
        defaults={**{name: getattr(earlier, name) for name in KEPT}, "taken_from": earlier},
    )
    if document := access.visible_draft_files(actor, earlier.draft_id).filter(kind=POWER_FILE).first():
        _put_document(view.draft, document.blob, document.name, now=now)
    return power


def standing_powers(actor: Actor) -> list[Power]:
    """Return what the resident has acted under and has not given up, the newest first."""
    sent = access.visible_powers(actor).filter(draft__state=Draft.State.SENT, revoked_at=None)
    return list(sent.select_related("draft").order_by("-draft__saved_at", "-id"))


def standing_for(draft: Draft, actor: Actor) -> list[Power]:
    """Return those that reach to the draft's service: general ones, and those for its kind of matter."""
    return [
        power
        for power in standing_powers(actor)
        if power.scope == Power.Scope.ALL
        or (power.scope == Power.Scope.KIND and power.draft.card_code == draft.card_code)
    ]


@transaction.atomic
def revoke_power(power_id: int, *, actor: Actor, now: datetime) -> list[str]:
    """Give a power of attorney up: it is offered no more, and the office is told in each running case.

    Returns the marks of the cases that were told.
    """
    mine = access.visible_powers(actor).filter(draft__state=Draft.State.SENT, revoked_at=None)
    power = mine.select_for_update(of=("self",)).select_related("draft").filter(pk=power_id).first()
    if power is None:
        raise NoSuchPower(str(power_id))
    power.revoked_at = now
    power.save(update_fields=["revoked_at"])
    text = gettext("Zawiadamiam, że nie reprezentuję już: %(name)s. Pełnomocnictwo zostało wypowiedziane.")
    told = _running_cases(power, actor)
    for mark in told:
        records.residents.send_message(mark, actor=actor, text=text % {"name": power.name}, now=now)
    audit.record(
        actor=actor.audit_name,
        verb="revoke_power",
        thing=f"citizen.draft:{power.draft_id}",
        payload={"power": power.pk, "cases": told},
        at=now,
    )
    return told


def _running_cases(power: Power, actor: Actor) -> list[str]:
    """Marks of the running cases into which the application under this power has come."""
    submission_id = power.draft.submission
    sent = intake.of_resident(submission_id, account_id=actor.account_id) if submission_id else None
    return [
        case.mark
        for case in records.residents.resident_cases(actor.account_id)
        if case.mark
        and not case.is_closed
        and sent is not None
        and sent.letter_id in [letter.letter_id for letter in case.sent]
    ]


def _put_document(draft: Draft, blob: files.Blob, name: str, *, now: datetime) -> None:
    """Put the document beside the draft under a name that is free."""
    DraftFile.objects.filter(draft=draft, kind=POWER_FILE).delete()
    taken = set(DraftFile.objects.filter(draft=draft).values_list("name", flat=True))
    free = name if name not in taken else f"pelnomocnictwo-{name}"
    DraftFile.objects.create(draft=draft, blob=blob, name=free, kind=POWER_FILE, added_at=now)
