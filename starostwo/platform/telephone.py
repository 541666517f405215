"""Telephone numbers as people type them, as they are kept, and as a Pole reads them.

Kept are outside numbers in the form of ITU-T E.164 (a plus, the country's code and the rest, at most 15
digits) and internal numbers of two to six digits.
"""

import re

POLAND, OWN_DIGITS = "+48", 9
FEWEST, MOST = 7, 15
INTERNAL = re.compile(r"[1-9][0-9]{1,5}", re.ASCII)
BETWEEN = {ord(sign): None for sign in " \t\u00a0\u202f-–.()/"}


def without_filling(typed: str) -> str:
    """What was typed without spaces, dashes, dots and brackets."""
    return typed.translate(BETWEEN).strip()


def e164(typed: str) -> str | None:
    """Return the number as +48600100200, None where it is no telephone number.

    Nine digits are a Polish number.
    """
    digits = without_filling(typed)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    has_country = digits.startswith("+")
    digits = digits.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if not has_country and len(digits) == OWN_DIGITS:
        digits = f"48{digits}"
    elif not has_country and not (digits.startswith("48") and len(digits) == OWN_DIGITS + 2):
        return None
    return f"+{digits}" if _is_number(digits) else None


def dialled(typed: str) -> str | None:
    """An internal or an outside number as it is dialled; None where it is neither."""
    number = without_filling(typed)
    return number if INTERNAL.fullmatch(number) else e164(number)


def shown(number: str) -> str:
    """A kept number as it is read: `42 288 81 00`, `601 234 567`; internal and foreign ones as they are."""
    national = number.removeprefix(POLAND)
    if national == number or len(national) != OWN_DIGITS:
        return number
    if national[0] in "5678" or national[:2] == "45":
        return f"{national[:3]} {national[3:6]} {national[6:]}"
    return f"{national[:2]} {national[2:5]} {national[5:7]} {national[7:]}"


def _is_number(digits: str) -> bool:
    if digits.startswith("48"):
        return len(digits) == OWN_DIGITS + 2 and digits[2] != "0"
    return FEWEST <= len(digits) <= MOST and digits[0] != "0"
