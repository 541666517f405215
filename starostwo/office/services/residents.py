"""Verbs of residents' accounts, which come from an identity provider and are keyed by what it vouches for."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from stdnum.pl import pesel as pesel_number

from starostwo.audit import api as audit
from starostwo.office.actor import Actor
from starostwo.office.models import Account
from starostwo.office.services.accounts import end_sessions
from starostwo.office.services.notices import forget_notices
from starostwo.office.services.refusal import NotAllowed
from starostwo.office.vouched import Person

CONTACT = ["email", "phone", "street", "building", "flat", "postcode", "town"]
FORGOTTEN = [*CONTACT, "language", "external_issuer", "external_subject"]


@transaction.atomic
def account_of(person: Person) -> Account:
    """Return the account of the issuer's subject, made at the first log-in; its e-mail address opens nothing.

    Who is known by the same PESEL from another provider that proves it, as this one does, gets that account.
    The name and PESEL follow the provider; contact data belong to the resident after the first log-in.
    """
    vouched = {
        "given_name": person.given_name[:60] or "–",
        "family_name": person.family_name[:80] or "–",
        "pesel": person.pesel if person.pesel and pesel_number.is_valid(person.pesel) else None,
    }
    account, is_new = _same_person(person, vouched["pesel"]), False
    if account is None:
        account, is_new = Account.objects.get_or_create(
            external_issuer=person.issuer,
            external_subject=person.subject,
            defaults=vouched
            | _contact(person)
            | {"kind": Account.Kind.RESIDENT, "login": _login(), "password": "!"},
        )
    changed = sorted(field for field, value in vouched.items() if getattr(account, field) != value)
    for field in changed:
        setattr(account, field, vouched[field])
    if changed:
        account.save(update_fields=changed)
    if is_new or changed:
        audit.record(
            actor=f"account:{account.pk}",
            actor_name=account.name,
            verb="open_account" if is_new else "follow_provider",
            thing=f"office.account:{account.pk}",
            payload={"issuer": person.issuer, "fields": changed},
        )
    return account


@transaction.atomic
def close_own_account(actor: Actor, *, now: datetime) -> None:
    """Close the resident's account for good and forget his PESEL, contact data and the provider's key.

    The name stays, since the office's files name their party; the next log-in opens a new, empty account.
    """
    account = Account.objects.select_for_update().get(pk=actor.account_id)
    if account.kind != Account.Kind.RESIDENT:
        raise NotAllowed
    account.pesel, account.is_active = None, False
    for field in FORGOTTEN:
        setattr(account, field, "")
    account.login = _login()
    account.save(update_fields=["pesel", "is_active", "login", *FORGOTTEN])
    forget_notices(account)
    end_sessions(account, now=now)
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb="close_account",
        thing=f"office.account:{account.pk}",
        at=now,
    )


def proves_pesel(account: Account) -> bool:
    """Say if the account's PESEL is vouched for by a provider that proves it."""
    return bool(account.pesel) and account.external_issuer in settings.PESEL_PROVEN_BY


def proven_pesel(actor: Actor) -> str:
    """The PESEL that the provider of the actor's account vouches for, empty where none does."""
    account = Account.objects.filter(pk=actor.account_id, kind=Account.Kind.RESIDENT).first()
    return (account.pesel or "") if account is not None and proves_pesel(account) else ""


def account_by_pesel(pesel: str) -> int | None:
    """Return the one open account of a resident whose provider proves this PESEL."""
    known = Account.objects.filter(
        kind=Account.Kind.RESIDENT, is_active=True, pesel=pesel, external_issuer__in=settings.PESEL_PROVEN_BY
    )
    found = list(known.values_list("pk", flat=True)[:2]) if pesel else []
    return found[0] if len(found) == 1 else None


def _same_person(person: Person, pesel: str | None) -> Account | None:
    """The one account that another provider opened for this PESEL, where both prove it; see the decision."""
    own = {"external_issuer": person.issuer, "external_subject": person.subject}
    proven = settings.PESEL_PROVEN_BY
    if pesel is None or person.issuer not in proven or Account.objects.filter(**own).exists():
        return None
    known = Account.objects.filter(kind=Account.Kind.RESIDENT, pesel=pesel, external_issuer__in=proven)
    found = list(known.exclude(external_issuer=person.issuer)[:2])
    return found[0] if len(found) == 1 else None


def _login() -> str:
    """A name for the table alone: nobody types it, no password goes with it, and it tells nothing."""
    return f"resident-{secrets.token_hex(16)}"


def _contact(person: Person) -> dict[str, str]:
    street, _, building = person.address.get("street_address", "").rpartition(" ")
    building, _, flat = building.partition("/")
    return {
        "email": person.email[:254] if "@" in person.email else "",
        "street": street[:100],
        "building": building[:20],
        "flat": flat[:20],
        "postcode": person.address.get("postal_code", "")[:10],
        "town": person.address.get("locality", "")[:100],
    }
