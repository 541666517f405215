"""Whether a file plan (JRWA) is sound, and how two editions of it differ.

Law: rozp. PRM 18.01.2011, annex 2-5 and rozp. MKiDN 20.10.2015 annex 2: decimal classes up to ten
ranks, two to ten children, a category on final classes alone, ranks I-II of classes 0-3 reserved.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from starostwo.records.rules.numbering import is_class_symbol

_CATEGORY = re.compile(r"A|Bc|B[1-9][0-9]?|BE[1-9][0-9]?|B\*", re.ASCII)
_GLUED = re.compile(r"[a-ząćęłńóśźż,)] ?[A-ZĄĆĘŁŃÓŚŹŻ]{3,}[A-ZĄĆĘŁŃÓŚŹŻ ,]*$")
RESERVED_DEPTH = 2
RESERVED_CLASSES = "0123"


class Mode(StrEnum):
    """How the documentation of a class is kept."""

    EZD = "EZD"
    PAPER = "PAPER"
    DOMAIN = "DOMAIN"


MODE_LABELS = {Mode.EZD: "EZD", Mode.PAPER: "tradycyjnie (papier)", Mode.DOMAIN: "system dziedzinowy"}


@dataclass(frozen=True)
class PlanRow:
    """One class as it stands in a file, with its line."""

    symbol: str
    title: str
    category: str = ""
    remarks: str = ""
    mode: Mode = Mode.EZD
    makes_case: bool = True
    line: int = 0


class Severity(StrEnum):
    """An error stops the import, a warning asks for a look."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a class, in Polish, with the line of the file."""

    severity: Severity
    line: int
    symbol: str
    text: str


@dataclass(frozen=True)
class Diff:
    """How a newer edition differs from an older one, by symbol."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


def is_category(text: str) -> bool:
    """Say if the text is a category of the archive: A, B5, BE10, Bc, or B* (settled elsewhere)."""
    return _CATEGORY.fullmatch(text) is not None


def clean_category(text: str) -> str:
    """Return the category as the plan writes it, without footnote marks and spaces: 'B *)' -> 'B*'."""
    return text.replace(" ", "").rstrip(")")


def validate(rows: Sequence[PlanRow], *, reserved: Collection[str] = ()) -> list[Fault]:
    """Return all faults of a plan in the order of its lines."""
    parents = {row.symbol[:-1] for row in rows}
    known = {row.symbol for row in rows}
    faults = [
        fault for row in rows for fault in _of_one(row, known=known, is_final=row.symbol not in parents)
    ]
    faults += _doubles(rows) + _only_children(rows) + _against_reserved(rows, reserved)
    return sorted(faults, key=lambda fault: (fault.line, fault.symbol, fault.text))


def diff(old: Iterable[PlanRow], new: Iterable[PlanRow]) -> Diff:
    """Return what a new edition adds, removes and changes."""
    before, after = _meaning(old), _meaning(new)
    return Diff(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(
            sorted(symbol for symbol in before.keys() & after.keys() if before[symbol] != after[symbol])
        ),
    )


def forbidden_changes(change: Diff, *, used: Collection[str]) -> list[str]:
    """Return the classes that may not change because cases stand in them: changed, removed or divided."""
    divided = {symbol[:-1] for symbol in change.added}
    return sorted({*change.removed, *change.changed, *divided} & set(used))


def _of_one(row: PlanRow, *, known: set[str], is_final: bool) -> Iterable[Fault]:
    def error(text: str) -> Fault:
        return Fault(Severity.ERROR, row.line, row.symbol, text)

    def warning(text: str) -> Fault:
        return Fault(Severity.WARNING, row.line, row.symbol, text)

    if not is_class_symbol(row.symbol):
        yield error("symbol klasy to od jednej do dziesięciu cyfr")
        return
    if len(row.symbol) > 1 and row.symbol[:-1] not in known:
        yield error(f"brak klasy nadrzędnej {row.symbol[:-1]}")
    if not row.title.strip():
        yield error("brak hasła klasyfikacyjnego")
    elif _GLUED.search(row.title):
        yield warning("hasło wygląda na sklejone z nagłówkiem następnej klasy")
    if row.category and not is_category(row.category):
        yield error(f"nieznana kategoria archiwalna {row.category}")
    if row.category and not is_final:
        yield error("kategorię ma tylko klasa końcowa")
    if not row.category and is_final:
        yield warning("klasa końcowa bez kategorii: nie można w niej zakładać spraw")


def _doubles(rows: Sequence[PlanRow]) -> list[Fault]:
    seen: set[str] = set()
    faults = []
    for row in rows:
        if row.symbol in seen:
            faults.append(Fault(Severity.ERROR, row.line, row.symbol, "symbol powtórzony"))
        seen.add(row.symbol)
    return faults


def _only_children(rows: Sequence[PlanRow]) -> list[Fault]:
    children: dict[str, list[PlanRow]] = {}
    for row in rows:
        if len(row.symbol) > 1:
            children.setdefault(row.symbol[:-1], []).append(row)
    return [
        Fault(Severity.WARNING, ones[0].line, ones[0].symbol, f"jedyna podklasa klasy {parent}")
        for parent, ones in children.items()
        if len(ones) == 1
    ]


def _against_reserved(rows: Sequence[PlanRow], reserved: Collection[str]) -> list[Fault]:
    """Ranks I-II of classes 0-3 come from the regulation: nothing may be added to them."""
    if not reserved:
        return []
    return [
        Fault(Severity.ERROR, row.line, row.symbol, "rzędy I-II klas 0-3 są zastrzeżone")
        for row in rows
        if len(row.symbol) <= RESERVED_DEPTH
        and row.symbol[:1] in RESERVED_CLASSES
        and row.symbol not in reserved
    ]


def _meaning(rows: Iterable[PlanRow]) -> Mapping[str, tuple[str, str, str, bool]]:
    return {row.symbol: (row.title, row.category, row.mode, row.makes_case) for row in rows}
