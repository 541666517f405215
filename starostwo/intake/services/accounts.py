"""Where money goes: the office names an account for a kind of fees from a day on; the one before it ends."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from starostwo.audit import api as audit
from starostwo.intake import payment_access
from starostwo.intake.models import BankAccount
from starostwo.office.api import Actor
from starostwo.platform.bank_account import digits_of, is_account


class NotAllowed(Exception):
    """Accounts are named by who settles."""


class NotAnAccount(Exception):
    """The number does not check: a digit is wrong or missing."""


class DayIsOver(Exception):
    """An account is named from today at the earliest, and after the one that begins last."""


@transaction.atomic
def name_account(
    kind: str,
    *,
    recipient: str,
    address: str,
    number: str,
    takes_gateway: bool,
    valid_from: date,
    actor: Actor,
    today: date,
    now: datetime,
) -> BankAccount:
    """Name the account to which fees of the kind go from the day on."""
    if not payment_access.may_settle(actor):
        raise NotAllowed(actor.audit_name)
    digits = digits_of(number)
    if not is_account(digits):
        raise NotAnAccount(number)
    rows = BankAccount.objects.select_for_update().filter(kind=kind)
    last = rows.order_by("-valid_from").first()
    if valid_from < today or (last is not None and valid_from <= last.valid_from):
        raise DayIsOver(str(valid_from))
    rows.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    account = BankAccount.objects.create(
        kind=BankAccount.Kind(kind),
        recipient=recipient.strip(),
        address=address.strip(),
        number=digits,
        takes_gateway=takes_gateway,
        valid_from=valid_from,
    )
    payload = {"number": digits, "recipient": account.recipient, "from": valid_from.isoformat()}
    audit.record(actor=actor.audit_name, verb="name_account", thing=str(account), payload=payload, at=now)
    return account
