"""The declaration of digital accessibility: how it may stand, and when it is looked through again.

Law: ustawa o dostępności cyfrowej art. 10 (each body publishes a declaration), art. 11 (it is looked through
by 31 March of each year and after a large change). The ids of its elements are those of the technical
conditions as checkers look for them; version 2.0 of the conditions was not read.
"""

from datetime import date
from enum import Enum

VERIFIED = False
REVIEW_MONTH, REVIEW_DAY = 3, 31
SOON_MONTH = 3
IDS = (
    "a11y-wstep", "a11y-podmiot", "a11y-url", "a11y-data-publikacja", "a11y-data-aktualizacja", "a11y-status",
    "a11y-data-sporzadzenie", "a11y-kontakt", "a11y-osoba", "a11y-email", "a11y-telefon", "a11y-procedura",
    "a11y-architektura", "a11y-aplikacje",
)  # fmt: skip


class Review(Enum):
    """How the yearly review stands."""

    DONE = "aktualna"
    SOON = "do przeglądu do 31 marca"
    LATE = "przegląd spóźniony"


def review_by(reviewed_on: date) -> date:
    """Return the last day of the next review. Law: ustawa o dostępności cyfrowej art. 11."""
    return date(reviewed_on.year + 1, REVIEW_MONTH, REVIEW_DAY)


def review_state(reviewed_on: date, today: date) -> Review:
    """Return how the review stands: it is called for from the first day of March."""
    due = review_by(reviewed_on)
    if today > due:
        return Review.LATE
    return Review.SOON if today >= date(due.year, SOON_MONTH, 1) else Review.DONE
