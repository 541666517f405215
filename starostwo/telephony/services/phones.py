"""Phones: who has which number, what he may call, where calls go when he does not answer."""

import hashlib
import secrets
import string
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from starostwo.office.api import Actor
from starostwo.telephony import access
from starostwo.telephony.models import Credential, Extension, Node, Number
from starostwo.telephony.rules.classes import INTERNAL
from starostwo.telephony.services.writing import MayNotManage, must_manage, note

DOMAIN = "starostwo"
PASSWORD_LETTERS = string.ascii_letters + string.digits
PASSWORD_LENGTH = 24
RINGS_ITSELF = "forward_to_itself"


class NumberIsTaken(Exception):
    """The number rings something already."""


class NoSuchPhone(Exception):
    """There is no such phone."""


class ForwardsToItself(Exception):
    """A phone would forward to itself; the text names the field."""


@dataclass(frozen=True)
class Forwards:
    """Where calls go: internal or outside numbers as they are kept, empty is nowhere."""

    forward_always: str = ""
    forward_busy: str = ""
    forward_no_answer: str = ""
    has_voicemail: bool = True
    ring_seconds: int = 20
    is_quiet: bool = False


@dataclass(frozen=True)
class Phone:
    """What the administrator says of a phone; ids of rows of office."""

    label: str
    account_id: int | None = None
    unit_id: int | None = None
    may_call: int = INTERNAL
    shows_id: int | None = None
    is_blocked: bool = False


@transaction.atomic
def add_phone(
    number: str, node: Node, said: Phone, forwards: Forwards, *, actor: Actor, now: datetime
) -> Extension:
    """Give a new number to a phone."""
    must_manage(actor)
    _must_not_ring_itself(number, forwards)
    try:
        with transaction.atomic():
            row = Number.objects.create(number=number, kind=Number.Kind.PHONE, node=node)
    except IntegrityError as error:
        raise NumberIsTaken(number) from error
    made = Extension.objects.create(number=row, **asdict(said), **asdict(forwards))
    note("add", "phone", number, {"node": node.code} | asdict(said) | asdict(forwards), actor, now)
    return made


@transaction.atomic
def change_phone(
    number: str, node: Node, said: Phone, forwards: Forwards, *, actor: Actor, now: datetime
) -> Extension:
    """Change what is said of a phone; its number stays."""
    must_manage(actor)
    _must_not_ring_itself(number, forwards)
    found = _locked(number)
    Number.objects.filter(pk=number).update(node=node)
    _set(found, asdict(said) | asdict(forwards))
    note("change", "phone", number, {"node": node.code} | asdict(said) | asdict(forwards), actor, now)
    return found


@transaction.atomic
def set_forwards(number: str, forwards: Forwards, *, actor: Actor, now: datetime) -> Extension:
    """The person whose phone it is says where its calls go."""
    found = _locked(number)
    if not access.may_set_own(actor, found.account_id):
        raise MayNotManage
    _must_not_ring_itself(number, forwards)
    _set(found, asdict(forwards))
    note("forward", "phone", number, asdict(forwards), actor, now)
    return found


@transaction.atomic
def new_password(number: str, *, actor: Actor, now: datetime) -> str:
    """Give a phone a new password and return it this once; only its HA1 is kept.

    Source: RFC 2617 sec. 3.2.2.2.
    """
    must_manage(actor)
    _locked(number)
    password = "".join(secrets.choice(PASSWORD_LETTERS) for _ in range(PASSWORD_LENGTH))
    Credential.objects.filter(pk=number).delete()
    Credential.objects.create(
        extension_id=number, ha1=ha1(number, password), set_at=now, set_by=actor.audit_name
    )
    note("password", "phone", number, {}, actor, now)
    return password


def ha1(number: str, password: str) -> str:
    """What the exchange compares with: MD5 of number, realm and password."""
    return hashlib.md5(f"{number}:{DOMAIN}:{password}".encode(), usedforsecurity=False).hexdigest()


def _must_not_ring_itself(number: str, forwards: Forwards) -> None:
    for name, target in asdict(forwards).items():
        if target == number:
            raise ForwardsToItself(name)


def _locked(number: str) -> Extension:
    found = Extension.objects.select_for_update().filter(pk=number).first()
    if found is None:
        raise NoSuchPhone(number)
    return found


def _set(phone: Extension, said: dict[str, Any]) -> None:
    for name, value in said.items():
        setattr(phone, name, value)
    phone.save(update_fields=list(said))
