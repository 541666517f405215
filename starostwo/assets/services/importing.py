"""Assets from a CSV or XLSX file: read on trial with every fault named, entered as one opening balance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from starostwo.assets.models import Document
from starostwo.assets.queries.catalogue import threshold_on
from starostwo.assets.rules.kinds import KINDS, REGISTERS
from starostwo.assets.services.documents import NewAsset, bring_forward, check_brought
from starostwo.assets.services.writing import Header, Refused
from starostwo.office import api as office
from starostwo.office.api import Actor, places
from starostwo.platform.money import NotMoney, grosze
from starostwo.platform.sheet_rows import NotASheet, sheet_rows

MOST_ROWS, LONGEST_QUANTITY = 5000, 6
COLUMNS = {
    "rodzaj": "kind", "nazwa": "name", "wartość": "value", "umorzenie": "written_off", "kśt": "kst_code",
    "przyjęto": "taken_on", "miejsce": "place", "osoba": "keeper", "sztuk": "quantity", "model": "maker",
    "numer seryjny": "serial_number", "stary numer": "note",
}  # fmt: skip
NEEDED = ("rodzaj", "nazwa", "wartość", "przyjęto", "miejsce")
KIND_OF = {code.lower(): kind for kind, code in REGISTERS.items()} | {
    name: kind for kind, name in KINDS.items()
}


class NotAnImport(ValueError):
    """The file cannot be read at all; the text says why in Polish."""


@dataclass(frozen=True)
class Trial:
    """What a file would bring, and what is wrong with which row; nothing is written."""

    new: Sequence[NewAsset]
    faults: Sequence[tuple[int, str]]
    value: int


def try_file(content: bytes, *, on: date, today: date) -> Trial:
    """Read the file for a BO of a day; rows are numbered as a spreadsheet shows them."""
    try:
        rows = [
            (number, row) for number, row in enumerate(sheet_rows(content, most=MOST_ROWS), 1) if any(row)
        ]
    except NotASheet as error:
        raise NotAnImport(str(error)) from error
    if not rows or len(rows) > MOST_ROWS:
        raise NotAnImport(f"Plik jest pusty albo ma więcej niż {MOST_ROWS} wierszy.")
    heads = [cell.lower() for cell in rows[0][1]]
    if missing := [name for name in NEEDED if name not in heads]:
        raise NotAnImport(f"W pierwszym wierszu brakuje kolumn: {', '.join(missing)}.")
    where = {COLUMNS[name]: place for place, name in enumerate(heads) if name in COLUMNS}
    told = [
        (n, {name: row[at] if at < len(row) else "" for name, at in where.items()}) for n, row in rows[1:]
    ]
    known = places.by_paths(cells["place"].upper() for _, cells in told)
    people = {one.name.lower(): one.id for one in office.people(today)}
    threshold = threshold_on(on)
    new: list[NewAsset] = []
    faults: list[tuple[int, str]] = []
    for number, cells in told:
        try:
            one = _read(cells, known, people)
            check_brought(one, on, threshold)
        except NotAnImport as fault:
            faults.append((number, str(fault)))
        except Refused as refused:
            faults.append((number, refused.words))
        else:
            new.append(one)
    return Trial(new, faults, sum(one.value for one in new))


def _read(cells: Mapping[str, str], known: Mapping[str, Any], people: Mapping[str, int]) -> NewAsset:
    kind = KIND_OF.get(cells["kind"].lower())
    place = known.get(cells["place"].upper())
    if kind is None:
        raise NotAnImport(f"nieznany rodzaj „{cells['kind']}”; są: {', '.join(REGISTERS.values())}")
    if place is None:
        raise NotAnImport(f"nie ma miejsca „{cells['place']}”")
    keeper = people.get(cells.get("keeper", "").lower())
    if cells.get("keeper") and keeper is None:
        raise NotAnImport(f"nie ma pracownika „{cells['keeper']}”")
    quantity = cells.get("quantity") or "1"
    if not quantity.isdecimal() or len(quantity) > LONGEST_QUANTITY or int(quantity) == 0:
        raise NotAnImport(f"liczba sztuk „{quantity}” nie jest liczbą od 1")
    return NewAsset(
        kind, cells["name"][:200], _money(cells["value"]), place.pk, keeper=keeper,
        kst_code=cells.get("kst_code", ""), quantity=int(quantity), taken_on=_day(cells["taken_on"]),
        written_off=_money(cells.get("written_off") or "0"),
        described={
            "maker": cells.get("maker", "")[:200], "serial_number": cells.get("serial_number", "")[:100],
            "note": f"stary numer {cells['note']}"[:500] if cells.get("note") else "",
        },
    )  # fmt: skip


def _money(text: str) -> int:
    try:
        return grosze(text)
    except NotMoney as error:
        raise NotAnImport(f"„{text}” nie jest kwotą") from error


def _day(text: str) -> date:
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise NotAnImport(f"„{text}” nie jest dniem, na przykład 23.11.2026")


@transaction.atomic
def bring_in(content: bytes, header: Header, *, actor: Actor, today: date, now: datetime) -> Document:
    """Enter the whole file as one BO; a file with a fault is not entered at all."""
    trial = try_file(content, on=header.happened_on, today=today)
    if trial.faults:
        raise Refused("file", f"Plik ma błędy ({len(trial.faults)}). Popraw je i wczytaj go jeszcze raz.")
    return bring_forward(trial.new, header, actor=actor, today=today, now=now)
