"""For tests of this and of other packages: two buildings, their phones, a line of an operator."""

from datetime import UTC, date, datetime, time
from typing import Any

from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for
from starostwo.telephony.models import (
    Device,
    EmergencyNumber,
    Extension,
    GroupMember,
    HuntGroup,
    Node,
    Number,
    OpeningHours,
    PublicNumber,
    Tariff,
    Trunk,
)
from starostwo.telephony.rules.classes import EMERGENCY, MOBILE
from starostwo.telephony.services.plan import load_classes

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # a Monday, half past ten in Warsaw
NIGHT = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def admin() -> Actor:
    """Olaf Bak runs the system."""
    return actor_for(office.make_staff("o.bak", "Olaf Bak", unit="OR", rights=[Right.ADMIN]), today=TODAY)


def make_node(code: str = "A", *, port: int = 5060) -> Node:
    """The exchange of a building, open from eight to four."""
    found = Node.objects.filter(code=code).first()
    if found is None:
        found = Node.objects.create(
            code=code, name=f"Budynek {code}", seat=office.make_seat(code), host="127.0.0.1", port=port
        )
        OpeningHours.objects.bulk_create(
            OpeningHours(node=found, weekday=day, opens=time(8), closes=time(16)) for day in range(5)
        )
    return found


def make_phone(number: str, node: Node, **said: Any) -> Extension:
    """A phone that may call mobile numbers."""
    made = Number.objects.create(number=number, kind=Number.Kind.PHONE, node=node)
    told: dict[str, Any] = {"label": f"Telefon {number}", "may_call": MOBILE, "has_voicemail": False} | said
    return Extension.objects.create(number=made, **told)


def make_group(number: str, node: Node, *members: Extension, **said: Any) -> HuntGroup:
    """A group of phones that ring one after another."""
    made = Number.objects.create(number=number, kind=Number.Kind.GROUP, node=node)
    group = HuntGroup.objects.create(number=made, **({"name": f"Grupa {number}"} | said))
    GroupMember.objects.bulk_create(
        GroupMember(group=group, extension=member, position=nth) for nth, member in enumerate(members, 1)
    )
    return group


def make_trunk(node: Node, name: str = "Operator", *, port: int = 5090, **minute: int) -> Trunk:
    """A line whose minutes cost so many hundredths of a grosz: `pl=500, mobile=900`; the world 100 zł."""
    trunk = Trunk.objects.create(node=node, name=name, host="127.0.0.1", port=port)
    costs = {
        "+48": minute.get("pl", 500),
        "+4860": minute.get("mobile", 900),
        "+": minute.get("world", 1_000_000),
    }
    Tariff.objects.bulk_create(
        Tariff(trunk=trunk, beginning=beginning, minute=cost, since=date(2026, 1, 1))
        for beginning, cost in costs.items()
    )
    return trunk


def make_device(mac: str, vendor: str = "YEALINK", number: str | None = None) -> Device:
    """A desk phone of a maker, with a number or in store."""
    return Device.objects.create(mac=mac, vendor=vendor, model="inny model", extension_id=number)


def make_public(number: str = "+48422888100", rings: str | None = None) -> PublicNumber:
    """A number of the county in the public network."""
    return PublicNumber.objects.create(number=number, rings_id=rings)


def load_numbers() -> None:
    """Kinds of outside numbers and emergency numbers, as every installation begins with them."""
    load_classes()
    assert EmergencyNumber.objects.count() == len(EMERGENCY)
