"""Alarms of a round: begun, ended, hidden behind what is down before them, and told by e-mail, each once.

What hides behind a device that is down is not told, nor is anything of a place where works go on. Both are
told later, should they still last when that is over.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localtime

from starostwo.channels.api import NotAnAddress, send
from starostwo.infrastructure.models import Alarm, Gauge, Port, Reader, Watch, Works
from starostwo.infrastructure.rules import alarms as rules
from starostwo.infrastructure.rules.alarms import Net
from starostwo.infrastructure.rules.readings import UNITS, Kind

Mark = tuple[int, str, str]
SUBJECT = 80


@dataclass
class Course:
    """What a round found: the links of the watched devices, which alarms hold now and which are over."""

    now: datetime
    links: list[tuple[int, int, int, int]]
    begun: dict[Mark, str] = field(default_factory=dict)
    ended: set[Mark] = field(default_factory=set)

    def begin(self, watch: Watch, cause: str, key: str, words: str) -> None:
        """Something is wrong; one that is open already goes on."""
        self.begun[watch.pk, cause, key] = words[:300]

    def end(self, watch: Watch, cause: str, key: str) -> None:
        """This is well."""
        self.ended.add((watch.pk, cause, key))

    def weigh(self, watch: Watch, gauge: Gauge) -> None:
        """Where the last value of a gauge stands to its thresholds; its state is set, not saved."""
        value = gauge.value or 0
        gauge.state = rules.level(gauge.kind, value, gauge.state, gauge.low, gauge.high)
        if gauge.state == rules.Level.OK:
            self.end(watch, rules.VALUE, str(gauge.pk))
            return
        told = f"{value / 1000:g}".replace(".", ",")
        words = f"{gauge.label}: {told} {UNITS[Kind(gauge.kind)]}, {gauge.get_state_display()}"
        self.begin(watch, rules.VALUE, str(gauge.pk), f"{watch.device.name}, {words}")

    def cabled_ports(self) -> dict[int, dict[str, str]]:
        """For each device its ports with a cable, by name, and what is at the other end in words."""
        ports = Port.objects.select_related("device").in_bulk({pk for link in self.links for pk in link[:2]})
        found: dict[int, dict[str, str]] = {}
        for near, far, device, _ in self.links:
            found.setdefault(device, {})[ports[near].name] = f"{ports[far].device.name} ({ports[far].name})"
        return found


def hush(watch: Watch, now: datetime) -> None:
    """End the alarms of a device that is watched no more; nobody is told."""
    Gauge.objects.filter(watch=watch).update(state=rules.Level.OK)
    Alarm.objects.filter(watch=watch, ended_at=None).update(ended_at=now)


def ring(course: Course, watches: list[Watch]) -> None:
    """Write the alarms of a round and tell of those that are to be told."""
    opened = {(one.watch_id, one.cause, one.key): one for one in Alarm.objects.filter(ended_at=None)}
    over = [opened[mark] for mark in course.ended & opened.keys()]
    for alarm in over:
        alarm.ended_at = course.now
    Alarm.objects.bulk_update(over, ["ended_at"])
    Alarm.objects.bulk_create(
        [
            Alarm(watch_id=mark[0], cause=mark[1], key=mark[2], words=words, began_at=course.now)
            for mark, words in course.begun.items()
            if mark not in opened
        ]
    )
    standing = list(
        Alarm.objects.filter(ended_at=None).select_related("watch__device__place").order_by("began_at", "pk")
    )
    _hide(course, watches, standing)
    _tell(course, [one for one in standing if _is_to_be_told(one)], [one for one in over if one.told_at])


def _hide(course: Course, watches: list[Watch], standing: list[Alarm]) -> None:
    """Note behind what each alarm hides and whether works go on where it is."""
    hidden = _hidden(course, watches)
    works = _works_now(course.now)
    changed = []
    for alarm in standing:
        before = alarm.hidden_by_id, alarm.in_works
        alarm.hidden_by_id = hidden.get(alarm.watch_id)
        alarm.in_works = any(f"{alarm.watch.device.place.path}/".startswith(path) for path in works)
        if before != (alarm.hidden_by_id, alarm.in_works):
            changed.append(alarm)
    Alarm.objects.bulk_update(changed, ["hidden_by", "in_works"])


def _hidden(course: Course, watches: list[Watch]) -> dict[int, int]:
    """By watch: behind which other one it hides. Ways are those of the cabling, and those said by hand."""
    by_device = {one.device_id: one.pk for one in watches}
    links = {
        (by_device[one], by_device[other])
        for _, _, one, other in course.links
        if one in by_device and other in by_device and one != other
    }
    links |= {(one.hangs_on_id, one.pk) for one in watches if one.hangs_on_id is not None}
    roots = frozenset(one.pk for one in watches if one.is_root)
    down = [one.pk for one in watches if one.state == Watch.State.DOWN]
    return rules.hidden_by(down, Net(roots, tuple(sorted(links)))) if roots and down else {}


def _works_now(now: datetime) -> list[str]:
    rows = works_at(now).values_list("place__path", flat=True)
    return [f"{path}/" for path in rows]


def works_at(now: datetime) -> QuerySet[Works]:
    """Works that go on at a moment."""
    return Works.objects.filter(begins_at__lte=now, ends_at__gt=now)


def _is_to_be_told(alarm: Alarm) -> bool:
    return alarm.told_at is None and alarm.hidden_by_id is None and not alarm.in_works


def _tell(course: Course, fresh: list[Alarm], over: list[Alarm]) -> None:
    """One e-mail a round to each reader, of all that began and all that ended."""
    readers = list(Reader.objects.order_by("pk").values_list("email", flat=True))
    for alarm in fresh:
        alarm.told_at = course.now
    Alarm.objects.bulk_update(fresh, ["told_at"])
    if not (fresh or over) or not readers:
        return
    first = (fresh or over)[0].words
    more = len(fresh) + len(over) - 1
    subject = f"{'Alarm' if fresh else 'Koniec alarmu'}: {first}"[:SUBJECT] + (f" (+{more})" if more else "")
    body = "\n".join([*_lines("Zaczęło się:", fresh), *_lines("Skończyło się:", over)])
    for email in readers:
        try:
            send(to=email, subject=subject, body=body)
        except NotAnAddress:
            continue


def _lines(title: str, alarms: list[Alarm]) -> list[str]:
    if not alarms:
        return []
    rows = [f"- {localtime(one.began_at):%d.%m.%Y %H:%M}: {one.words}" for one in alarms]
    return [title, *rows, ""]
