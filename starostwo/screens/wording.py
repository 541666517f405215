"""How days, moments and sizes are written in Polish."""

from datetime import date, datetime

from django.utils.timezone import is_aware, localtime

MONTHS = (
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
).split()
NO_BREAK = "\u00a0"


def day(value: date) -> str:
    """Write a day in full: 23 listopada 2026."""
    value = _local(value)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """Write a day in figures, for tables: 23.11.2026."""
    return f"{_local(value):%d.%m.%Y}"


def moment(value: datetime) -> str:
    """Write a moment in full: 23 listopada 2026, godz. 9:05."""
    value = localtime(value) if is_aware(value) else value
    return f"{day(value)}, godz. {value.hour}:{value:%M}"


def short_moment(value: datetime) -> str:
    """Write a moment in figures, for tables: 23.11.2026 09:05."""
    value = localtime(value) if is_aware(value) else value
    return f"{value:%d.%m.%Y %H:%M}"


def filesize(size: int) -> str:
    """Write the size of a file: 812 B, 24 kB, 1,3 MB."""
    if size < 1000:
        return f"{size}{NO_BREAK}B"
    if size < 1_000_000:
        return f"{round(size / 1000)}{NO_BREAK}kB"
    amount = size / 1_000_000
    return (f"{amount:.1f}" if amount < 100 else f"{amount:.0f}").replace(".", ",") + f"{NO_BREAK}MB"


def days_left(due: date, today: date) -> str:
    """Say how far a term is: 'po terminie 3 dni', 'dziś', 'jutro', 'za 5 dni'."""
    left = (due - today).days
    if left < 0:
        return "po terminie 1 dzień" if left == -1 else f"po terminie {-left} dni"
    return {0: "dziś", 1: "jutro"}.get(left, f"za {left} dni")


def _local(value: date) -> date:
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value
