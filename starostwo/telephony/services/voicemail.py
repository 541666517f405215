"""Voice messages: taken from the box of an exchange into the store, heard, deleted, erased in time."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.channels import api as channels
from starostwo.files import api as files
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.telephony.agent.voicemail import Message, read_card
from starostwo.telephony.models import VoiceMessage
from starostwo.telephony.queries import voicemail as queries
from starostwo.telephony.rules.voicemail import deleted_before, taken_before

WAV = "audio/wav"
LARGEST = 8_000_000  # bytes: more than the longest message has
BOX = "voicemail"
BOX_NAME = "poczta głosowa"
SUBJECT = "Nowa wiadomość w poczcie głosowej"
WORDS = "Skrzynka {number}: nowa wiadomość głosowa, {seconds} s. Odsłuchasz ją: Telefony, Poczta głosowa."


class NoSuchMessage(Exception):
    """There is no such message, or it is another person's."""


class Act(Protocol):
    """What somebody does with a message that he may hear."""

    def __call__(self, message_id: int, *, actor: Actor, now: datetime) -> VoiceMessage:
        """Do it; NoSuchMessage where he may not hear it."""


@dataclass(frozen=True)
class Facts:
    """What the box knows of a message, as it is kept."""

    name: str
    number: str
    caller: str
    caller_name: str
    call_id: str
    began_at: datetime
    seconds: int


def collect(ready: Path, *, now: datetime) -> int:
    """Take every finished message of a box; say how many. What cannot be taken now stays in the folder.

    Raises what the database raises while it is away; the rest of the folder waits too.
    """
    taken = 0
    for card in sorted(ready.glob("*.json")):
        message = read_card(card)
        if message is None:
            continue
        taken += take(message, now=now)
        card.unlink()
        message.path.unlink(missing_ok=True)
    return taken


def take(message: Message, *, now: datetime) -> bool:
    """Keep a message and tell those whose box it is; one that came twice is kept once."""
    if VoiceMessage.objects.filter(name=message.name).exists():
        return False
    with message.path.open("rb") as sound:
        blob = files.put(sound, name=f"{message.name}.wav", limit=LARGEST, inspection=files.Inspection(WAV))
    facts = Facts(
        message.name, message.mailbox, message.caller[:200], message.caller_name[:200],
        message.call_id[:255], message.began_at, round(message.seconds),
    )  # fmt: skip
    _keep(facts, blob, now)
    return True


@transaction.atomic
def _keep(facts: Facts, blob: files.Blob, now: datetime) -> None:
    account_id, group, told = queries.hearers(facts.number)
    made = VoiceMessage.objects.create(
        **asdict(facts), account_id=account_id, group=group, blob=blob, taken_at=max(now, facts.began_at)
    )
    audit.record(
        actor=BOX, actor_name=BOX_NAME, verb="take", thing=_thing(made),
        payload={"number": facts.number, "seconds": facts.seconds}, at=now,
    )  # fmt: skip
    words = WORDS.format(number=facts.number, seconds=facts.seconds)
    for address in office.colleagues.emails(told).values():
        channels.tell(channels.Notice(SUBJECT, words, words), email=address, phone="")


@transaction.atomic
def mark_heard(message_id: int, *, actor: Actor, now: datetime) -> VoiceMessage:
    """Say that the message was heard; the first who says so is noted."""
    found = _locked(message_id, actor)
    if found.heard_at is None:
        found.heard_at, found.heard_by_id = now, actor.account_id
        found.save(update_fields=["heard_at", "heard_by"])
        _note("hear", found, actor, now)
    return found


@transaction.atomic
def delete(message_id: int, *, actor: Actor, now: datetime) -> VoiceMessage:
    """Put the message away; for some days it can be brought back."""
    found = _locked(message_id, actor)
    if found.deleted_at is None:
        found.deleted_at = now
        found.save(update_fields=["deleted_at"])
        _note("delete", found, actor, now)
    return found


@transaction.atomic
def bring_back(message_id: int, *, actor: Actor, now: datetime) -> VoiceMessage:
    """Take a deleted message back."""
    found = _locked(message_id, actor)
    if found.deleted_at is not None:
        found.deleted_at = None
        found.save(update_fields=["deleted_at"])
        _note("bring_back", found, actor, now)
    return found


@transaction.atomic
def erase_old(*, now: datetime) -> int:
    """Erase what is too old and what was deleted some days ago; the store lets go of the sound by itself."""
    old = VoiceMessage.objects.filter(began_at__lt=taken_before(now))
    deleted = VoiceMessage.objects.filter(deleted_at__lt=deleted_before(now))
    erased = (old | deleted).delete()[0]
    if erased:
        audit.record(
            actor=BOX, actor_name=BOX_NAME, verb="erase", thing="telephony.message:old",
            payload={"messages": erased}, at=now,
        )  # fmt: skip
    return erased


def _locked(message_id: int, actor: Actor) -> VoiceMessage:
    if queries.message(actor, message_id) is None:
        raise NoSuchMessage(str(message_id))
    return VoiceMessage.objects.select_for_update(of=("self",)).get(pk=message_id)


def _note(verb: str, message: VoiceMessage, actor: Actor, now: datetime) -> None:
    audit.record(actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=_thing(message), at=now)


def _thing(message: VoiceMessage) -> str:
    return f"telephony.message:{message.pk}"
