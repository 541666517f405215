"""Translations of short texts: written, changed, taken back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.models import Phrase
from starostwo.portal.services.noting import note


@transaction.atomic
def translate(text: str, *, actor: Actor, into: Mapping[str, str], now: datetime) -> None:
    """Keep what a text is called in other languages; an empty translation is taken back."""
    access.demand_editor(actor)
    for language, translation in into.items():
        if translation:
            Phrase.objects.update_or_create(
                text=text, language=language, defaults={"translation": translation, "changed_at": now}
            )
        else:
            Phrase.objects.filter(text=text, language=language).delete()
    note("translate", "portal.phrases", actor=actor, payload={"text": text, **into}, now=now)
