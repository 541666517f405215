"""A number that nobody needs any more: it goes with its password and is free for another one."""

from datetime import datetime

from django.db import transaction

from starostwo.office.api import Actor
from starostwo.telephony.models import Number
from starostwo.telephony.queries.leads import leads_to
from starostwo.telephony.services.writing import must_manage, note


class SomethingLeadsThere(Exception):
    """Calls would lead nowhere without the number; `leads` says from where, in words."""

    def __init__(self, leads: list[str]) -> None:
        super().__init__("; ".join(leads))
        self.leads = leads


@transaction.atomic
def remove_number(number: str, *, actor: Actor, now: datetime) -> None:
    """Take away a phone or a group. Its calls and voice messages stay with the people whose they were."""
    must_manage(actor)
    found = Number.objects.select_for_update().get(pk=number)
    if leads := leads_to(number):
        raise SomethingLeadsThere(leads)
    kind = found.kind
    found.delete()
    note("remove", kind.lower(), number, {}, actor, now)
