"""Deciding about what looks like personal data: it is let through with a reason, or taken out of the text."""

from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Decision, Version
from starostwo.bulletin.queries.personal_data import undecided
from starostwo.office.api import Actor


class CannotDecide(Exception):
    """There is no such finding without a decision, or no reason was given."""


@transaction.atomic
def let_through(version_id: int, key: str, *, actor: Actor, reason: str, now: datetime) -> Decision:
    """Decide that a finding may be published, and why; the decision stays with the information."""
    found_version = Version.objects.select_for_update(of=("self",)).select_related("item__section__body")
    version = found_version.get(pk=version_id)
    access.demand_editor(actor, access.body_of(version.item))
    found = next((one.finding for one in undecided(version) if one.finding.key == key), None)
    if found is None or not reason.strip():
        raise CannotDecide(key)
    made = Decision.objects.create(
        item=version.item,
        key=key,
        kind=found.kind,
        masked=found.masked,
        reason=reason.strip(),
        decided_by_id=actor.account_id,
        decided_at=now,
    )
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb="let_through",
        thing=str(version.item),
        payload={"kind": found.kind, "masked": found.masked, "reason": made.reason},
        at=now,
    )
    return made
