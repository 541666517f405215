"""How times and days of visits are written, on the screen and in addresses."""

from datetime import UTC, date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext

IN_ADDRESS = "%Y%m%dT%H%MZ"
WEEKDAYS = "poniedziałek wtorek środa czwartek piątek sobota niedziela".split()
SHORT = "pn wt śr czw pt sob ndz".split()


def in_figures(moment: datetime) -> str:
    """A moment as it stands in an address: in UTC, so that no hour stands twice when the clocks change."""
    return moment.astimezone(UTC).strftime(IN_ADDRESS)


def from_figures(text: str) -> datetime | None:
    """A moment out of an address; None for anything else."""
    try:
        return datetime.strptime(text, IN_ADDRESS).replace(tzinfo=UTC)
    except ValueError:
        return None


def clock(moment: datetime) -> str:
    """9:05, as the clock on the wall shows it."""
    local = localtime(moment)
    return f"{local.hour}:{local:%M}"


def weekday(day: date) -> str:
    """poniedziałek."""
    return gettext(WEEKDAYS[day.weekday()])


def short_weekday(day: date) -> str:
    """pn."""
    return gettext(SHORT[day.weekday()])
