"""Groups of phones that ring together or one after another."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from starostwo.office.api import Actor
from starostwo.telephony.models import Extension, GroupMember, HuntGroup, Node, Number
from starostwo.telephony.services.phones import NumberIsTaken
from starostwo.telephony.services.writing import must_manage, note


class NoSuchMember(Exception):
    """There is no such phone; the text is its number."""


@dataclass(frozen=True)
class Group:
    """What is said of a group; numbers as they are kept, members in their turn."""

    name: str
    strategy: str
    ring_seconds: int
    then: str = ""
    at_night: str = ""
    has_voicemail: bool = False


@transaction.atomic
def save_group(
    number: str, node: Node, said: Group, members: Sequence[str], *, is_new: bool, actor: Actor, now: datetime
) -> HuntGroup:
    """Make a group or change it, with its phones in their turn."""
    must_manage(actor)
    known = set(Extension.objects.filter(pk__in=members).values_list("pk", flat=True))
    for member in members:
        if member not in known:
            raise NoSuchMember(member)
    group = _made(number, node, said) if is_new else _changed(number, node, said)
    GroupMember.objects.filter(group=group).delete()
    GroupMember.objects.bulk_create(
        GroupMember(group=group, extension_id=member, position=nth)
        for nth, member in enumerate(dict.fromkeys(members), 1)
    )
    told = asdict(said) | {"members": list(members)}
    note("add" if is_new else "change", "group", number, told, actor, now)
    return group


def _made(number: str, node: Node, said: Group) -> HuntGroup:
    try:
        with transaction.atomic():
            row = Number.objects.create(number=number, kind=Number.Kind.GROUP, node=node)
    except IntegrityError as error:
        raise NumberIsTaken(number) from error
    return HuntGroup.objects.create(number=row, **asdict(said))


def _changed(number: str, node: Node, said: Group) -> HuntGroup:
    Number.objects.filter(pk=number).update(node=node)
    HuntGroup.objects.filter(pk=number).update(**asdict(said))
    return HuntGroup.objects.get(pk=number)
