"""Telephone numbers as people type them and as they are kept.

Kept are either internal numbers of two to six digits or outside numbers in the form of ITU-T E.164. The dial
plan in the database does the same with what a phone sends.
"""

from starostwo.platform.telephone import INTERNAL, dialled, e164, shown, without_filling

__all__ = ["NotANumber", "any_number", "internal", "outside", "shown"]


class NotANumber(Exception):
    """No telephone number; the text is what was typed."""


def internal(typed: str) -> str:
    """An internal number, such as 105. Raises NotANumber."""
    number = without_filling(typed)
    if not INTERNAL.fullmatch(number):
        raise NotANumber(typed)
    return number


def outside(typed: str) -> str:
    """An outside number in full: `42 288 81 00` and `0048 42 288 81 00` are `+48422888100`."""
    number = e164(typed)
    if number is None:
        raise NotANumber(typed)
    return number


def any_number(typed: str) -> str:
    """An internal or an outside number. Raises NotANumber."""
    number = dialled(typed)
    if number is None:
        raise NotANumber(typed)
    return number
