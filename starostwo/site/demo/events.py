"""The demonstration's calendar: what happens is put on it and carried out in the order of time."""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from starostwo.platform.workdays import is_working_day

OPENS, CLOSES = 8, 16

Event = Callable[[datetime], None]


@dataclass
class Calendar:
    """Events in the order of time until a moment; what lies after it has not happened yet."""

    until: datetime
    chance: random.Random
    _waiting: list[tuple[datetime, int, Event]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)

    def at(self, moment: datetime, event: Event) -> None:
        """Let something happen at a moment."""
        if moment <= self.until:
            heapq.heappush(self._waiting, (moment, next(self._order), event))

    def after(self, moment: datetime, days: float, event: Event) -> None:
        """Let something happen in working hours some working days after a moment."""
        self.at(self.office_hour(moment + timedelta(days=days, minutes=self.chance.randrange(5, 90))), event)

    def office_hour(self, moment: datetime) -> datetime:
        """The moment itself when the office works then, else a moment soon after it opens."""
        while not (is_working_day(moment.date()) and OPENS <= moment.hour < CLOSES):
            next_morning = moment.replace(hour=OPENS, minute=0) + timedelta(days=moment.hour >= OPENS)
            moment = next_morning + timedelta(minutes=self.chance.randrange(240))
        return moment

    def run(self, tell: Callable[[datetime], None]) -> None:
        """Carry out everything; events may put further ones on the calendar."""
        while self._waiting:
            moment, _, event = heapq.heappop(self._waiting)
            event(moment)
            tell(moment)
