"""The reference of a due: what stands in the title of a transfer, and finds the due again.

Nine digits by chance and two check digits (as ISO 7064 mod 97-10 counts them), so that a slip of the pen
never names another due.
"""

import re

LETTERS, DIGITS = "OP", 9
SHAPE = re.compile(rf"{LETTERS}\s?(\d{{3}})\s?(\d{{3}})\s?(\d{{3}})\s?(\d{{2}})(?!\d)", re.IGNORECASE)
HIGHEST = 10**DIGITS


def reference_of(number: int) -> str:
    """Write a number as a reference: 123456789 -> 'OP12345678996'."""
    body = f"{number % HIGHEST:0{DIGITS}d}"
    return f"{LETTERS}{body}{_check(body)}"


def shown(reference: str) -> str:
    """Write a reference as people read it: 'OP 123 456 789 96'."""
    body = reference.removeprefix(LETTERS)
    return f"{LETTERS} {body[:3]} {body[3:6]} {body[6:9]} {body[9:]}"


def found_in(title: str) -> str | None:
    """Return the reference that a transfer's title names; None where none is right to its check digits."""
    for parts in SHAPE.findall(title):
        body = "".join(parts[:-1])
        if _check(body) == parts[-1]:
            return f"{LETTERS}{body}{parts[-1]}"
    return None


def _check(body: str) -> str:
    return f"{98 - int(body) * 100 % 97:02d}"
