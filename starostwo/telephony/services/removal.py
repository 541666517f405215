"""A number that nobody needs any more: it goes with its password and is free for another one."""

from datetime import datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.telephony import access
from starostwo.telephony.models import Number
from starostwo.telephony.queries.leads import leads_to
from starostwo.telephony.services.phones import MayNotManage


class SomethingLeadsThere(Exception):
    """Calls would lead nowhere without the number; `leads` says from where, in words."""

    def __init__(self, leads: list[str]) -> None:
        super().__init__("; ".join(leads))
        self.leads = leads


@transaction.atomic
def remove_number(number: str, *, actor: Actor, now: datetime) -> None:
    """Take away a phone or a group. Its calls and voice messages stay with the people whose they were."""
    if not access.may_manage(actor):
        raise MayNotManage
    found = Number.objects.select_for_update().get(pk=number)
    if leads := leads_to(number):
        raise SomethingLeadsThere(leads)
    kind = found.kind
    found.delete()
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="remove",
        thing=f"telephony.{kind.lower()}:{number}", payload={}, at=now,
    )  # fmt: skip
