"""By which words devices are asked: kept sealed, opened only to ask, shown to nobody and never logged."""

import json
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from starostwo.infrastructure.models import SnmpAccess
from starostwo.infrastructure.services.probing_snmp import Access
from starostwo.infrastructure.services.writing import Refused, explained, must_manage, note
from starostwo.office.api import Actor
from starostwo.platform.sealing import seal, unseal

PURPOSE = "infrastructure.snmp"
SHORTEST = 8  # what SNMPv3 asks of a password (RFC 3414)


@dataclass(frozen=True)
class NewAccess:
    """A community, or a user with two passwords."""

    name: str
    version: str
    community: str = field(default="", repr=False)
    user: str = ""
    auth: str = ""
    auth_secret: str = field(default="", repr=False)
    priv: str = ""
    priv_secret: str = field(default="", repr=False)
    port: int = 161


@transaction.atomic
def keep_access(new: NewAccess, *, actor: Actor, now: datetime) -> SnmpAccess:
    """Keep an access under its name; one of that name gets the new words."""
    must_manage(actor)
    is_v3 = new.version == SnmpAccess.Version.V3
    if is_v3 and not (new.user and new.auth and new.priv):
        raise Refused("user", "Wersja 3 wymaga użytkownika, uwierzytelnienia i szyfrowania.")
    if is_v3 and min(len(new.auth_secret), len(new.priv_secret)) < SHORTEST:
        raise Refused("auth_secret", f"Każde z haseł wersji 3 ma co najmniej {SHORTEST} znaków.")
    if not is_v3 and not new.community:
        raise Refused("community", "Wersja 2c wymaga nazwy społeczności (community).")
    secrets = [new.auth_secret, new.priv_secret] if is_v3 else [new.community]
    said = {
        "version": new.version, "port": new.port, "user": new.user if is_v3 else "",
        "auth": new.auth if is_v3 else "", "priv": new.priv if is_v3 else "",
        "sealed": seal(json.dumps(secrets).encode(), PURPOSE),
    }  # fmt: skip
    with explained():
        made, _ = SnmpAccess.objects.update_or_create(name=new.name.strip(), defaults=said)
    note(made, "keep_access", actor, now, name=made.name, version=made.version)
    return made


def opened(access: SnmpAccess) -> Access:
    """The words themselves, for asking."""
    secrets = json.loads(unseal(access.sealed, PURPOSE))
    if access.version == SnmpAccess.Version.V2C:
        return Access(community=secrets[0], port=access.port)
    return Access(
        user=access.user, auth=access.auth, auth_secret=secrets[0], priv=access.priv, priv_secret=secrets[1],
        port=access.port,
    )  # fmt: skip
