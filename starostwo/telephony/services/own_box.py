"""What a person did with his voicemail by telephone, carried out as on the screen."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.timezone import localdate

from starostwo.office.api import Actor, actor_for
from starostwo.telephony.agent import wav
from starostwo.telephony.agent.own_box import DELETE, GREETING, HEAR
from starostwo.telephony.models import Extension, Greeting
from starostwo.telephony.services import greetings, voicemail
from starostwo.telephony.services.phones import NoSuchPhone

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Act:
    """What a card says was done; `sound` is a file beside the card, None where there is none."""

    what: str
    number: str
    message: int
    sound: Path | None


def carry_out(acts: Path, *, now: datetime) -> int:
    """Do what the cards of a box say, as the person whose phone it is; say how many were done.

    Raises what the database raises while it is away; the rest of the folder waits too.
    """
    done = 0
    for card in sorted(acts.glob("*.json")):
        act = _read(card)
        if act is None:
            log.error("an act of the voicemail cannot be read: %s", card.name)
        else:
            done += _done(act, now)
            if act.sound is not None:
                act.sound.unlink(missing_ok=True)
        card.unlink()
    return done


def _read(card: Path) -> Act | None:
    """Whoever writes cards is trusted less than we are: a sound is taken from beside its card alone."""
    try:
        said = json.loads(card.read_text(encoding="utf-8"))
        name = Path(str(said.get("sound", ""))).name
        sound = card.with_name(name) if name else None
        return Act(str(said["act"]), str(said["number"]), int(said.get("message", 0)), sound)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _done(act: Act, now: datetime) -> bool:
    try:
        _do(act, _owner(act.number, now), now)
    except (NoSuchPhone, voicemail.NoSuchMessage, wav.UnfitSound, FileNotFoundError) as refused:
        log.warning("an act of the voicemail was refused: %s %r", act.what, refused)
        return False
    return True


def _do(act: Act, actor: Actor, now: datetime) -> None:
    if act.what == HEAR:
        voicemail.mark_heard(act.message, actor=actor, now=now)
    elif act.what == DELETE:
        voicemail.mark_heard(act.message, actor=actor, now=now)
        voicemail.delete(act.message, actor=actor, now=now)
    elif act.what == GREETING and act.sound is not None:
        greetings.set_own(act.number, wav.read(act.sound), Greeting.Origin.PHONE, actor=actor, now=now)


def _owner(number: str, now: datetime) -> Actor:
    found = Extension.objects.select_related("account").filter(pk=number).first()
    if found is None or found.account is None:
        raise NoSuchPhone(number)
    return actor_for(found.account, today=localdate(now))
