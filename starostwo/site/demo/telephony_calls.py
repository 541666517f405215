"""A month of calls of the demonstration, as both exchanges would have written them; the same for a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone, localdate

from starostwo.office.actor import actor_for
from starostwo.platform.workdays import is_working_day
from starostwo.site.demo.people import Cast
from starostwo.telephony.models import Extension, Trunk
from starostwo.telephony.rules.calls import PEER, PHONE, TRUNK, USER, VOICEMAIL, Leg
from starostwo.telephony.rules.keeping import Keeping
from starostwo.telephony.services import calls, forgetting

DAYS, A_DAY = 31, (38, 62)
HOURS, WEIGHTS = (7, 8, 9, 10, 11, 12, 13, 14, 15), (2, 7, 12, 11, 9, 6, 7, 6, 2)
KINDS, SHARES = ("inside", "between", "out", "in"), (30, 24, 22, 24)
ENDS, CHANCES = (200, 480, 486, 487), (76, 10, 5, 9)
MOBILE, FIXED, ABROAD = "+486000000{:02}", "+484200000{:02}", "+49300000{:02}"
PUBLIC, MEMBERS = "+48420000000", ("101", "103", "105")


@dataclass(frozen=True)
class Phones:
    """The phones of both buildings, and the lines by which one calls out."""

    here: list[str]
    there: list[str]
    for_mobile: str
    for_others: str


def talk_for_a_month(cast: Cast, *, now: datetime, seed: int = 7) -> int:
    """Enter the calls of the last month and make their records; say how long they are kept."""
    rolls = random.Random(seed)  # noqa: S311  a demonstration
    phones, rows = _phones(), []
    for back in range(DAYS, -1, -1):
        day = localdate(now) - timedelta(days=back)
        if is_working_day(day):
            rows += list(_day(day, phones, rolls))
    count = calls.enter((sip_id, leg) for sip_id, leg in rows if leg.ended < now.timestamp())
    calls.collect(now=now)
    admin = actor_for(cast.staff["o.bak"], today=localdate(now))
    since = date(localdate(now).year, 1, 1)
    forgetting.decide(Keeping(since, 90, 365, "zarządzenie Starosty (zmyślone)"), actor=admin, now=now)
    return count


def _phones() -> Phones:
    homes = (
        Extension.objects.filter(account__isnull=False).order_by("pk").values_list("pk", "number__node__code")
    )
    lines = [f"{one.host}:{one.port}" for one in Trunk.objects.order_by("order")]
    here = [number for number, node in homes if node == "A"]
    return Phones(here, [number for number, node in homes if node == "B"], lines[-1], lines[0])


def _day(day: date, phones: Phones, rolls: random.Random) -> Iterator[tuple[str, Leg]]:
    for nth in range(rolls.randint(*A_DAY)):
        hour = rolls.choices(HOURS, WEIGHTS)[0]
        at = datetime.combine(day, time(hour, rolls.randrange(60)), tzinfo=get_current_timezone())
        begun = at.timestamp() + rolls.randrange(60)
        kind = rolls.choices(KINDS, SHARES)[0]
        for leg in _call(kind, _ended(begun, rolls), phones, rolls):
            yield f"{day:%Y%m%d}-{nth}@pokaz", leg


def _ended(begun: float, rolls: random.Random) -> Leg:
    """When and how a call ends; everything else is said by its kind."""
    code, waited = rolls.choices(ENDS, CHANCES)[0], rolls.uniform(2, 22)
    blank = Leg("A", PHONE, "", "", USER, "", begun=begun, ended=begun + waited, code=code)
    if code != 200:
        return blank
    talked = min(rolls.expovariate(1 / 140) + 6, 2400)
    return replace(blank, answered=begun + waited, ended=begun + waited + talked)


def _call(kind: str, blank: Leg, phones: Phones, rolls: random.Random) -> list[Leg]:
    if kind == "inside":
        node, own = rolls.choice((("A", phones.here), ("B", phones.there)))
        caller, called = rolls.sample(own, 2)
        return [_or_box(replace(blank, node=node, caller=caller, dialled=called, target=called))]
    if kind == "between":
        nodes = rolls.sample((("A", phones.here), ("B", phones.there)), 2)
        caller, called = (rolls.choice(own) for _, own in nodes)
        near = replace(blank, node=nodes[0][0], caller=caller, dialled=called, kind=PEER, target=called)
        return [near, replace(near, node=nodes[1][0], source=PEER, kind=USER)]
    return _out(blank, phones, rolls) if kind == "out" else [_in(blank, phones, rolls)]


def _out(blank: Leg, phones: Phones, rolls: random.Random) -> list[Leg]:
    shape = rolls.choices((MOBILE, FIXED, ABROAD), (60, 37, 3))[0]
    number = shape.format(rolls.randrange(1, 60))
    line = phones.for_mobile if shape == MOBILE else phones.for_others
    over = replace(blank, dialled=number, kind=TRUNK, target=number, left_by=line)
    if rolls.random() < 0.5:
        return [replace(over, caller=rolls.choice(phones.here))]
    near = replace(over, node="B", caller=rolls.choice(phones.there), kind=PEER, left_by="")
    return [near, replace(over, source=PEER, caller=near.caller)]


def _in(blank: Leg, phones: Phones, rolls: random.Random) -> Leg:
    """Somebody calls the public number, which rings the group of the information desk."""
    caller = rolls.choice((MOBILE, FIXED)).format(rolls.randrange(1, 60))
    came = replace(
        blank, source=TRUNK, dialled=PUBLIC, came_by=phones.for_others, target=rolls.choice(MEMBERS)
    )
    return replace(came, caller="anonymous" if rolls.random() < 0.05 else caller)


def _or_box(leg: Leg) -> Leg:
    """Some of those who find nobody leave a message."""
    if leg.code != 480 or int(leg.begun) % 2:
        return leg
    return replace(leg, kind=VOICEMAIL, answered=leg.ended, ended=leg.ended + 25, code=200)
