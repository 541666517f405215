"""Telephone numbers as people type them and as they are kept.

Kept are either internal numbers of two to six digits or outside numbers in the form of ITU-T E.164: a plus,
the country's code and the rest. The dial plan in the database does the same with what a phone sends.
"""

import re

INTERNAL = re.compile(r"[1-9][0-9]{1,5}")
OUTSIDE = re.compile(r"\+[1-9][0-9]{6,14}")
COUNTRY = "+48"
NATIONAL_DIGITS = 9
FILLING = re.compile(r"[\s().\-/\u00a0]+")


class NotANumber(Exception):
    """No telephone number; the text is what was typed."""


def internal(typed: str) -> str:
    """An internal number, such as 105. Raises NotANumber."""
    number = FILLING.sub("", typed)
    if not INTERNAL.fullmatch(number):
        raise NotANumber(typed)
    return number


def outside(typed: str) -> str:
    """An outside number in full: `42 288 81 00` and `0048 42 288 81 00` are `+48422888100`."""
    number = FILLING.sub("", typed)
    if number.startswith("00"):
        number = f"+{number[2:]}"
    elif not number.startswith("+") and len(number) == NATIONAL_DIGITS and number[0] != "0":
        number = COUNTRY + number
    if not OUTSIDE.fullmatch(number):
        raise NotANumber(typed)
    return number


def any_number(typed: str) -> str:
    """An internal or an outside number. Raises NotANumber."""
    number = FILLING.sub("", typed)
    return number if INTERNAL.fullmatch(number) else outside(typed)


def shown(number: str) -> str:
    """As a Pole reads it: `42 288 81 00`, `601 234 567`, `+49 301234567`; internal ones as they are."""
    national = number.removeprefix(COUNTRY)
    if national == number or len(national) != NATIONAL_DIGITS:
        return number
    if national[0] in "5678" or national[:2] == "45":
        return f"{national[:3]} {national[3:6]} {national[6:]}"
    return f"{national[:2]} {national[2:5]} {national[5:7]} {national[7:]}"
