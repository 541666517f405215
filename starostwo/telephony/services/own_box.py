"""What a person did with his voicemail by telephone, carried out as on the screen."""

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate

from starostwo.office.api import Actor, actor_for
from starostwo.telephony.agent import wav
from starostwo.telephony.agent.own_box import DELETE, GREETING, HEAR
from starostwo.telephony.models import Extension, Greeting
from starostwo.telephony.services import greetings, voicemail
from starostwo.telephony.services.phones import NoSuchPhone

log = logging.getLogger(__name__)


def carry_out(acts: Path, *, now: datetime) -> int:
    """Do what the cards of a box say, as the person whose phone it is; say how many were done.

    Raises what the database raises while it is away; the rest of the folder waits too.
    """
    done = 0
    for card in sorted(acts.glob("*.json")):
        said = json.loads(card.read_text(encoding="utf-8"))
        sound = acts / str(said.get("sound", ""))
        try:
            _do(said, sound, _owner(said["number"], now), now)
            done += 1
        except (NoSuchPhone, voicemail.NoSuchMessage, wav.UnfitSound, FileNotFoundError) as refused:
            log.warning("an act of the voicemail was refused: %s %r", said["act"], refused)
        card.unlink()
        if said["act"] == GREETING:
            sound.unlink(missing_ok=True)
    return done


def _do(said: dict[str, Any], sound: Path, actor: Actor, now: datetime) -> None:
    if said["act"] == HEAR:
        voicemail.mark_heard(said["message"], actor=actor, now=now)
    elif said["act"] == DELETE:
        voicemail.mark_heard(said["message"], actor=actor, now=now)
        voicemail.delete(said["message"], actor=actor, now=now)
    elif said["act"] == GREETING:
        greetings.set_own(said["number"], wav.read(sound), Greeting.Origin.PHONE, actor=actor, now=now)


def _owner(number: str, now: datetime) -> Actor:
    found = Extension.objects.select_related("account").filter(pk=number).first()
    if found is None or found.account is None:
        raise NoSuchPhone(number)
    return actor_for(found.account, today=localdate(now))
