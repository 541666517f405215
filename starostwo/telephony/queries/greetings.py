"""Reads of greetings: of one's own boxes, and of all boxes of a building for its exchange."""

from dataclasses import dataclass

from django.db.models import F

from starostwo.office.api import Actor
from starostwo.telephony import access
from starostwo.telephony.models import Extension, Greeting, HuntGroup
from starostwo.telephony.rules import greetings as rules


@dataclass(frozen=True)
class Box:
    """A voicemail box: what it usually says, and the stored sound of the person's own greeting, if any."""

    number: str
    words: str
    sha256: str = ""


def own_phones(actor: Actor) -> list[Extension]:
    """The phones whose greeting the person sets."""
    return list(Extension.objects.filter(account=actor.account_id).order_by("number"))


def own_phone(actor: Actor, number: str) -> Extension | None:
    """One of them; None for another person's."""
    found = Extension.objects.select_related("account").filter(pk=number).first()
    return found if found and access.may_set_own(actor, found.account_id) else None


def greeting(phone: Extension) -> Greeting | None:
    """The own greeting of the person whose phone it is now."""
    return Greeting.objects.select_related("blob").filter(pk=phone.pk, account=phone.account_id).first()


def words_of(phone: Extension) -> str:
    """What the box of a phone usually says."""
    if phone.account is None:
        return rules.usual_of_nobody(phone.label)
    name = f"{phone.account.given_name} {phone.account.family_name}"
    return rules.usual(name, is_group=False)


def boxes(node_id: int) -> list[Box]:
    """The boxes of a building."""
    own = dict(
        Greeting.objects.filter(account=F("extension__account"), extension__number__node=node_id)
        .values_list("extension_id", "blob__sha256")
    )  # fmt: skip
    phones = Extension.objects.select_related("account").filter(number__node=node_id, has_voicemail=True)
    groups = HuntGroup.objects.filter(number__node=node_id, has_voicemail=True).order_by("number")
    found = [Box(one.pk, words_of(one), own.get(one.pk, "")) for one in phones.order_by("number")]
    return found + [Box(one.pk, rules.usual(one.name, is_group=True)) for one in groups]
