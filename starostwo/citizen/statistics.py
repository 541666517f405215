"""What the office learns of its forms: sent, given up and where, how long, how it went.

Nothing here names or leads to a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Aggregate, Avg, Count, FloatField, Q, QuerySet

from starostwo.citizen import access
from starostwo.citizen.models import FormUse, Opinion
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.records import api as records

NEWEST_OPINIONS = ("-id",)
WORST_STEPS = 3


class Median(Aggregate):
    """The middle value: half of the rows lie below it."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Left:
    """A step at which people gave up, and how many did."""

    title: str
    count: int


@dataclass(frozen=True)
class Used:
    """One service since a day: applications begun that ended, sent, given up; cases and opinions."""

    code: str
    title: str
    ended: int = 0
    sent: int = 0
    minutes: float | None = None
    left_at: list[Left] = field(default_factory=list)
    opinions: int = 0
    ease: float | None = None
    cases: int = 0
    called: int = 0

    @property
    def sent_percent(self) -> int:
        """How many of a hundred that were begun were sent."""
        return round(100 * self.sent / self.ended) if self.ended else 0

    @property
    def called_percent(self) -> int:
        """How many of a hundred cases had a call to complete the application (k.p.a. art. 64 par. 2)."""
        return round(100 * self.called / self.cases) if self.cases else 0


def used_services(actor: Actor, *, since: date, today: date) -> list[Used]:
    """Return the services that were used since the day, the most used first; six queries."""
    uses, left, opinions = _uses(actor, since), _left(actor, since), _opinions(actor, since)
    calls = records.calls_by_service(since=since)
    titles = {card.code: card.title for card in procedures.cards(on=today)}
    codes = sorted({*uses, *opinions, *calls})
    found = [
        _used(
            code,
            titles.get(code, code),
            use=uses.get(code, {}),
            left=left.get(code, []),
            opinion=opinions.get(code, {}),
            call=calls.get(code, records.Called(0, 0)),
        )
        for code in codes
    ]
    return sorted(found, key=lambda each: (-each.ended, each.title))


def opinions_of(actor: Actor, card_code: str) -> QuerySet[Opinion]:
    """What was said to be unclear in the form of one service."""
    return access.visible_opinions(actor).filter(card_code=card_code)


def _used(
    code: str,
    title: str,
    *,
    use: Mapping[str, Any],
    left: list[Left],
    opinion: Mapping[str, Any],
    call: records.Called,
) -> Used:
    seconds = use.get("seconds")
    return Used(
        code=code,
        title=title,
        ended=use.get("ended", 0),
        sent=use.get("sent", 0),
        minutes=seconds / 60 if seconds is not None else None,
        left_at=left,
        opinions=opinion.get("count", 0),
        ease=opinion.get("ease"),
        cases=call.cases,
        called=call.called,
    )


def _uses(actor: Actor, since: date) -> dict[str, Mapping[str, Any]]:
    is_sent = Q(end=FormUse.End.SENT)
    ended = access.visible_uses(actor).filter(ended_on__gte=since).values("card_code")
    counted = ended.annotate(
        ended=Count("id"), sent=Count("id", filter=is_sent), seconds=Median("filled_seconds", filter=is_sent)
    )
    return {row["card_code"]: row for row in counted.order_by("card_code")}


def _opinions(actor: Actor, since: date) -> dict[str, Mapping[str, Any]]:
    given = access.visible_opinions(actor).filter(given_on__gte=since).values("card_code")
    counted = given.annotate(count=Count("id"), ease=Avg("ease"))
    return {row["card_code"]: row for row in counted.order_by("card_code")}


def _left(actor: Actor, since: date) -> dict[str, list[Left]]:
    """The steps at which most people gave up, by service, each with the title that they saw."""
    unsent = access.visible_uses(actor).filter(ended_on__gte=since).exclude(end=FormUse.End.SENT)
    rows = unsent.values("card_code", "last_step").annotate(count=Count("id"))
    found: dict[str, list[Left]] = {}
    for row in rows.order_by("card_code", "-count", "last_step"):
        steps = found.setdefault(row["card_code"], [])
        if len(steps) < WORST_STEPS:
            steps.append(Left(row["last_step"] or "przed pierwszym pytaniem", row["count"]))
    return found
