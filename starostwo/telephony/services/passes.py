"""Passes of browsers: each person on the staff gets them for his own phone alone."""

from datetime import datetime

from starostwo.office.api import Actor
from starostwo.platform import sealing
from starostwo.telephony.queries import numbers
from starostwo.telephony.rules.passes import PURPOSE, Pass, make_pass


class HasNoPhone(Exception):
    """The person has no number, or his phone is blocked."""


def give_pass(*, actor: Actor, now: datetime) -> Pass:
    """Give a pass for one's own phone; nothing is kept of it, so nothing is noted either."""
    phone = numbers.own_phone(actor.account_id)
    if phone is None or phone.is_blocked:
        raise HasNoPhone
    return make_pass(phone.number_id, sealing.shared(PURPOSE)[0], now)
