"""Reads of desk phones: the register, one phone by its key or its MAC, the phonebook for all of them."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.platform.polish import fold
from starostwo.telephony import access
from starostwo.telephony.models import Device, Extension, HuntGroup
from starostwo.telephony.rules.phonebooks import Entry

BY_MAC = ("mac", "id")
WITH_ALL = ("extension__account", "extension__number__node", "place", "asset")
RETIRED, NEVER = "wycofane", "bez-pobrania"
STATES = {"": "w użyciu", NEVER: "które nic nie pobrały", RETIRED: "wycofane"}


def listed(actor: Actor, words: str, state: str = "") -> QuerySet[Device]:
    """Phones that fit the words: parts of a MAC, a number, a name, a model, a place, an inventory number."""
    if not access.may_see_devices(actor):
        return Device.objects.none()
    rows = Device.objects.select_related(*WITH_ALL).filter(retired_at__isnull=state != RETIRED)
    if state == NEVER:
        rows = rows.filter(fetched_at=None)
    for word in words.split()[:5]:
        rows = rows.filter(_fits(word))
    return rows


def _fits(word: str) -> Q:
    digits = word.lower().replace("-", ":")
    bare = digits.replace(":", "")
    paired = ":".join(bare[at : at + 2] for at in range(0, len(bare), 2))
    return (
        Q(mac__contains=digits)
        | Q(mac__startswith=paired)
        | Q(extension__number__number__startswith=word)
        | Q(extension__label__icontains=word)
        | Q(extension__account__folded__contains=fold(word))
        | Q(model__icontains=word)
        | Q(vendor__iexact=word)
        | Q(place__path__icontains=word)
        | Q(asset__number__iexact=word)
    )


def one(actor: Actor, device_id: int) -> Device | None:
    """One phone of the register."""
    if not access.may_see_devices(actor):
        return None
    return Device.objects.select_related(*WITH_ALL).filter(pk=device_id).first()


def of_number(number: str) -> list[Device]:
    """The phones that sign in as one number."""
    return list(Device.objects.filter(extension=number, retired_at=None).order_by("mac"))


def by_key(key_hash: str) -> Device | None:
    """The phone that holds a key."""
    return _ready().filter(key_hash=key_hash).first()


def by_open_mac(mac: str, vendor: str, now: datetime) -> Device | None:
    """The phone that may fetch its settings for the first time without a key, now."""
    return _ready().filter(mac=mac, vendor=vendor, open_until__gt=now).first()


def _ready() -> QuerySet[Device]:
    rows = Device.objects.select_related("extension__account", "extension__number__node")
    return rows.filter(retired_at=None, extension__isnull=False)


def numbers() -> list[tuple[str, str]]:
    """Numbers that a phone can ring, as choices."""
    rows = Extension.objects.select_related("account").order_by("number")
    return [(row.number_id, f"{row.number_id} {label(row)}") for row in rows]


def label(phone: Extension) -> str:
    """What the phone shows: whose it is, else its label."""
    return phone.account.name if phone.account and phone.account.is_active else phone.label


def phonebook(now: datetime) -> list[Entry]:
    """Everybody with a number that is not blocked, shared phones, groups; three queries."""
    units = {one.id: one.unit for one in office.people(localdate(now))}
    phones = Extension.objects.select_related("account").filter(is_blocked=False)
    entries = []
    for phone in phones:
        person = phone.account if phone.account and phone.account.is_active else None
        if person:
            unit = units.get(person.pk, "")
            entries.append(Entry(phone.number_id, person.family_name, person.given_name, unit))
        else:
            entries.append(Entry(phone.number_id, phone.label))
    groups = HuntGroup.objects.values_list("number_id", "name")
    return [*entries, *(Entry(number, name) for number, name in groups)]
