"""Making the declaration of accessibility and looking it through."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Body, Declaration
from starostwo.bulletin.pages import Press
from starostwo.bulletin.services.publishing import one_at_a_time, place, put_out
from starostwo.office.api import Actor


class CannotDeclare(Exception):
    """The days do not follow each other, or nothing says what is not accessible."""


@dataclass(frozen=True)
class Declared:
    """What a declaration says."""

    site_published_on: date
    site_changed_on: date
    status: str
    exceptions: str
    assessed_by: str
    made_on: date
    reviewed_on: date
    contact: str
    email: str
    phone: str
    building: str
    apps: str


def declare(declared: Declared, body: Body | None = None, *, actor: Actor, now: datetime) -> Declaration:
    """Keep the declaration and publish it at once; the one before it stays in the history."""
    access.demand_editor(actor, body)
    if declared.status != Declaration.Status.FULL and not declared.exceptions.strip():
        raise CannotDeclare("Napisz, które treści są niedostępne i dlaczego.")
    if declared.reviewed_on < declared.made_on:
        raise CannotDeclare("Przegląd nie może być wcześniejszy niż sporządzenie.")
    with transaction.atomic():
        one_at_a_time()
        made = Declaration.objects.create(
            body=body, saved_at=now, saved_by_id=actor.account_id, **asdict(declared)
        )
        audit.record(
            actor=actor.audit_name,
            actor_name=actor.name,
            verb="declare",
            thing=str(made),
            payload={"status": declared.status, "reviewed_on": declared.reviewed_on.isoformat()},
            at=now,
        )
        page = Press(localdate(now), body).declaration()
        put_out([page], body=body, actor=actor.audit_name, account_id=actor.account_id, now=now)
    place(body)
    return made
