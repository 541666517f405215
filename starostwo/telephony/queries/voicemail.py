"""Reads of voice messages; each takes the person who asks."""

from collections.abc import Iterable

from django.db.models import QuerySet

from starostwo.office.api import Actor
from starostwo.telephony import access
from starostwo.telephony.agent.own_box import MOST
from starostwo.telephony.models import Extension, GroupMember, HuntGroup, VoiceMessage

NEWEST_FIRST = ("-began_at", "-id")
NEW, ALL, DELETED = "nowe", "wszystkie", "usuniete"
STATES = {NEW: "nowe", ALL: "wszystkie", DELETED: "usunięte"}


def messages(actor: Actor, state: str) -> QuerySet[VoiceMessage]:
    """The messages that the person may hear."""
    mine = VoiceMessage.objects.filter(access.readable_messages(actor)).values("pk")
    rows = VoiceMessage.objects.filter(pk__in=mine, deleted_at__isnull=state != DELETED)
    if state == NEW:
        rows = rows.filter(heard_at=None)
    return rows.select_related("group", "heard_by")


def message(actor: Actor, message_id: int) -> VoiceMessage | None:
    """One message that the person may hear, also a deleted one."""
    rows = VoiceMessage.objects.filter(access.readable_messages(actor), pk=message_id)
    return rows.select_related("blob").first()


def new_messages(actor: Actor) -> int:
    """How many wait to be heard, up to a hundred."""
    return messages(actor, NEW).order_by()[:100].count()


def waiting_messages(node_id: int) -> dict[str, list[tuple[int, str]]]:
    """New messages of people's own boxes in a building, as they came: ids and digests of their sounds."""
    phones = Extension.objects.filter(number__node=node_id, has_voicemail=True).exclude(account=None)
    owners = dict(phones.values_list("number_id", "account_id"))
    found: dict[str, list[tuple[int, str]]] = {number: [] for number in owners}
    new = VoiceMessage.objects.filter(number__in=owners, heard_at=None, deleted_at=None).order_by(
        "began_at", "id"
    )
    for pk, number, account_id, sha256 in new.values_list("pk", "number", "account_id", "blob__sha256"):
        if account_id == owners[number] and len(found[number]) < MOST:
            found[number].append((pk, sha256))
    return found


def callers(found: Iterable[VoiceMessage]) -> dict[str, str]:
    """Whom the internal numbers among the callers ring."""
    numbers = {one.caller for one in found}
    rows = Extension.objects.filter(pk__in=numbers).select_related("account")
    return {row.number_id: str(row.account or row.label) for row in rows}


def hearers(number: str) -> tuple[int | None, HuntGroup | None, list[int]]:
    """Whose box a number is: a person or a group, and the accounts to be told of a message."""
    group = HuntGroup.objects.filter(pk=number).first()
    if group is not None:
        members = GroupMember.objects.filter(group=group).exclude(extension__account=None)
        return None, group, list(members.values_list("extension__account_id", flat=True).distinct())
    phone = Extension.objects.filter(pk=number).first()
    if phone is None or phone.account_id is None:
        return None, None, []
    return phone.account_id, None, [phone.account_id]
