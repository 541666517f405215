"""Interest of a claim whose term a decision moved: none between the decision and the new term.

Law: o.p. art. 48 par. 1, art. 67a par. 1 (deferral, instalments), ufp art. 57 and 64, from memory. A new term
replaces the old one; interest up to the decision stays owed, after a missed new term it runs anew.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from starostwo.treasury.rules.interest import Kind, Stretch, interest, stretches


@dataclass(frozen=True)
class Terms:
    """The kind of interest, the term that holds, the first one, and the day on which a decision moved it."""

    kind: Kind
    due_on: date
    first_due_on: date | None = None
    paused_on: date | None = None

    @property
    def begins_on(self) -> date:
        """The term from which interest is counted first."""
        return self.first_due_on if self.first_due_on and self.paused_on else self.due_on


def spans(terms: Terms, day: date) -> list[tuple[date, date]]:
    """The stretches of delay, each from its term to its last day."""
    found = []
    if terms.paused_on and terms.first_due_on and terms.first_due_on < terms.paused_on:
        found.append((terms.first_due_on, min(terms.paused_on, day)))
    if terms.due_on < day:
        found.append((terms.due_on, day))
    return found


def borne(terms: Terms, principal: int, day: date) -> int:
    """Interest in grosze to the day."""
    return sum(_counted(terms.kind, principal, since, until) for since, until in spans(terms, day))


def parts(terms: Terms, day: date) -> list[Stretch]:
    """The days of interest, rate by rate."""
    return [part for since, until in spans(terms, day) for part in stretches(terms.kind, since, until)]


@lru_cache(maxsize=4096)
def _counted(kind: Kind, principal: int, since: date, until: date) -> int:
    return interest(kind, principal, since, until)
