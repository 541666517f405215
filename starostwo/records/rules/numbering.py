"""Numbers of registers and marks of cases: how they are written, read and checked.

Law: rozp. PRM 18.01.2011 (Dz.U. 2011 nr 14 poz. 67), annex 1: one gapless register number a year,
mark `[unit].[class].[number].[year]`, sub-group `[unit].[class].[number].[second number].[year]`.
"""

import re
from dataclasses import dataclass
from typing import Self

INCOMING = "RPW"
OUTGOING = "RKW"

_UNIT = re.compile(r"(?=[0-9-]*[A-Za-z])[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", re.ASCII)
_CLASS = re.compile(r"[0-9]{1,10}", re.ASCII)
_NATURAL = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}", re.ASCII)
_SERIES = re.compile(r"[A-Z]{2,8}", re.ASCII)


class NotARegisterNumber(ValueError):
    """The text is not a number of a register such as RPW/12/2026."""


class NotACaseMark(ValueError):
    """The text is not a mark of a case such as OR.0141.5.2026."""


def is_unit_symbol(text: str) -> bool:
    """Say if a unit may be marked so: letters and digits, at least one letter, dashes only inside."""
    return _UNIT.fullmatch(text) is not None


def is_class_symbol(text: str) -> bool:
    """Say if the text can be a symbol of a class: one to ten digits, one digit a rank."""
    return _CLASS.fullmatch(text) is not None


@dataclass(frozen=True, order=True)
class RegisterNumber:
    """A number in a register of the office, unique and without gaps within its year."""

    series: str
    year: int
    number: int

    def __post_init__(self) -> None:
        parts = ((_SERIES, self.series), (_NATURAL, str(self.number)), (_YEAR, str(self.year)))
        if not all(pattern.fullmatch(text) for pattern, text in parts):
            raise NotARegisterNumber(f"{self.series}/{self.number}/{self.year}")

    def __str__(self) -> str:
        return f"{self.series}/{self.number}/{self.year}"

    @property
    def identifier(self) -> str:
        """The same number without characters that annex A point 8 forbids."""
        return f"{self.series}-{self.number}-{self.year}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a number as it is written or as it stands in an identifier."""
        series, number, year = _parts(text, r"[/-]", 3, NotARegisterNumber)
        if not (_NATURAL.fullmatch(number) and _YEAR.fullmatch(year)):
            raise NotARegisterNumber(text)
        return cls(series=series, number=int(number), year=int(year))


@dataclass(frozen=True)
class CaseMark:
    """Znak sprawy: the unit, the final class, the number in their list of the year, the year of opening."""

    unit: str
    klass: str
    number: int
    year: int
    subgroup: int | None = None

    def __post_init__(self) -> None:
        numbers = [self.number] if self.subgroup is None else [self.subgroup, self.number]
        sound = (
            is_unit_symbol(self.unit)
            and is_class_symbol(self.klass)
            and all(_NATURAL.fullmatch(str(number)) for number in numbers)
            and _YEAR.fullmatch(str(self.year)) is not None
        )
        if not sound:
            raise NotACaseMark(self._written())

    def __str__(self) -> str:
        return self._written()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a mark; the number of its parts tells a case of a sub-group from an ordinary one."""
        unit, klass, *numbers, year = _parts(text, r"\.", (4, 5), NotACaseMark)
        if not (_YEAR.fullmatch(year) and all(_NATURAL.fullmatch(number) for number in numbers)):
            raise NotACaseMark(text)
        *before, number = [int(number) for number in numbers]
        return cls(
            unit=unit, klass=klass, number=number, year=int(year), subgroup=before[0] if before else None
        )

    def _written(self) -> str:
        middle = "" if self.subgroup is None else f".{self.subgroup}"
        return f"{self.unit}.{self.klass}{middle}.{self.number}.{self.year}"


def case_series(*, unit: str, klass: str, subgroup: int | None = None) -> str:
    """Return the name of the series that numbers cases of a unit in a class, or in a sub-group of it."""
    return f"case:{unit}.{klass}" + ("" if subgroup is None else f".{subgroup}")


def _parts(text: str, separator: str, sizes: int | tuple[int, ...], refusal: type[ValueError]) -> list[str]:
    parts = re.split(separator, text.strip())
    if len(parts) not in ((sizes,) if isinstance(sizes, int) else sizes):
        raise refusal(text)
    return parts
