"""Telephony of the demonstration: two buildings, phones of the staff, groups, lines of two operators."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate

from starostwo.office.actor import Actor, actor_for
from starostwo.office.models import Seat
from starostwo.site.demo.people import Cast
from starostwo.site.demo.voice_messages import greet, leave_messages
from starostwo.telephony.models import HuntGroup, Node
from starostwo.telephony.rules.classes import LOCAL, MOBILE
from starostwo.telephony.services import barring, groups, lines, phones
from starostwo.telephony.services.groups import Group
from starostwo.telephony.services.lines import NewNode, NewTariff, NewTrunk
from starostwo.telephony.services.phones import Forwards, Phone

ADMIN, CLERK, HEAD = "o.bak", "a.nowak", "e.lis"
HOURS = ((7, 30), (15, 30))
LONG_DAY, LONG_HOURS = 1, ((7, 30), (17, 0))
FIRST_PHONE, SECRETARY, MAIN_NUMBER = 101, "100", "+48420000000"
NUISANCE = "+48600000999"


def connect_phones(cast: Cast, *, now: datetime) -> None:
    """Give everybody a number; the public number rings the information desk."""
    today = localdate(now)
    admin = actor_for(cast.staff[ADMIN], today=today)
    nodes = _nodes(admin, now)
    _lines(nodes[0], admin, today, now)
    for nth, account in enumerate(cast.staff.values()):
        node = nodes[nth % len(nodes)]
        said = Phone(f"p. {100 + nth}", account.pk, may_call=MOBILE if nth % 3 else LOCAL)
        phones.add_phone(str(FIRST_PHONE + nth), node, said, Forwards(), actor=admin, now=now)
    shared = Phone("Sekretariat starosty", may_call=MOBILE)
    phones.add_phone(SECRETARY, nodes[0], shared, Forwards(has_voicemail=False), actor=admin, now=now)
    _groups(nodes, admin, now)
    numbers = {login: str(FIRST_PHONE + nth) for nth, login in enumerate(cast.staff)}
    leave_messages(numbers[CLERK], numbers[HEAD], now=now)
    greet(numbers[CLERK], actor=actor_for(cast.staff[CLERK], today=today), now=now)
    lines.add_public_number(MAIN_NUMBER, "800", "numer główny (zmyślony)", actor=admin, now=now)
    until = localdate(now) + timedelta(days=21)
    barring.bar(NUISANCE, "głuche telefony nocą, zgłosiła Informacja", until, actor=admin, now=now)


def _nodes(admin: Actor, now: datetime) -> list[Node]:
    made = []
    for code, seat in zip(("A", "B"), Seat.objects.order_by("pk")[:2], strict=True):
        hours = [(day, *(time(*at) for at in (LONG_HOURS if day == LONG_DAY else HOURS))) for day in range(5)]
        port = 5060 if code == "A" else 5062
        said = NewNode(code, seat.name, seat.pk, "127.0.0.1", port, websocket=f"127.0.0.1:{port + 6}")
        made.append(lines.open_node(said, hours, actor=admin, now=now))  # type: ignore[arg-type]
    return made


def _lines(node: Node, admin: Actor, today: date, now: datetime) -> None:
    since = date(today.year, 1, 1)
    for order, (name, prices) in enumerate(
        {
            "Łącze A (zmyślony operator)": {"+48": 300, "+485": 900, "+486": 900, "+": 20_000},
            "Łącze B (zmyślony operator)": {"+48": 450, "+485": 700, "+486": 700, "+": 35_000},
        }.items(),
        1,
    ):
        tariffs = [NewTariff(beginning, minute, 0, since) for beginning, minute in prices.items()]
        said = NewTrunk(name, "127.0.0.1", 5080 + order, order)
        lines.add_trunk(node, said, tariffs, actor=admin, now=now)


def _groups(nodes: list[Node], admin: Actor, now: datetime) -> None:
    one_by_one, at_once = HuntGroup.Strategy.SEQUENTIAL, HuntGroup.Strategy.PARALLEL
    desk = Group("Informacja", one_by_one, 15, then=SECRETARY, has_voicemail=False)
    groups.save_group("800", nodes[0], desk, ["101", "103", "105"], is_new=True, actor=admin, now=now)
    transport = Group("Wydział komunikacji", at_once, 20, has_voicemail=True)
    groups.save_group("820", nodes[1], transport, ["102", "104"], is_new=True, actor=admin, now=now)
