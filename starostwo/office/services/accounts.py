"""Verbs of accounts: open, lock, unlock, give a new password, change one's own data."""

import secrets
from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office import access
from starostwo.office.actor import Actor
from starostwo.office.models import Account, Office, Right, SignIn
from starostwo.office.services.refusal import NotAllowed, Refusal, constraints_speak


class CannotOpenAccount(Refusal):
    """The login is taken or does not fit."""


@transaction.atomic
def open_staff_account(
    actor: Actor,
    *,
    login: str,
    given_name: str,
    family_name: str,
    email: str = "",
    phone: str = "",
    expires_on: date | None = None,
    with_password: bool = True,
) -> tuple[Account, str]:
    """Open an account for a member of staff; return it with the password for the first log-in.

    Without a password (the text is empty) nobody can log in until one is given.
    """
    _must_manage(actor)
    password = secrets.token_urlsafe(12) if with_password else ""
    taken = CannotOpenAccount(f"Login {login} ma już inna osoba. Proszę podać inny.")
    big = CannotOpenAccount("Login pisze się małymi literami.")
    with constraints_speak({"office_account_login_key": taken, "account_login_is_lower_case": big}):
        account = Account.objects.create(
            kind=Account.Kind.STAFF,
            login=login,
            given_name=given_name,
            family_name=family_name,
            email=email,
            phone=phone,
            expires_on=expires_on,
            password=make_password(password or None),
            must_change_password=True,
        )
    _note(actor, "open_account", account, login=login, name=account.name)
    return account, password


@transaction.atomic
def lock_account(actor: Actor, *, account_id: int, now: datetime) -> None:
    """Shut an account at once: nobody signs in, and open sessions end."""
    account = _to_manage(actor, account_id)
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(account, now=now)
    _note(actor, "lock_account", account)


@transaction.atomic
def unlock_account(actor: Actor, *, account_id: int) -> None:
    """Open a locked account again."""
    account = _to_manage(actor, account_id)
    account.is_active = True
    account.save(update_fields=["is_active"])
    _note(actor, "unlock_account", account)


@transaction.atomic
def give_new_password(actor: Actor, *, account_id: int, now: datetime) -> str:
    """Return a new password for one log-in, after which its owner chooses his own."""
    account = _to_manage(actor, account_id)
    if account.kind != Account.Kind.STAFF:
        raise NotAllowed
    password = secrets.token_urlsafe(12)
    account.set_password(password)
    account.must_change_password = True
    account.in_directory = False
    account.save(update_fields=["password", "must_change_password", "in_directory"])
    end_sessions(account, now=now)
    _note(actor, "give_new_password", account)
    return password


class NoDirectory(Refusal):
    """The installation knows no directory."""


@transaction.atomic
def use_directory(actor: Actor, *, account_id: int, now: datetime) -> None:
    """From now on the office's directory checks this person's password; the one kept here is forgotten."""
    account = _to_manage(actor, account_id)
    if account.kind != Account.Kind.STAFF:
        raise NotAllowed
    if not settings.LDAP_URL:
        raise NoDirectory("W tej instalacji nie ustawiono katalogu urzędu (LDAP_URL).")
    account.set_unusable_password()
    account.must_change_password = False
    account.in_directory = True
    account.save(update_fields=["password", "must_change_password", "in_directory"])
    end_sessions(account, now=now)
    _note(actor, "use_directory", account)


class PasswordIsElsewhere(Refusal):
    """The directory keeps the password, so it is changed there."""

    def __init__(self) -> None:
        super().__init__("To hasło sprawdza katalog urzędu (konto domenowe). Proszę zmienić je tam.")


class PasswordTooWeak(Refusal):
    """The password breaks the rules; the texts say which."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def choose_password(account: Account, *, password: str) -> None:
    """Set the password that its owner chose; it differs from the one before."""
    if account.in_directory:
        raise PasswordIsElsewhere
    try:
        validate_password(password, account)
    except ValidationError as fault:
        raise PasswordTooWeak(list(fault.messages)) from fault
    if account.check_password(password):
        raise PasswordTooWeak(["Nowe hasło jest takie samo jak poprzednie. Proszę wybrać inne."])
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    audit.record(
        actor=f"account:{account.pk}",
        actor_name=account.name,
        verb="choose_password",
        thing=f"office.account:{account.pk}",
    )


class OnlyInDemonstration(Refusal):
    """Known passwords exist in a demonstration alone."""


@transaction.atomic
def give_known_password(accounts: Collection[Account], *, password: str) -> None:
    """Give all accounts of the demonstration one known password."""
    if not Office.objects.filter(is_demo=True).exists():
        raise OnlyInDemonstration("Znane hasła istnieją tylko w instalacji demonstracyjnej.")
    Account.objects.filter(pk__in=[account.pk for account in accounts]).update(
        password=make_password(password), must_change_password=False
    )


@transaction.atomic
def change_contact(
    account: Account,
    *,
    email: str,
    phone: str,
    street: str = "",
    building: str = "",
    flat: str = "",
    postcode: str = "",
    town: str = "",
) -> None:
    """Keep the contact data that the owner of the account gave."""
    contact = {
        "email": email,
        "phone": phone,
        "street": street,
        "building": building,
        "flat": flat,
        "postcode": postcode,
        "town": town,
    }
    changed = sorted(field for field, value in contact.items() if getattr(account, field) != value)
    for field in changed:
        setattr(account, field, contact[field])
    account.save(update_fields=changed)
    audit.record(
        actor=f"account:{account.pk}",
        actor_name=account.name,
        verb="change_contact",
        thing=f"office.account:{account.pk}",
        payload={"fields": changed},
    )


@transaction.atomic
def end_own_session(actor: Actor, *, sign_in_id: int, now: datetime) -> None:
    """End one of the actor's own sessions, for example on a computer left behind."""
    found = SignIn.objects.filter(pk=sign_in_id, account_id=actor.account_id, ended_at=None).first()
    if found is None or not found.session_key:
        raise NotAllowed
    Session.objects.filter(session_key=found.session_key).delete()
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb="end_session",
        thing=f"office.account:{actor.account_id}",
        payload={"sign_in": found.pk},
        at=now,
    )


@transaction.atomic
def keep_one_session(account: Account, *, old_key: str, new_key: str, now: datetime) -> None:
    """After a change of password: the session goes on under its new key, all others end."""
    SignIn.objects.filter(account=account, session_key=old_key).update(session_key=new_key)
    end_sessions(account, now=now, but=new_key)


def end_sessions(account: Account, *, now: datetime, but: str = "") -> None:
    """End all open sessions of the account, except the named one."""
    open_ones = SignIn.objects.filter(account=account, ended_at=None).exclude(session_key__in=["", but])
    Session.objects.filter(session_key__in=list(open_ones.values_list("session_key", flat=True))).delete()
    open_ones.update(ended_at=now)


def _must_manage(actor: Actor) -> None:
    if not access.may_manage(actor):
        raise NotAllowed


def _to_manage(actor: Actor, account_id: int) -> Account:
    _must_manage(actor)
    account = Account.objects.select_for_update(of=("self",)).filter(pk=account_id).first()
    if account is None:
        raise NotAllowed
    return account


def _note(actor: Actor, verb: str, account: Account, **facts: object) -> None:
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb=verb,
        thing=f"office.account:{account.pk}",
        payload=facts,
        in_place_of=actor.lends(Right.ADMIN),
    )
