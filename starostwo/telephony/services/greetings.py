"""Greetings of the voicemail: one's own set, taken back, and erased with the person's phone."""

from array import array
from datetime import datetime

from django.db import transaction
from django.db.models import F

from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.telephony.agent import wav
from starostwo.telephony.agent.g711 import RATE
from starostwo.telephony.models import Extension, Greeting
from starostwo.telephony.queries import greetings as queries
from starostwo.telephony.rules.greetings import LONGEST
from starostwo.telephony.services.phones import NoSuchPhone
from starostwo.telephony.services.writing import note

WAV = "audio/wav"
LARGEST = round((LONGEST + 1) * RATE * 2) + 44  # bytes


def set_own(
    number: str, samples: "array[int]", origin: Greeting.Origin, *, actor: Actor, now: datetime
) -> Greeting:
    """Let the box of one's own phone say this; NoSuchPhone for another person's."""
    _own(number, actor)
    blob = files.put(
        wav.written(samples), name=f"powitanie-{number}.wav", limit=LARGEST, inspection=files.Inspection(WAV)
    )
    with transaction.atomic():
        phone = _own(number, actor)
        said = {
            "account_id": phone.account_id, "blob": blob, "origin": origin, "set_at": now,
            "seconds": round(len(samples) / RATE),
        }  # fmt: skip
        made, _ = Greeting.objects.update_or_create(extension_id=number, defaults=said)
        note("greeting", "phone", number, {"origin": origin, "seconds": made.seconds}, actor, now)
    return made


@transaction.atomic
def remove_own(number: str, *, actor: Actor, now: datetime) -> bool:
    """Go back to the usual greeting; whether there was one of one's own. The store lets go of the sound."""
    _own(number, actor)
    removed = Greeting.objects.filter(pk=number).delete()[0]
    if removed:
        note("usual_greeting", "phone", number, {}, actor, now)
    return bool(removed)


def erase_strangers() -> int:
    """Erase greetings of people whose phone it is no longer; say how many.

    Law: RODO art. 5 ust. 1 lit. e.
    """
    return Greeting.objects.exclude(account=F("extension__account")).delete()[0]


def _own(number: str, actor: Actor) -> Extension:
    found = queries.own_phone(actor, number)
    if found is None:
        raise NoSuchPhone(number)
    return found
