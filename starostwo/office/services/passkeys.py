"""Verbs of passkeys (WebAuthn): a key kept by the device, unlocked by finger or PIN, opens the account."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from starostwo.audit import api as audit
from starostwo.office import tries
from starostwo.office.models import Account, Passkey
from starostwo.office.services.refusal import NotAllowed, Refusal
from starostwo.office.services.sign_in import (
    TRIES_OF_ONE_ADDRESS,
    WINDOW_SECONDS,
    TooManyTries,
    Visitor,
    is_open,
)

MOST_KEYS = 10
Options = tuple[dict[str, Any], dict[str, Any]]


class PasskeyNotTaken(Refusal):
    """The browser's answer does not fit what was asked."""

    def __init__(self) -> None:
        super().__init__("Klucz dostępu nie pasuje. Proszę spróbować jeszcze raz albo użyć hasła.")


def begin_adding(account: Account) -> Options:
    """Return what the browser needs to make a key, and the state to keep until it answers."""
    known = Passkey.objects.filter(account=account).values_list("credential_id", flat=True)
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(
            id=str(account.pk).encode(), name=account.login, display_name=account.name
        ),
        credentials=[
            PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(key))
            for key in known
        ],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.loads(json.dumps(dict(options))), state


@transaction.atomic
def add_passkey(
    account: Account, *, name: str, answer: Mapping[str, Any], state: Mapping[str, Any], now: datetime
) -> Passkey:
    """Keep the public part of the key that the browser made."""
    try:
        made = _server().register_complete(state, answer)
    except (ValueError, TypeError, KeyError) as fault:
        raise PasskeyNotTaken from fault
    data = made.credential_data
    if (
        data is None
        or not made.is_user_verified()
        or Passkey.objects.filter(account=account).count() >= MOST_KEYS
    ):
        raise PasskeyNotTaken
    passkey = Passkey.objects.create(
        account=account,
        name=name.strip()[:60] or "Klucz dostępu",
        credential_id=data.credential_id,
        credential=bytes(data),
        sign_count=made.counter,
        added_at=now,
    )
    _note(account, "add_passkey", passkey)
    return passkey


@transaction.atomic
def remove_passkey(account: Account, *, passkey_id: int) -> None:
    """Take an own key away."""
    passkey = Passkey.objects.filter(pk=passkey_id, account=account).first()
    if passkey is None:
        raise NotAllowed
    _note(account, "remove_passkey", passkey)
    passkey.delete()


def begin_sign_in() -> Options:
    """Return what the browser needs to use any key that it has for us, and the state to keep."""
    options, state = _server().authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return json.loads(json.dumps(dict(options))), state


def check_passkey(
    *, answer: Mapping[str, Any], state: Mapping[str, Any], visitor: Visitor, now: datetime
) -> Account:
    """Return the account whose key answered; the key itself proves knowledge or finger, and possession."""
    key = f"sign-in:passkey:{visitor.address}"
    wait = tries.allow(key, limit=TRIES_OF_ONE_ADDRESS, per_seconds=WINDOW_SECONDS, now=now)
    if wait is not None:
        raise TooManyTries(wait)
    with transaction.atomic():
        return _check(answer, state, now)


def _check(answer: Mapping[str, Any], state: Mapping[str, Any], now: datetime) -> Account:
    try:
        read = AuthenticationResponse.from_dict(answer)
        known = Passkey.objects.select_for_update(of=("self",)).select_related("account")
        passkey = known.get(credential_id=read.raw_id)
        _server().authenticate_complete(state, [AttestedCredentialData(bytes(passkey.credential))], answer)
    except (ValueError, TypeError, KeyError, Passkey.DoesNotExist) as fault:
        raise PasskeyNotTaken from fault
    count, account = read.response.authenticator_data.counter, passkey.account
    is_copy = count != 0 and count <= passkey.sign_count
    if is_copy or account.kind != Account.Kind.STAFF or not is_open(account, today=localdate(now)):
        raise PasskeyNotTaken
    passkey.sign_count, passkey.used_at = count, now
    passkey.save(update_fields=["sign_count", "used_at"])
    return account


def _server() -> Fido2Server:
    """Keys belong to the installation's own host, and answers come from its own address alone."""
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=host, name="Starostwo"),
        verify_origin=lambda origin: origin == settings.PUBLIC_URL,
    )


def _note(account: Account, verb: str, passkey: Passkey) -> None:
    audit.record(
        actor=f"account:{account.pk}",
        actor_name=account.name,
        verb=verb,
        thing=f"office.account:{account.pk}",
        payload={"passkey": passkey.pk, "name": passkey.name},
    )
