"""Verbs of personal tokens, with which programs act as their owners."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.office.actor import Actor
from starostwo.office.models import ApiToken, Right
from starostwo.office.services.refusal import NotAllowed, Refusal

LONGEST = timedelta(days=366)
PREFIX = "st_"


class CannotMakeToken(Refusal):
    """The token would reach further than its owner or last too long."""


@transaction.atomic
def make_token(
    actor: Actor, *, name: str, scope: Iterable[Right], expires_on: date, now: datetime
) -> tuple[ApiToken, str]:
    """Make a token of the person who acts; return it with the secret, which is never shown again."""
    wanted = frozenset(scope)
    if not actor.is_staff or actor.scope is not None:
        raise NotAllowed
    if not wanted or not wanted <= actor.own.rights:
        raise CannotMakeToken("Token może mieć tylko uprawnienia własnego stanowiska, co najmniej jedno.")
    today = localdate(now)
    if not today < expires_on <= today + LONGEST:
        raise CannotMakeToken("Token jest ważny co najmniej jeden dzień i najwyżej rok.")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account_id=actor.account_id,
        name=name,
        token_hash=hash_of(secret),
        scope=sorted(wanted),
        created_at=now,
        expires_on=expires_on,
    )
    _note(actor, "make_token", token)
    return token, secret


@transaction.atomic
def revoke_token(actor: Actor, *, token_id: int, now: datetime) -> None:
    """Make one's own token worthless at once."""
    token = (
        ApiToken.objects.select_for_update(of=("self",))
        .filter(pk=token_id, account_id=actor.account_id)
        .first()
    )
    if token is None or token.revoked_at is not None:
        raise NotAllowed
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    _note(actor, "revoke_token", token)


def hash_of(secret: str) -> str:
    """What is kept of a token; the secret has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _note(actor: Actor, verb: str, token: ApiToken) -> None:
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb=verb,
        thing=f"office.account:{actor.account_id}",
        payload={"token": token.pk, "name": token.name, "scope": token.scope},
    )
