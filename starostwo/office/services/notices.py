"""Verbs of a resident's notices: choose the ways, confirm a number by a code, take it back."""

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from starostwo.audit import api as audit
from starostwo.office.actor import Actor
from starostwo.office.models import Account, NoticeChoice, NoticeNumber
from starostwo.office.rules.notices import Event, Ways, held_ways
from starostwo.office.services.refusal import NotAllowed

CODE_HOLDS = timedelta(minutes=10)
CODES = 1_000_000
MOST_TRIES = 5


class NumberIsMissing(Exception):
    """Somebody wants an SMS and has confirmed no number."""


@transaction.atomic
def choose_notices(actor: Actor, ways: Mapping[Event, Ways], *, now: datetime, language: str = "") -> None:
    """Keep by which ways the resident is told of each event, and in which language if he says one.

    What the law wants stays on.
    """
    _resident(actor)
    has_number = NoticeNumber.objects.filter(account_id=actor.account_id).exclude(number="").exists()
    if not has_number and any(each.by_text for each in ways.values()):
        raise NumberIsMissing
    held = {event: held_ways(event, each) for event, each in ways.items()}
    for event, each in held.items():
        NoticeChoice.objects.update_or_create(
            account_id=actor.account_id,
            event=event,
            defaults={"by_email": each.by_email, "by_text": each.by_text},
        )
    if language:
        Account.objects.filter(pk=actor.account_id).update(language=language)
    told = {event.value: [each.by_email, each.by_text] for event, each in held.items()}
    _note(actor, "choose_notices", now, ways=told, **({"language": language} if language else {}))


@transaction.atomic
def ask_number(actor: Actor, number: str, *, now: datetime) -> str:
    """Begin to confirm a number, in E.164; return the code for an SMS, of which the hash alone is kept."""
    _resident(actor)
    code = f"{secrets.randbelow(CODES):06d}"
    NoticeNumber.objects.update_or_create(
        account_id=actor.account_id,
        defaults={
            "asked_number": number,
            "code_hash": _hash(actor, number, code),
            "code_until": now + CODE_HOLDS,
            "wrong_tries": 0,
        },
    )
    return code


class CodeIsWrong(Exception):
    """Not the code that was sent; `left` tries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class CodeIsOver(Exception):
    """No code is awaited: none was asked for, its time has passed, or its tries are used up."""


def confirm_number(actor: Actor, code: str, *, now: datetime) -> None:
    """Take the number as the resident's own when the code is right; a wrong try counts."""
    left = _tried(actor, code, now=now)
    if left is not None:
        raise CodeIsWrong(left)


@transaction.atomic
def _tried(actor: Actor, code: str, *, now: datetime) -> int | None:
    """None when the code was right, else how many tries are left; the count is kept either way."""
    _resident(actor)
    row = NoticeNumber.objects.select_for_update().filter(account_id=actor.account_id).first()
    if row is None or not row.asked_number or row.code_until is None or row.code_until <= now:
        raise CodeIsOver
    if row.wrong_tries >= MOST_TRIES:
        raise CodeIsOver
    if not hmac.compare_digest(row.code_hash, _hash(actor, row.asked_number, code)):
        row.wrong_tries += 1
        row.save(update_fields=["wrong_tries"])
        return MOST_TRIES - row.wrong_tries
    row.number, row.confirmed_at = row.asked_number, now
    row.asked_number, row.code_hash, row.code_until, row.wrong_tries = "", "", None, 0
    row.save()
    _note(actor, "confirm_number", now)
    return None


@transaction.atomic
def drop_number(actor: Actor, *, now: datetime) -> None:
    """Forget the number; nothing is told by SMS any more."""
    _resident(actor)
    NoticeNumber.objects.filter(account_id=actor.account_id).delete()
    NoticeChoice.objects.filter(account_id=actor.account_id).update(by_text=False)
    _note(actor, "drop_number", now)


def forget_notices(account: Account) -> None:
    """Forget all choices and the number of an account that is closed."""
    NoticeNumber.objects.filter(account=account).delete()
    NoticeChoice.objects.filter(account=account).delete()


def _resident(actor: Actor) -> None:
    if actor.is_staff:
        raise NotAllowed


def _hash(actor: Actor, number: str, code: str) -> str:
    typed = "".join(code.split())
    return salted_hmac(
        "starostwo.office.number", f"{actor.account_id}:{number}:{typed}", algorithm="sha256"
    ).hexdigest()


def _note(actor: Actor, verb: str, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb=verb,
        thing=f"office.account:{actor.account_id}",
        payload=payload,
        at=now,
    )
