"""A resident leaves: his drafts and his account's data are deleted, unless something is still going on.

Law: RODO art. 17 ust. 1, art. 17 ust. 3 lit. b, d
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.citizen import access
from starostwo.citizen.ends import note_end
from starostwo.citizen.models import Draft, FormUse
from starostwo.intake import api as intake
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.records import api as records
from starostwo.visits import api as visits


class CannotLeave(Exception):
    """Something still needs the account; the texts say what."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def still_going_on(actor: Actor, *, now: datetime) -> list[str]:
    """What needs the account: no letter would reach the person, no visit could be called off."""
    told = []
    for case in records.residents.resident_cases(actor.account_id):
        name = f"{case.mark}, {case.title}" if case.mark else case.title
        if not case.is_closed:
            told.append(f"Sprawa w toku: {name}.")
        elif case.unopened:
            told.append(f"Nieodebrane pismo z urzędu w sprawie {name}.")
    if any(visit.is_open for visit in visits.all_my_visits(actor, now=now)):
        told.append("Umówiona wizyta. Możesz ją odwołać na stronie Moje wizyty.")
    return [*told, *intake.payments.still_open(actor)]


@transaction.atomic
def leave(actor: Actor, *, now: datetime) -> None:
    """Delete all drafts and close the account; refuse while something is still going on."""
    drafts = list(access.visible_drafts(actor).select_for_update(of=("self",)))
    reasons = still_going_on(actor, now=now)
    if reasons:
        raise CannotLeave(reasons)
    for draft in drafts:
        audit.record(
            actor=actor.audit_name,
            verb="discard",
            thing=f"citizen.draft:{draft.pk}",
            payload={"why": "zamknięcie konta"},
            at=now,
        )
        if draft.state != Draft.State.SENT:
            note_end(draft, FormUse.End.DISCARDED, now=now)
            intake.payments.withdraw(draft.pk, actor=actor.audit_name, now=now)
        draft.delete()
    office.residents.close_own_account(actor, now=now)
