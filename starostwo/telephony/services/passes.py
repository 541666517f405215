"""Passes of browsers: each person on the staff gets them for his own phone alone."""

from datetime import datetime, timedelta

from django.db import transaction

from starostwo.office.api import Actor
from starostwo.platform import sealing
from starostwo.telephony.models import BrowserPass
from starostwo.telephony.queries import numbers
from starostwo.telephony.rules.passes import PURPOSE, Pass, make_pass


class HasNoPhone(Exception):
    """The person has no number, or his phone is blocked."""


@transaction.atomic
def give_pass(*, actor: Actor, session_key: str, now: datetime) -> Pass:
    """Give a pass for one's own phone; it ends with the session and opens nothing else, so none is noted."""
    phone = numbers.own_phone(actor.account_id)
    if phone is None or phone.is_blocked:
        raise HasNoPhone
    BrowserPass.objects.filter(until__lte=now).delete()
    secret, moment = sealing.shared(PURPOSE)[0], now
    while True:
        given = make_pass(phone.number_id, secret, moment)
        said = {"session_key": session_key, "until": given.until}
        _, is_new = BrowserPass.objects.get_or_create(name=given.name, defaults=said)
        if is_new:
            return given
        moment += timedelta(seconds=1)  # another session of the same person had this one
