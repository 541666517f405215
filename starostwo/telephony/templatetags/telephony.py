"""How numbers, times of talk and small prices are shown: `{% load telephony %}`."""

from django import template

from starostwo.telephony.rules.costs import to_grosze
from starostwo.telephony.rules.numbers import shown

register = template.Library()
UNKNOWN = "–"


@register.filter
def clock(seconds: float | None) -> str:
    """75 is 1:15, 3700 is 1:01:40."""
    if seconds is None:
        return UNKNOWN
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def price(hundredths: int | None) -> str:
    """A price in 1/100 grosza as złote with up to four places: 0,0325 zł."""
    if hundredths is None:
        return "brak stawki"
    whole, rest = divmod(hundredths, 10_000)
    return f"{whole},{rest:04}".removesuffix("00") + "\u00a0zł"


@register.filter
def in_grosze(hundredths: int) -> int:
    """A sum in whole grosze, for `zloty`."""
    return to_grosze(hundredths)


@register.filter
def telephone(number: str) -> str:
    """A number as a Pole reads it."""
    return shown(number) if number else "numer ukryty"
