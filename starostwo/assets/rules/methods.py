"""Depreciation otherwise than straight line from the next month: declining, by use, from the exact day.

Law: u.o.r. art. 32 ust. 1-3 (planned, not before the thing is in use; the method is set when it is taken;
by use in units or hours); u.p.d.o.p. art. 16k (declining balance, at most twice the rate, straight line from
the year in which that gives more). From memory, to be checked.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from starostwo.assets.rules.depreciation import MONTHS, PERCENT, Change, Instalment, next_month
from starostwo.assets.rules.kinds import AT_ONCE, BY_USE, DECLINING, EXACT_DAY, LINEAR, NEVER, NEXT_MONTH

DAYS = 377_580  # every length of a month divides it, so that parts of months are whole numbers
WHOLE = MONTHS * PERCENT**3 * DAYS  # parts of a grosz; a yearly rate and a factor are hundredths
MOST_MONTHS = 50 * MONTHS
LEAST_FACTOR, MOST_FACTOR = 100, 200
EXCLUDED = ("741",)  # passenger cars
GROUPS = ("3", "4", "5", "6", "7", "8")


@dataclass(frozen=True)
class Terms:
    """How a thing is written off from a day on; rates are dated, so there may be several in turn."""

    since: date
    rate: int
    method: str = LINEAR
    factor: int = LEAST_FACTOR


@dataclass(frozen=True)
class Use:
    """So many units of work were done until the day."""

    on: date
    units: int


class NotAllowed(ValueError):
    """The method does not fit the thing; its field and why, in Polish."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field, self.words = field, words


@dataclass(frozen=True)
class Choice:
    """What is chosen for a thing when it is taken, with the ground for it."""

    method: str = LINEAR
    start: str = NEXT_MONTH
    factor: int = LEAST_FACTOR
    capacity: int = 0
    unit: str = ""
    ground: str = ""

    @property
    def is_usual(self) -> bool:
        """Straight line from the next month needs no ground."""
        return self.method == LINEAR and self.start == NEXT_MONTH


def check_choice(choice: Choice, *, kst_code: str, is_tax: bool = False) -> None:
    """Whether the choice is allowed for a class.

    Law: u.o.r. art. 32 ust. 2 pkt 3 and ust. 3; u.p.d.o.p. art. 16k ust. 1.
    """
    if not choice.is_usual and not choice.ground.strip():
        raise NotAllowed("ground", "Podaj podstawę wyboru, na przykład punkt polityki rachunkowości.")
    if choice.method == DECLINING:
        if not kst_code.startswith(GROUPS) or kst_code.startswith(EXCLUDED):
            raise NotAllowed(
                "method", "Degresywnie umarza się maszyny, urządzenia i środki transportu (KŚT 3-8) poza "
                "samochodami osobowymi.",
            )  # fmt: skip
        if not LEAST_FACTOR <= choice.factor <= MOST_FACTOR:
            raise NotAllowed("factor", "Współczynnik jest od 1 do 2.")
    if choice.method == BY_USE:
        if is_tax:
            raise NotAllowed("method", "Podatkowo nie umarza się według użycia.")
        if choice.capacity < 1 or not choice.unit.strip():
            raise NotAllowed("capacity", "Podaj, ile jednostek pracy rzecz wykona, i w czym się je liczy.")
        if choice.start == EXACT_DAY:
            raise NotAllowed("start", "Według użycia liczy się samo użycie, nie dzień. Wybierz miesiąc.")


def totals(
    changes: Sequence[Change], terms: Sequence[Terms], *, shares: bool = False
) -> Iterator[Instalment]:
    """Month by month, without an end, what is written off: straight line, declining, at once; dated rates.

    With `shares` a part that leaves takes its share of what is written off, whatever its document says.
    """
    ordered = sorted(changes, key=lambda one: one.since)
    if not ordered or not terms:
        return
    course, month = _Course(shares), ordered[0].since.replace(day=1)
    while True:
        after = next_month(month)
        amount = course.pass_month(
            month, [one for one in ordered if month <= one.since < after], _holding(terms, after)
        )
        yield Instalment(month, amount, course.total())
        month = after


def through(instalments: Iterator[Instalment], day: date) -> int:
    """All that is written off at the end of the month of the day."""
    last = 0
    for one in instalments:
        if one.month > day:
            break
        last = one.total
    return last


def ahead(
    instalments: Iterator[Instalment], *, since: date, value: int, most: int = MOST_MONTHS
) -> list[Instalment]:
    """The instalments from the month of `since` until all of the value is written off."""
    found: list[Instalment] = []
    for count, one in enumerate(instalments):
        if one.month >= since.replace(day=1) and one.amount:
            found.append(one)
        if count >= most or (one.month >= since and one.total >= value):
            break
    return found


def _holding(terms: Sequence[Terms], until: date) -> Terms:
    rows = sorted(terms, key=lambda one: one.since)
    begun = [one for one in rows if one.since < until]
    return begun[-1] if begun else rows[0]


class _Course:
    """How a thing stands while its months go by."""

    def __init__(self, shares: bool) -> None:
        self.shares = shares
        self.value = 0
        self.written = 0  # in parts of a grosz
        self.base = 0  # of the declining year, in parts of a grosz
        self.is_straight = False

    def total(self) -> int:
        """What is written off, to the grosz."""
        return min(self.value, (self.written + WHOLE // 2) // WHOLE)

    def pass_month(self, month: date, fresh: Sequence[Change], terms: Terms) -> int:
        """One month passes, with what changed in it; what is written off for it."""
        is_new = self.value == 0
        if month.month == 1:
            self.base = self.value * WHOLE - self.written
        portions = [(self.value, self.base, DAYS)]
        length = monthrange(month.year, month.month)[1]
        for one in fresh:
            net = self._change(one)
            portions.append((one.value, net, DAYS // length * (length - one.since.day + 1)))
        if month.month == 1 or is_new:
            self.is_straight |= self.base * terms.factor < self.value * WHOLE * PERCENT
        before = self.total()
        grown = sum(self._instalment(terms, *portion) for portion in portions)
        self.written = max(0, min(self.written + grown, self.value * WHOLE))
        return self.total() - before

    def _change(self, one: Change) -> int:
        """The value changes; what is left of the change in parts of a grosz."""
        opening = one.written_off * WHOLE
        if self.shares and one.value < 0 and self.value:
            opening = self.written * one.value // self.value
        net = one.value * WHOLE - opening
        self.value, self.written, self.base = self.value + one.value, self.written + opening, self.base + net
        return net

    def _instalment(self, terms: Terms, value: int, base: int, days: int) -> int:
        if terms.method == NEVER:
            return 0
        if terms.method == AT_ONCE:
            return value * WHOLE
        if terms.method == DECLINING and not self.is_straight:
            return base * terms.rate * terms.factor * days // WHOLE
        return value * terms.rate * PERCENT * days


def used_up(changes: Sequence[Change], uses: Sequence[Use], *, capacity: int, until: date) -> int:
    """All that is written off by use at the end of the month: of what is left, by the share of work left.

    Law: u.o.r. art. 32 ust. 2 pkt 3.
    """
    end = next_month(until)
    events = [(one.since, 0, one) for one in changes] + [(one.on, 1, one) for one in uses]
    value, left, written = 0, capacity, Fraction(0)
    for day, _, one in sorted(events, key=lambda event: event[:2]):
        if day >= end:
            break
        if isinstance(one, Change):
            value, written = value + one.value, written + one.written_off
        elif left:
            done = min(one.units, left)
            written += (value - written) * done / left
            left -= done
    return max(0, min(value, int(written + Fraction(1, 2))))
