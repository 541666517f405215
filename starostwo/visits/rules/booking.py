"""What one booking may be: how many matters, how long, how far ahead, how many by one person."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

MOST_MATTERS = 3
LONGEST_ORDINAL = 20


def length(minutes: Sequence[int]) -> int:
    """Return how long a visit with these matters lasts: the sum of what each of them needs."""
    return sum(minutes)


def last_day(now: datetime, *, horizon_days: int, release_at: time) -> date:
    """Return the last day that can be booked: the day at the horizon opens at the hour of release.

    `now` is local time.
    """
    is_released = now.time() >= release_at
    return now.date() + timedelta(days=horizon_days if is_released else horizon_days - 1)


def person_key(*, account_id: int | None, email: str, phone: str) -> str:
    """Return by what the bookings of one person are counted: the account, else the address, else the phone.

    An address or a phone is kept as its hash alone.
    """
    if account_id:
        return f"account:{account_id}"
    if email:
        return f"email:{sha256(email.strip().lower().encode()).hexdigest()}"
    digits = "".join(sign for sign in phone if sign.isdigit())[-9:]
    return f"phone:{sha256(digits.encode()).hexdigest()}" if digits else ""


def free_ordinal(used: Iterable[int], *, limit: int) -> int | None:
    """Return which of his open bookings this one is, the lowest free number; None when all are used."""
    taken = set(used)
    return next((number for number in range(1, limit + 1) if number not in taken), None)


def free_again(now: datetime, *, minutes: int) -> datetime:
    """Return when a time that was given back can be booked again.

    The pause is drawn by chance, so that nobody can hand a time over to somebody who waits for it.
    """
    return now + timedelta(minutes=minutes)
