"""Verbs of signing in and out: password, code, tries counted, every try in the log."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.office import tries
from starostwo.office.directory import Directory, DirectoryDown, opens
from starostwo.office.models import Account, SignIn
from starostwo.office.services import second_factor
from starostwo.office.services.refusal import Refusal
from starostwo.platform.polish import plural

log = logging.getLogger(__name__)
WINDOW_SECONDS = 15 * 60
TRIES_OF_ONE_VISITOR = 5
TRIES_OF_ONE_LOGIN = 20
TRIES_OF_ONE_ADDRESS = 100
TRIES_OF_CODES = 5


@dataclass(frozen=True)
class Visitor:
    """From where somebody tries to sign in."""

    address: str | None
    browser: str = ""


class TooManyTries(Refusal):
    """Tries are used up; the text says when to try again, the same for accounts that do not exist."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        minutes = -(-retry_after // 60)
        wait = f"{minutes} {plural(minutes, 'minutę', 'minuty', 'minut')}"
        super().__init__(f"Za dużo nieudanych prób logowania. Proszę spróbować ponownie za {wait}.")


class WrongLoginOrPassword(Refusal):
    """The pair does not open an account; which half is wrong is not said."""

    def __init__(self) -> None:
        super().__init__("Login lub hasło jest nieprawidłowe. Proszę sprawdzić i wpisać jeszcze raz.")


class DirectoryIsSilent(Refusal):
    """The office's directory does not answer, so nobody whose password it keeps gets in by password."""

    def __init__(self) -> None:
        super().__init__(
            "Katalog urzędu, który sprawdza to hasło, teraz nie odpowiada. Proszę spróbować za kilka minut, "
            "zalogować się kluczem dostępu albo zawiadomić administratora."
        )


def check_password(*, login: str, password: str, visitor: Visitor, now: datetime) -> Account:
    """Return the account of staff that login and password open; count the try before anything else."""
    typed = login.strip().lower()[:60]
    _count_password_try(typed, visitor, now)
    account = Account.objects.filter(login=typed, kind=Account.Kind.STAFF).first()
    if account is None:
        make_password(password)  # as long as a comparison takes
        _refuse_password(None, typed, visitor, now)
    elif not _is_right(account, password) or not is_open(account, today=localdate(now)):
        _refuse_password(account, typed, visitor, now)
    else:
        tries.forget(_pair(typed, visitor))
        return account
    raise WrongLoginOrPassword


def _is_right(account: Account, password: str) -> bool:
    """By the hash that we keep, or by the directory where the account's password is kept there."""
    if not account.in_directory:
        return account.check_password(password)
    make_password(password)  # as long as a comparison takes
    known = Directory(settings.LDAP_URL, settings.LDAP_NAMES, settings.LDAP_AUTHORITY)
    try:
        return opens(known, login=account.login, password=password)
    except DirectoryDown as fault:
        log.warning("The directory did not check a password: %s", fault)
        raise DirectoryIsSilent from fault


def _count_password_try(typed: str, visitor: Visitor, now: datetime) -> None:
    waits = [
        tries.wait_for(_of_address(visitor), limit=TRIES_OF_ONE_ADDRESS, now=now),
        tries.wait_for(_of_login(typed), limit=TRIES_OF_ONE_LOGIN, now=now),
        tries.allow(_pair(typed, visitor), limit=TRIES_OF_ONE_VISITOR, per_seconds=WINDOW_SECONDS, now=now),
    ]
    longest = max((wait for wait in waits if wait is not None), default=None)
    if longest is not None:
        _log(None, SignIn.Outcome.BLOCKED, visitor, now)
        raise TooManyTries(longest)


def _refuse_password(account: Account | None, typed: str, visitor: Visitor, now: datetime) -> None:
    """Only failures count against a login and an address: a whole office may share one address."""
    tries.allow(_of_login(typed), limit=TRIES_OF_ONE_LOGIN, per_seconds=WINDOW_SECONDS, now=now)
    tries.allow(_of_address(visitor), limit=TRIES_OF_ONE_ADDRESS, per_seconds=WINDOW_SECONDS, now=now)
    _log(account, SignIn.Outcome.BAD_PASSWORD, visitor, now)


def check_code(account: Account, *, code: str, visitor: Visitor, now: datetime) -> str:
    """Use up a code of the account's second factor; return the way it was proved."""
    key = f"sign-in:code:{account.pk}"
    wait = tries.allow(key, limit=TRIES_OF_CODES, per_seconds=WINDOW_SECONDS, now=now)
    if wait is not None:
        _log(account, SignIn.Outcome.BLOCKED, visitor, now)
        raise TooManyTries(wait)
    try:
        way = second_factor.use_code(account, code=code, now=now)
    except second_factor.WrongCode:
        _log(account, SignIn.Outcome.BAD_CODE, visitor, now)
        raise
    tries.forget(key)
    return f"hasło i {way}"


def is_open(account: Account, *, today: date) -> bool:
    """Whether the account may be used today."""
    return account.is_active and (account.expires_on is None or account.expires_on > today)


@transaction.atomic
def note_sign_in(account: Account, *, way: str, visitor: Visitor, session_key: str, now: datetime) -> None:
    """Write down that somebody signed in, and the session that this opened."""
    _log(account, SignIn.Outcome.OK, visitor, now, way=way, session_key=session_key)
    audit.record(
        actor=f"account:{account.pk}",
        actor_name=account.name,
        verb="sign_in",
        thing=f"office.account:{account.pk}",
        payload={"way": way, "address": visitor.address or ""},
        at=now,
    )


def note_sign_out(session_key: str, *, now: datetime) -> None:
    """Write down that the session is over."""
    SignIn.objects.filter(session_key=session_key, ended_at=None).update(ended_at=now)


def _log(
    account: Account | None,
    outcome: SignIn.Outcome,
    visitor: Visitor,
    now: datetime,
    *,
    way: str = "",
    session_key: str = "",
) -> None:
    """What was typed is not kept: people type passwords into the wrong field."""
    SignIn.objects.create(
        account=account,
        outcome=outcome,
        way=way,
        address=visitor.address,
        browser=visitor.browser[:200],
        session_key=session_key,
        at=now,
    )


def _pair(typed: str, visitor: Visitor) -> str:
    return f"sign-in:pair:{visitor.address}:{typed}"


def _of_login(typed: str) -> str:
    return f"sign-in:login:{typed}"


def _of_address(visitor: Visitor) -> str:
    return f"sign-in:address:{visitor.address}"
