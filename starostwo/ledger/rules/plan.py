"""Acts that set or change the plan: how they are typed, what they lack, what they enter off the balance.

Law: ufp art. 233 (who decides on the budget), art. 257-258 (changes by the board and by heads of units),
rozp. MRiF 13.09.2017 zał. 2 and 3 (991, 992, 980). All from memory.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from starostwo.ledger.rules.classification import NotAPosition, Position, position
from starostwo.platform.money import NotMoney, grosze, zloty

INCOME, SPENDING, REVENUE, OUTFLOW = "D", "W", "P", "R"
KINDS = {INCOME: "dochody", SPENDING: "wydatki", REVENUE: "przychody", OUTFLOW: "rozchody"}
IN_UNIT = (INCOME, SPENDING)
IN_BUDGET = (INCOME, SPENDING, REVENUE, OUTFLOW)
DAYS = ("%d.%m.%Y", "%Y-%m-%d", "%d%m%Y")
CELLS = re.compile(r"[;\t]")
MINUS, SIGNS = "-−–", "+-−–"
LONGEST = 200


@dataclass(frozen=True)
class Change:
    """By how much an act changes the plan of one position; negative for a cut."""

    kind: str
    position: Position
    amount: int

    def __str__(self) -> str:
        return f"{self.position} {written(self.amount)}"


@dataclass(frozen=True)
class Fault:
    """What is wrong with an act and where it stands; line 0 is the act as a whole."""

    field: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"wiersz {self.line}: {self.text}" if self.line else self.text


@dataclass(frozen=True)
class ReadAct:
    """An act as it was understood, with all that keeps it from being approved."""

    act: str
    number: str
    act_on: date | None
    text: str
    changes: tuple[Change, ...]
    said: Mapping[str, int]
    faults: tuple[Fault, ...]

    def total(self, kind: str) -> int:
        """The sum of changes of a kind."""
        return sum(change.amount for change in self.changes if change.kind == kind)


def written(amount: int) -> str:
    """An amount as it is typed: -12000,00."""
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100},{abs(amount) % 100:02d}"


def signed(typed: str) -> int:
    """Read an amount with an optional sign, in grosze."""
    text = typed.strip()
    bare = text[1:] if text[:1] in tuple(SIGNS) else text
    return -grosze(bare) if text[:1] in tuple(MINUS) else grosze(bare)


def read_lines(kind: str, typed: str) -> tuple[list[Change], list[Fault]]:
    """Read lines such as '750.75020.4300 -12 000,00'; a semicolon or a tab may part them."""
    changes: list[Change] = []
    faults: list[Fault] = []
    for number, line in enumerate(typed.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            changes.append(_change(kind, line))
        except NotAPosition as wrong:
            faults.append(Fault(kind, number, f"„{wrong}” nie jest pozycją, np. {_example(kind)}"))
        except NotMoney as wrong:
            faults.append(Fault(kind, number, f"„{wrong}” nie jest kwotą, np. −12 000,00"))
    faults += [
        Fault(kind, 0, f"pozycja {twice} stoi więcej niż raz; zapisz ją jedną kwotą")
        for twice, times in Counter(str(change.position) for change in changes).items()
        if times > 1
    ]
    return changes, faults


def _change(kind: str, line: str) -> Change:
    if CELLS.search(line):
        *parts, amount = [cell.strip() for cell in CELLS.split(line.strip().rstrip(";\t"))]
        where = " ".join(parts)
    else:
        where, _, amount = line.strip().partition(" ")
    found = position(where)
    if (kind in (REVENUE, OUTFLOW)) != (found.chapter == ""):
        raise NotAPosition(where)
    said = signed(amount)
    if said == 0:
        raise NotMoney(amount)
    return Change(kind, found, said)


def _example(kind: str) -> str:
    return "952" if kind in (REVENUE, OUTFLOW) else "750.75020.4300"


def read_act(
    typed: Mapping[str, str], *, kinds: Sequence[str], acts: Collection[str], year: int, today: date
) -> ReadAct:
    """Read an act of a year as it was typed and list everything that it lacks."""
    changes: list[Change] = []
    faults: list[Fault] = []
    said: dict[str, int] = {}
    for kind in kinds:
        found, wrong = read_lines(kind, typed.get(f"lines_{kind}", ""))
        changes += found
        faults += wrong
        try:
            said[kind] = signed(typed.get(f"said_{kind}", "").strip() or "0")
        except NotMoney:
            faults.append(Fault(f"said_{kind}", 0, f"Suma zmian ({KINDS[kind]}) nie jest kwotą."))
    act_on = _day(typed.get("act_on", ""))
    number, text = typed.get("act_number", "").strip(), " ".join(typed.get("text", "").split())
    faults += [Fault(field, 0, why) for field, why in _missing(typed, number, text, acts, changes)]
    faults += [Fault("act_on", 0, why) for why in _faults_of_day(act_on, year, today)]
    faults += _differences(changes, said)
    return ReadAct(typed.get("act", ""), number, act_on, text, tuple(changes), said, tuple(faults))


def _missing(
    typed: Mapping[str, str], number: str, text: str, acts: Collection[str], changes: Sequence[Change]
) -> list[tuple[str, str]]:
    found = []
    if typed.get("act", "") not in acts:
        found.append(("act", "Wybierz rodzaj aktu."))
    if not number or len(number) > LONGEST:
        found.append(("act_number", "Podaj numer aktu (do 200 znaków)."))
    if not text or len(text) > LONGEST:
        found.append(("text", "Napisz, czego dotyczy zmiana (do 200 znaków)."))
    if not changes:
        found.append(("lines", "Akt nie zmienia żadnej pozycji."))
    return found


def _faults_of_day(act_on: date | None, year: int, today: date) -> list[str]:
    """An act is dated in its year or, as the budget resolution, in the one before; never ahead of today."""
    if act_on is None:
        return ["Podaj datę aktu, na przykład 27.11.2026."]
    if act_on.year not in (year - 1, year):
        return [f"Plan roku {year} ustala się aktem z tego roku albo z roku przed nim."]
    return ["Akt ma datę późniejszą niż dziś."] if act_on > today else []


def _differences(changes: Sequence[Change], said: Mapping[str, int]) -> list[Fault]:
    """Pairs of plus and minus must come to what the act itself says."""
    faults = []
    for kind, told in said.items():
        total = sum(change.amount for change in changes if change.kind == kind)
        if total != told:
            faults.append(
                Fault(
                    f"said_{kind}",
                    0,
                    f"Zmiany ({KINDS[kind]}) dają razem {zloty(total)}, a akt mówi {zloty(told)}.",
                )
            )
    return faults


def _day(typed: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(typed.strip(), form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None


@dataclass(frozen=True)
class PlanEntry:
    """An off-balance entry of the plan: which account, which side, how much."""

    account: str
    debit: int
    credit: int


def plan_entry(change: Change, *, of_budget: bool) -> PlanEntry | None:
    """What a change enters: 980 in a unit (a cut is negative), 991 and 992 in the budget; else nothing.

    Law: rozp. MRiF 13.09.2017 zał. 3 (980), zał. 2 (991: Ma plan and increases, Wn cuts; 992 the other way).
    """
    amount = change.amount
    if not of_budget:
        return PlanEntry("980", amount, 0) if change.kind == SPENDING else None
    if change.kind == SPENDING:
        return PlanEntry("992", max(amount, 0), max(-amount, 0))
    if change.kind == INCOME:
        return PlanEntry("991", max(-amount, 0), max(amount, 0))
    return None
