"""Who calls, as an exchange says it: an internal number, an outside one, a hidden one, or something else."""

from dataclasses import dataclass
from enum import StrEnum

from starostwo.platform.telephone import INTERNAL, e164, without_filling

HIDDEN = frozenset({"", "anonymous", "anonim", "unavailable", "unknown", "restricted", "private", "withheld"})


class Kind(StrEnum):
    """What kind of number it is."""

    INTERNAL = "INTERNAL"
    OUTSIDE = "OUTSIDE"
    HIDDEN = "HIDDEN"
    STRANGE = "STRANGE"


@dataclass(frozen=True)
class Caller:
    """The kind of a number, and the number as it is kept: of a hidden one nothing, a strange one as it is."""

    kind: Kind
    number: str


def caller(told: str) -> Caller:
    """Read what the exchange says: 101, +48601234567, 0048..., 48..., nine digits; `anonymous` is hidden."""
    number = without_filling(told)
    if number.lower() in HIDDEN:
        return Caller(Kind.HIDDEN, "")
    if INTERNAL.fullmatch(number):
        return Caller(Kind.INTERNAL, number)
    outside = e164(number)
    return Caller(Kind.OUTSIDE, outside) if outside else Caller(Kind.STRANGE, told)
