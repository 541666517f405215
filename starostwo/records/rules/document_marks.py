"""The mark of an outgoing letter: the case's mark, the letter's number in the case, the holder's code.

Law: instrukcja kancelaryjna par. 5 (znak pisma), as in the model instruction of 2024: `[sign].n.[holder]`.
"""

import re

from starostwo.platform.polish import fold

HOLDER_CODE = re.compile(r"(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,8}")


class NotALetterMark(Exception):
    """The parts do not make a letter's mark."""


def letter_mark(case_mark: str, *, number: int, holder: str = "") -> str:
    """Return the mark of the n-th outgoing letter of a case, the holder's code at its end if there is one."""
    if number < 1:
        raise NotALetterMark(f"Kolejny numer pisma musi być liczbą naturalną, jest {number}.")
    if not holder:
        return f"{case_mark}.{number}"
    if not HOLDER_CODE.fullmatch(holder):
        raise NotALetterMark(f"Oznaczenie prowadzącego „{holder}” musi zawierać literę.")
    return f"{case_mark}.{number}.{holder}"


def holder_code(given_name: str, family_name: str) -> str:
    """Return the initials that name a holder in marks, without diacritics: 'Anna Łęcka' -> 'AL'."""
    parts = re.split(r"[\s-]+", f"{given_name} {family_name}".strip())
    return fold("".join(part[0] for part in parts if part)).upper()
