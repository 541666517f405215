"""Reading history. Rights to a thing are checked by the package that the thing belongs to."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from starostwo.audit import models

DIGEST = "[0-9a-f]{64}"


@dataclass(frozen=True)
class Entry:
    """One line of history as other packages see it."""

    thing: str
    seq: int
    at: datetime
    actor: str
    actor_name: str
    in_place_of: str | None
    verb: str
    payload: dict[str, Any]
    hash: str


def history(thing: str, *, until: datetime | None = None) -> list[Entry]:
    """The history of a thing, the oldest line first; with `until` as it stood at that moment."""
    return history_of([thing], until=until)


def history_of(things: Collection[str], *, until: datetime | None = None) -> list[Entry]:
    """The histories of several things in one list, in order of time; one query."""
    lines = models.Entry.objects.filter(thing__in=list(things)).order_by("at", "id")
    if until is not None:
        lines = lines.filter(at__lte=until)
    return [_entry(line) for line in lines]


def acts_of(actor: str, *, limit: int = 100) -> list[Entry]:
    """What somebody did lately, the newest first."""
    return [_entry(line) for line in models.Entry.objects.filter(actor=actor).order_by("-at", "-id")[:limit]]


def last_reads(thing: str, *, limit: int = 100) -> list[Entry]:
    """Who looked at a thing lately, the newest first."""
    return [_entry(line) for line in models.Read.objects.filter(thing=thing).order_by("-at", "-id")[:limit]]


def reads_by(actor: str, *, limit: int = 100) -> list[Entry]:
    """What somebody looked at lately, the newest first."""
    return [_entry(line) for line in models.Read.objects.filter(actor=actor).order_by("-seq")[:limit]]


def digests_named(digests: Collection[str]) -> set[str]:
    """Which of these digests of files any line of history names; reads the whole history, for nights."""
    lines = models.Entry.objects.filter(payload__regex=DIGEST).values_list("payload", flat=True)
    wanted, named = set(digests), set[str]()
    for payload in lines.iterator(chunk_size=2_000):
        named |= wanted.intersection(re.findall(DIGEST, payload))
    return named


def last_anchor() -> datetime | None:
    """When the history was last anchored, in the office's time; None before the first night."""
    last = models.Anchor.objects.order_by("-number").first()
    return localtime(last.at) if last else None


def _entry(line: models.Line) -> Entry:
    return Entry(
        thing=line.thing,
        seq=line.seq,
        at=line.at,
        actor=line.actor,
        actor_name=line.actor_name,
        in_place_of=line.in_place_of,
        verb=line.verb,
        payload=json.loads(line.payload)["data"],
        hash=bytes(line.hash).hex(),
    )
