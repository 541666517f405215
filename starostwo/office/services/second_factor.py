"""Verbs of the second factor: authenticator app and recovery codes; each code opens once."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.crypto import salted_hmac

from starostwo.audit import api as audit
from starostwo.office import access
from starostwo.office.actor import Actor
from starostwo.office.models import Account, Office, Passkey, RecoveryCode, SecondFactor
from starostwo.office.rules import totp
from starostwo.office.services.accounts import OnlyInDemonstration
from starostwo.office.services.refusal import NotAllowed, Refusal
from starostwo.platform.sealing import seal, unseal

RECOVERY_CODES = 10
PURPOSE = "office.second_factor"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


class WrongCode(Refusal):
    """The code is not that of this moment, or was used already."""

    def __init__(self) -> None:
        super().__init__("Kod jest nieprawidłowy albo już użyty. Proszę wpisać kod, który widać teraz.")


def is_set(account: Account) -> bool:
    """Whether the account has an authenticator."""
    return SecondFactor.objects.filter(account=account).exists()


@transaction.atomic
def confirm_factor(account: Account, *, secret: bytes, code: str, now: datetime) -> list[str]:
    """Keep the authenticator whose code was typed; return new recovery codes, shown this once."""
    step = totp.step_of(code, secret=secret, seconds=now.timestamp(), after=0)
    if step is None:
        raise WrongCode
    SecondFactor.objects.update_or_create(
        account=account,
        defaults={"sealed_secret": seal(secret, PURPOSE), "last_step": step, "confirmed_at": now},
    )
    _note(account, "set_second_factor")
    return _new_recovery_codes(account)


@transaction.atomic
def renew_recovery_codes(account: Account) -> list[str]:
    """Replace all recovery codes; return the new ones, shown this once."""
    _note(account, "renew_recovery_codes")
    return _new_recovery_codes(account)


@transaction.atomic
def use_code(account: Account, *, code: str, now: datetime) -> str:
    """Use up a code of the authenticator or a recovery code; return which of both it was."""
    factor = SecondFactor.objects.select_for_update(of=("self",)).filter(account=account).first()
    if factor is None:
        raise WrongCode
    secret = unseal(factor.sealed_secret, PURPOSE)
    step = totp.step_of(code, secret=secret, seconds=now.timestamp(), after=factor.last_step)
    if step is not None:
        factor.last_step = step
        factor.save(update_fields=["last_step"])
        return "kod"
    spent = RecoveryCode.objects.filter(account=account, code_hash=_hash(account, code), used_at=None)
    if not spent.update(used_at=now):
        raise WrongCode
    _note(account, "use_recovery_code")
    return "kod zapasowy"


@transaction.atomic
def remove_factor(actor: Actor, *, account_id: int) -> None:
    """Take a lost second factor away, so that its owner sets a new one at the next log-in."""
    account = Account.objects.filter(pk=account_id, kind=Account.Kind.STAFF).first()
    if account is None or not access.may_manage(actor):
        raise NotAllowed
    for table in (SecondFactor, RecoveryCode, Passkey):
        table.objects.filter(account=account).delete()
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb="remove_second_factor",
        thing=f"office.account:{account.pk}",
    )


@transaction.atomic
def give_known_factor(accounts: Collection[Account], *, secret: bytes, now: datetime) -> None:
    """Give all accounts of the demonstration one known authenticator."""
    if not Office.objects.filter(is_demo=True).exists():
        raise OnlyInDemonstration("Znane kody istnieją tylko w instalacji demonstracyjnej.")
    sealed = seal(secret, PURPOSE)
    SecondFactor.objects.bulk_create(
        SecondFactor(account=account, sealed_secret=sealed, confirmed_at=now) for account in accounts
    )


def code_for_demonstration(account: Account, *, now: datetime) -> str | None:
    """The next code that will be taken, for the log-in page of a demonstration; None anywhere else."""
    factor = SecondFactor.objects.filter(account=account).first()
    if factor is None or not Office.objects.filter(is_demo=True).exists():
        return None
    step = max(totp.step_at(now.timestamp()), factor.last_step + 1)
    return totp.code_of(unseal(factor.sealed_secret, PURPOSE), step)


def _new_recovery_codes(account: Account) -> list[str]:
    codes = ["-".join(_word() for _ in range(2)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, code_hash=_hash(account, code)) for code in codes
    )
    return codes


def _word() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(5))


def _hash(account: Account, code: str) -> str:
    typed = code.strip().lower().replace(" ", "")
    return salted_hmac("starostwo.office.recovery", f"{account.pk}:{typed}", algorithm="sha256").hexdigest()


def _note(account: Account, verb: str) -> None:
    audit.record(
        actor=f"account:{account.pk}",
        actor_name=account.name,
        verb=verb,
        thing=f"office.account:{account.pk}",
    )
