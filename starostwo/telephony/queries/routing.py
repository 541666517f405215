"""Where a call would go, asked of the dial plan of the database, as the exchange asks it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

ROUTE = "SELECT * FROM telephony_route(%s, %s, %s, %s, %s, %s)"
PHONE, REDIRECT, PEER, TRUNK = "phone", "redirect", "peer", "trunk"
HOPS = 5


@dataclass(frozen=True)
class Step:
    """One step of a call. Steps of one number ring at once; `when` says after what the step is taken."""

    step: int
    when: str
    kind: str
    target: str
    ring_seconds: int | None = None
    host: str | None = None
    port: int | None = None
    acts_as: str | None = None
    shows: str | None = None


def route(
    caller: str, dialled: str, *, node: str, source: str = PHONE, alone: bool = False, at: datetime
) -> list[Step]:
    """The steps of a call at a node; `alone` rings a phone without what it would do afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(ROUTE, [caller, dialled, node, source, alone, at])
        return [Step(*row) for row in cursor.fetchall()]
