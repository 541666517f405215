"""Contracts: their yearly parts as they are typed, what a contract lacks, what it commits and when.

Law: ufp art. 46 ust. 1 (commitments within the plan), rozp. MRiF 13.09.2017 zał. 3 (998 of this year, 999 of
later ones; Ma commits, Wn is what was paid). From memory.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from starostwo.ledger.rules.classification import NotAPosition, Position, position
from starostwo.ledger.rules.plan import CELLS, DAYS, Fault, signed
from starostwo.platform.money import NotMoney, zloty

THIS_YEAR, LATER_YEARS = "998", "999"
FIRST = re.compile(r"(20\d{2})[\s;]+(.+)")
FURTHEST = 30
LONGEST = 300


@dataclass(frozen=True)
class Part:
    """What a contract takes from one position in one year, in grosze; negative in an annex that cuts."""

    year: int
    position: Position
    amount: int


@dataclass(frozen=True)
class ReadContract:
    """A contract or an annex as it was understood, with all that keeps it from being registered."""

    days: Mapping[str, date | None]
    amount: int
    parts: tuple[Part, ...]
    faults: tuple[Fault, ...]


def account_of(part_year: int, book_year: int) -> str:
    """Where a part is committed: 998 in its own year, 999 before it."""
    return THIS_YEAR if part_year == book_year else LATER_YEARS


def read_parts(typed: str, *, since: int) -> tuple[list[Part], list[Fault]]:
    """Read lines such as '2026 750.75020.4300 12 000,00'."""
    parts: list[Part] = []
    faults: list[Fault] = []
    for number, line in enumerate(typed.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            parts.append(_part(line.strip(), since))
        except (NotAPosition, NotMoney) as wrong:
            faults.append(Fault("parts", number, f"„{wrong}” to nie część, np. 2026 750.75020.4300 5,00"))
        except ValueError as wrong:
            faults.append(Fault("parts", number, str(wrong)))
    keys = [(part.year, part.position) for part in parts]
    if len(keys) != len(set(keys)):
        faults.append(Fault("parts", 0, "Rok z pozycją stoi więcej niż raz; zapisz je jedną kwotą."))
    return parts, faults


def _part(line: str, since: int) -> Part:
    found = FIRST.fullmatch(line)
    if found is None:
        raise NotAPosition(line)
    year, rest = int(found[1]), found[2].strip()
    if not since <= year <= since + FURTHEST:
        raise ValueError(f"rok {year} jest przed rokiem zawarcia albo zbyt daleko")
    if CELLS.search(rest):
        *cells, amount = [cell.strip() for cell in CELLS.split(rest)]
        where = " ".join(cells)
    else:
        where, _, amount = rest.partition(" ")
    said, found_at = signed(amount), position(where)
    if not said or not found_at.chapter:
        raise NotAPosition(line)
    return Part(year, found_at, said)


def read_contract(typed: Mapping[str, str], *, today: date, needed: Sequence[str]) -> ReadContract:
    """Read a contract as it was typed; its parts must come to its value."""
    faults = [Fault(name, 0, f"Uzupełnij: {label}.") for name, label in _missing(typed, needed)]
    days, wrong = _days(typed, today)
    amount = _amount(typed.get("amount", ""))
    if amount is None or amount <= 0:
        wrong.append(Fault("amount", 0, "Podaj wartość umowy, na przykład 12 000,00."))
    faults += wrong + _faults_of_nip(typed.get("nip", ""))
    signed_on = days["signed_on"]
    parts, wrong = read_parts(typed.get("parts", ""), since=(signed_on or today).year)
    faults += wrong
    if any(part.amount < 0 for part in parts):
        faults.append(Fault("parts", 0, "Umowa nie może mieć części ujemnej."))
    total = sum(part.amount for part in parts)
    if amount and total != amount:
        faults.append(
            Fault("parts", 0, f"Części dają razem {zloty(total)}, a wartość umowy to {zloty(amount)}.")
        )
    return ReadContract(days, amount or 0, tuple(parts), tuple(faults))


def read_annex(
    typed: Mapping[str, str], *, today: date, signed_on: date, agreed: Mapping[tuple[int, str], int]
) -> ReadContract:
    """Read an annex: by how much each part changes; no part may fall below zero."""
    faults = [
        Fault(name, 0, f"Uzupełnij: {label}.")
        for name, label in _missing(typed, ("document_number", "subject", "signed_on"))
    ]
    days, wrong = _days(typed, today)
    parts, more = read_parts(typed.get("parts", ""), since=signed_on.year)
    faults += wrong + more
    if (day := days["signed_on"]) and day < signed_on:
        faults.append(Fault("signed_on", 0, "Aneks nie może być wcześniejszy niż umowa."))
    if day and any(part.year < day.year for part in parts):
        faults.append(Fault("parts", 0, "Aneks nie zmienia części lat, które minęły."))
    for part in parts:
        if agreed.get((part.year, str(part.position)), 0) + part.amount < 0:
            text = f"Część {part.year} {part.position} spadłaby poniżej zera."
            faults.append(Fault("parts", 0, text))
    if not parts and not days["ends_on"]:
        faults.append(Fault("parts", 0, "Aneks niczego nie zmienia: podaj części albo nowy koniec umowy."))
    return ReadContract(days, sum(part.amount for part in parts), tuple(parts), tuple(faults))


LABELS = {
    "document_number": "numer", "subject": "przedmiot", "signed_on": "dzień zawarcia",
    "starts_on": "początek obowiązywania", "name": "nazwa kontrahenta",
}  # fmt: skip


def _missing(typed: Mapping[str, str], needed: Sequence[str]) -> list[tuple[str, str]]:
    return [
        (name, LABELS[name] + (f" (do {LONGEST} znaków)" if typed.get(name, "").strip() else ""))
        for name in needed
        if not 0 < len(typed.get(name, "").strip()) <= LONGEST
    ]


def _days(typed: Mapping[str, str], today: date) -> tuple[dict[str, date | None], list[Fault]]:
    days: dict[str, date | None] = {}
    faults = []
    for name in ("signed_on", "starts_on", "ends_on"):
        text = typed.get(name, "").strip()
        days[name] = _day(text)
        if text and days[name] is None:
            faults.append(Fault(name, 0, f"„{text}” nie jest datą, np. 27.11.2026."))
    signed_on, starts, ends = days["signed_on"], days["starts_on"], days["ends_on"]
    if signed_on and signed_on > today:
        faults.append(Fault("signed_on", 0, "Dzień zawarcia jeszcze nie nadszedł."))
    if starts and ends and ends < starts:
        faults.append(Fault("ends_on", 0, "Umowa kończy się przed swoim początkiem."))
    return days, faults


def _faults_of_nip(typed: str) -> list[Fault]:
    """NIP: ten digits, the last one counted from the others; empty for a person without one."""
    digits = re.sub(r"[\s-]", "", typed)
    if not digits or is_nip(digits):
        return []
    return [Fault("nip", 0, "NIP jest błędny: sprawdź cyfry.")]


def is_nip(digits: str) -> bool:
    """Whether ten digits are a NIP, by its check digit."""
    if not re.fullmatch(r"\d{10}", digits):
        return False
    weights = (6, 5, 7, 2, 3, 4, 5, 6, 7)
    return sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11 == int(digits[9])


def _amount(typed: str) -> int | None:
    try:
        return signed(typed)
    except NotMoney:
        return None


def _day(typed: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(typed, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
