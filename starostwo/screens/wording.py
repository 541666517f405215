"""How days, moments and sizes are written: in Polish, or as the language of the page writes them."""

from datetime import date, datetime

from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext

from starostwo.platform.polish import plural as polish_plural

MONTHS = {
    "pl": (
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    ).split(),
    "en": ("January February March April May June July August September October November December").split(),
    "uk": ("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня").split(),
}
YEAR = {"pl": "", "en": "", "uk": " року"}
CLOCK = {"pl": ", godz. ", "en": ", ", "uk": ", "}
UNITS = {"pl": ("B", "kB", "MB", ","), "en": ("B", "kB", "MB", "."), "uk": ("Б", "кБ", "МБ", ",")}
NO_BREAK = "\u00a0"


def day(value: date, language: str = "pl") -> str:
    """Write a day in full: 23 listopada 2026."""
    value = _local(value)
    return f"{value.day} {MONTHS[language][value.month - 1]} {value.year}{YEAR[language]}"


def short_day(value: date) -> str:
    """Write a day in figures, for tables: 23.11.2026."""
    return f"{_local(value):%d.%m.%Y}"


def moment(value: datetime, language: str = "pl") -> str:
    """Write a moment in full: 23 listopada 2026, godz. 9:05."""
    value = localtime(value) if is_aware(value) else value
    return f"{day(value, language)}{CLOCK[language]}{value.hour}:{value:%M}"


def short_moment(value: datetime) -> str:
    """Write a moment in figures, for tables: 23.11.2026 09:05."""
    value = localtime(value) if is_aware(value) else value
    return f"{value:%d.%m.%Y %H:%M}"


def filesize(size: int, language: str = "pl") -> str:
    """Write the size of a file: 812 B, 24 kB, 1,3 MB."""
    byte, kilobyte, megabyte, comma = UNITS[language]
    if size < 1000:
        return f"{size}{NO_BREAK}{byte}"
    if size < 1_000_000:
        return f"{round(size / 1000)}{NO_BREAK}{kilobyte}"
    amount = size / 1_000_000
    return (f"{amount:.1f}" if amount < 100 else f"{amount:.0f}").replace(".", comma) + NO_BREAK + megabyte


def plural(number: int, one: str, few: str, many: str, language: str = "pl") -> str:
    """Choose the form that goes with the number in the language; English knows two of them."""
    if language == "en":
        return one if number == 1 else many
    if language == "uk" and number % 10 == 1 and number % 100 != 11:
        return one
    return polish_plural(number, one, few, many)


def counted(number: int, forms: str, language: str = "pl") -> str:
    """The number with the form that goes with it, of the three in 'dzień|dni|dni'."""
    one, few, many = forms.split("|")
    return f"{number} {plural(number, one, few, many, language)}"


def days_left(due: date, today: date, language: str = "pl") -> str:
    """Say how far a term is: 'po terminie 3 dni', 'dziś', 'jutro', 'za 5 dni'."""
    left = (due - today).days
    if left in (0, 1):
        return gettext("jutro") if left else gettext("dziś")
    days = counted(abs(left), gettext("dzień|dni|dni"), language)
    return (gettext("po terminie %(days)s") if left < 0 else gettext("za %(days)s")) % {"days": days}


def _local(value: date) -> date:
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value
