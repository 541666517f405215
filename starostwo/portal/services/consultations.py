"""Saying an opinion in a consultation."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy

from starostwo.audit import api as audit
from starostwo.portal.models import Consultation, Opinion

STANCES = {
    "ZA": gettext_lazy("popieram"),
    "PRZECIW": gettext_lazy("nie popieram"),
    "UWAGI": gettext_lazy("mam uwagi"),
}
PUBLIC = "public"


class NotOpen(Exception):
    """The consultation has not begun, or is over."""


@transaction.atomic
def say(consultation_id: int, *, stance: str, text: str, name: str, now: datetime, today: date) -> Opinion:
    """Write an opinion down as it was said; it never changes."""
    consultation = Consultation.objects.select_for_update(of=("self",), no_key=True).get(pk=consultation_id)
    if not (consultation.is_shown and consultation.opens_on <= today <= consultation.closes_on):
        raise NotOpen(gettext("Te konsultacje nie przyjmują teraz opinii."))
    opinion = Opinion.objects.create(
        consultation=consultation, stance=stance, text=text, name=name, sent_on=today, sent_at=now
    )
    payload = {"opinion": opinion.pk}
    audit.record(
        actor=PUBLIC, verb="say", thing=f"portal.consultation:{consultation.pk}", payload=payload, at=now
    )
    return opinion
