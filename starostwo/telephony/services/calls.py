"""Call records are made of what the exchanges wrote: one call of the rows of one Call-ID.

The worker does it each minute. A table and not a view, because a record says whose phone it was on that day
and what it cost by the tariffs of that day, outlives the raw rows, and forgets numbers after their time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.office import api as office
from starostwo.telephony.exchange import rows
from starostwo.telephony.models import (
    Call,
    CallLeg,
    EmergencyNumber,
    Extension,
    GroupMember,
    Node,
    Number,
    PublicNumber,
    Trunk,
)
from starostwo.telephony.rules import calls as rules
from starostwo.telephony.rules.calls import Facts, Leg, Numbers
from starostwo.telephony.services.costs import Tariffs

AT_ONCE = 500
RAW = ("node", "source", "caller", "dialled", "kind", "target", "came_by", "left_by")
CHANGED = [field.name for field in Call._meta.concrete_fields if field.name not in ("id", "masked_at")]


class Book:
    """Whose the numbers are now, read once for a batch of calls."""

    def __init__(self, today: date) -> None:
        homes = dict(Number.objects.values_list("pk", "node__code"))
        public = dict(PublicNumber.objects.order_by("pk").values_list("number", "rings_id"))
        self.numbers = Numbers(homes, public, frozenset(EmergencyNumber.objects.values_list("pk", flat=True)))
        self.nodes = {node.code: node for node in Node.objects.all()}
        self.lines = {f"{one.host}:{one.port}": one for one in Trunk.objects.order_by("-pk")}
        self.phones = {one.pk: one for one in Extension.objects.select_related("unit")}
        self.units = {one.id: one.unit for one in office.people(today)}
        self.first_member: dict[str, str] = {}
        for group, phone in GroupMember.objects.order_by("group", "-position").values_list(
            "group_id", "extension_id"
        ):
            self.first_member[group] = phone

    def person(self, number: str) -> int | None:
        """Whose phone this inner number is; nobody's for a shared phone and for a group."""
        phone = self.phones.get(number)
        return phone.account_id if phone else None

    def unit(self, number: str) -> str:
        """The unit of a phone, else that of its owner; of a group that of its first phone."""
        phone = self.phones.get(self.first_member.get(number, number))
        if phone is None:
            return ""
        return phone.unit.symbol if phone.unit else self.units.get(phone.account_id or 0, "")


@transaction.atomic
def enter(legs: Iterable[tuple[str, Leg]]) -> int:
    """Add rows as an exchange adds them by itself, each with its Call-ID; for those that came another way."""
    made = [
        CallLeg(
            **{name: getattr(leg, name) for name in RAW}, callid=sip_id, code=str(leg.code or ""),
            begun=f"{leg.begun:.3f}", answered="" if leg.answered is None else f"{leg.answered:.3f}",
            ended=f"{leg.ended:.3f}", duration=0.0 if leg.answered is None else leg.ended - leg.begun,
        )
        for sip_id, leg in legs
    ]  # fmt: skip
    CallLeg.objects.bulk_create(made)
    return len(made)


def take_written(folder: Path, *, now: datetime) -> int:
    """Take the files in which an exchange wrote its calls; say how many. One that comes twice leaves one row.

    A file goes only when its row is committed; while the database is away all stay, and its error is raised.
    """
    taken = 0
    while files := rows.waiting(folder, AT_ONCE):
        found = [one for one in (rows.read(file) for file in files) if one]
        CallLeg.objects.bulk_create(
            [CallLeg(name=one.name, **one.said) for one in found], ignore_conflicts=True
        )
        for one in found:
            one.path.unlink(missing_ok=True)
        whole = {one.path for one in found}
        for file in files:
            if file not in whole:
                rows.put_away(file, now.timestamp())
        taken += len(found)
        if len(files) < AT_ONCE or not found:
            break
    return taken


def collect(*, now: datetime) -> int:
    """Make calls of the rows that wait; return how many rows waited."""
    done = 0
    while waiting := _collect_some(now=now):
        done += waiting
    return done


@transaction.atomic
def _collect_some(*, now: datetime) -> int:
    waiting = CallLeg.objects.select_for_update(skip_locked=True).filter(call=None)
    found = list(waiting.order_by("pk")[:AT_ONCE])
    if not found:
        return 0
    book, tariffs = Book(localdate(now)), Tariffs()
    by_id: dict[str, list[CallLeg]] = defaultdict(list)
    for row in CallLeg.objects.filter(callid__in={row.callid for row in found}).order_by("pk"):
        by_id[row.callid].append(row)
    fresh: list[tuple[Call, Sequence[CallLeg]]] = []
    for waits in by_id.values():
        of_leg = {_leg(row): row for row in waits}
        handed = rules.handed_on(of_leg)
        kept: set[int] = set()
        for legs in rules.grouped(of_leg):
            own = [of_leg[leg] for leg in legs]
            if legs[0].node not in book.nodes:
                continue  # not from one of our exchanges
            known = next((row.call for row in own if row.call and row.call_id not in kept), None)
            if known is not None:
                kept.add(known.pk)  # a row that came late may divide what was one call
            call = _filled(
                known or Call(), rules.facts(legs, book.numbers, handed), own[0].callid, book, tariffs
            )
            fresh.append((call, own))
    _write(fresh)
    left = CallLeg.objects.filter(pk__in=[row.pk for row in found], call=None)
    left.delete()  # twins of rows that are there already, and what is not ours
    return len(found)


def _write(fresh: Iterable[tuple[Call, Sequence[CallLeg]]]) -> None:
    pairs, filled = list(fresh), []
    Call.objects.bulk_update([call for call, _ in pairs if call.pk], CHANGED)
    Call.objects.bulk_create([call for call, _ in pairs if call.pk is None])
    for call, own in pairs:
        for row in own:
            row.call = call
            filled.append(row)
    CallLeg.objects.bulk_update(filled, ["call"], batch_size=AT_ONCE)


def _filled(call: Call, said: Facts, sip_id: str, book: Book, tariffs: Tariffs) -> Call:
    """The record of what happened; a call from outside is nobody's, whatever number it shows."""
    called = said.answered_by if said.answered_by in book.phones else book.numbers.inner(said.dialled)
    caller = "" if said.direction == rules.IN else said.caller
    call.sip_id = sip_id[:255]
    call.direction, call.result, call.code = said.direction, said.result, said.code
    call.caller, call.dialled, call.answered_by = said.caller, said.dialled, said.answered_by
    call.is_voicemail = said.is_voicemail
    call.caller_account_id, call.caller_unit = book.person(caller), book.unit(caller)
    call.callee_account_id, call.callee_unit = book.person(called), book.unit(called)
    call.node = book.nodes[said.node]
    call.trunk = book.lines.get(said.line)
    call.begun_at, call.ended_at = _moment(said.begun), _moment(max(said.ended, said.begun))
    call.answered_at = None if said.answered is None else _moment(max(said.answered, said.begun))
    call.waited_seconds, call.talked_seconds = said.waited_seconds, said.talked_seconds
    tariffs.price(call, said.paid_number, book.numbers)
    return call


def _leg(row: CallLeg) -> Leg:
    begun = _seconds(row.begun) or 0.0
    answered = _seconds(row.answered)
    ended = begun + row.duration if row.duration else _seconds(row.ended) or begun
    said = {name: getattr(row, name) for name in RAW}
    code = int(row.code) if row.code.isdecimal() and len(row.code) == 3 else 0
    return Leg(**said, begun=begun, ended=ended, answered=answered, code=code)


def _seconds(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
