"""The demonstration county's council, consultations and places: invented people, real services."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import get_current_timezone, localdate

from starostwo.office.actor import Actor
from starostwo.portal.models import Consultation, Councillor, Interpellation, Place, Session
from starostwo.portal.services import consultations, things, votes

CHOICES = {"F": "FOR", "A": "AGAINST", "B": "ABSTAIN", "X": "ABSENT"}
SWORN_IN, BEGINS = date(2024, 5, 7), time(14)


def fill(editor: Actor, told: Mapping[str, Any], *, now: datetime) -> None:
    """Write down what the council did, what residents are asked, and what there is to see."""
    sitting = [
        things.add(
            Councillor,
            actor=editor,
            values={"name": name, "club": club, "since": SWORN_IN, "until": None},
            now=now,
        )
        for name, club in told["councillors"]
    ]
    for row in told["sessions"]:
        _hold(editor, row, sitting, now=now)
    for row in told["interpellations"]:
        values = {name: row[name] for name in ("kind", "subject", "text", "answer")}
        values |= {"councillor": sitting[row["who"]], "filed_on": _day(now, row["days"]), "is_shown": True}
        values["answered_on"] = _day(now, row["answered"]) if row["answer"] else None
        things.add(Interpellation, actor=editor, values=values, now=now)
    for row in told["consultations"]:
        _consult(editor, row, now=now)
    for row in told["places"]:
        degrees = {name: Decimal(row[name]) for name in ("latitude", "longitude")}
        things.add(Place, actor=editor, values={**row, **degrees, "is_shown": True}, now=now)


def _day(now: datetime, days: int) -> date:
    return localdate(now) + timedelta(days=days)


def _hold(editor: Actor, row: Mapping[str, Any], sitting: list[Councillor], *, now: datetime) -> None:
    """A session with its votes: a letter for each councillor in the order of the list."""
    held_at = datetime.combine(_day(now, row["days"]), BEGINS, get_current_timezone())
    values = {name: row[name] for name in ("title", "place", "agenda")}
    session = things.add(
        Session,
        actor=editor,
        values={**values, "held_at": held_at, "recording": "", "is_shown": True},
        now=now,
    )
    for subject, cast in row["votes"]:
        ballots = dict(_ballots(sitting, cast))
        told = {"subject": subject, "majority": "ORDINARY", "council_size": len(sitting)}
        votes.write_vote(session.pk, actor=editor, ballots=ballots, now=held_at, **told)


def _ballots(sitting: list[Councillor], cast: str) -> Iterator[tuple[int, str]]:
    for one, letter in zip(sitting, cast, strict=True):
        yield one.pk, CHOICES[letter]


def _consult(editor: Actor, row: Mapping[str, Any], *, now: datetime) -> None:
    values = {name: row[name] for name in ("title", "summary", "text", "report")}
    days = {"opens_on": _day(now, row["first"]), "closes_on": _day(now, row["last"])}
    made = things.add(Consultation, actor=editor, values={**values, **days, "is_shown": True}, now=now)
    for stance, text in row["opinions"]:
        consultations.say(made.pk, stance=stance, text=text, name="", now=now, today=localdate(now))
