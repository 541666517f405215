"""Desk phones from a CSV or XLSX list: read on trial with every fault named, entered all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from starostwo.assets import api as assets
from starostwo.office.api import Actor, places
from starostwo.platform.sheet_rows import NotASheet, sheet_rows
from starostwo.telephony.models import Device, Extension
from starostwo.telephony.rules.devices import MODELS, VENDORS, NotAMac, plain_mac
from starostwo.telephony.services.devices import Said, add_devices
from starostwo.telephony.services.writing import must_manage

MOST_ROWS = 1000
COLUMNS = {
    "mac": "mac", "producent": "vendor", "model": "model", "numer": "number", "miejsce": "place",
    "numer inwentarzowy": "asset", "uwagi": "note",
}  # fmt: skip
NEEDED = ("mac", "producent", "model")
OPTIONAL = tuple(name for name in COLUMNS if name not in NEEDED)
VENDOR_OF = {words.lower(): vendor for vendor, words in VENDORS.items()}
New = tuple[str, Said]


class NotAnImport(ValueError):
    """The file or a row cannot be read; the text says why in Polish."""


class HasFaults(Exception):
    """Rows are wrong; nothing was entered."""


@dataclass(frozen=True)
class Trial:
    """What a file would bring, and what is wrong with which row; nothing is written."""

    new: Sequence[New]
    faults: Sequence[tuple[int, str]]


@dataclass
class Known:
    """What the rows of a file may name, read in four queries."""

    numbers: set[str]
    places: Mapping[str, int]
    assets: Mapping[str, int]
    taken: set[str]
    owned: set[int]
    seen: set[str] = field(default_factory=set)


def try_file(content: bytes, *, actor: Actor) -> Trial:
    """Read the file; rows are numbered as a spreadsheet shows them."""
    must_manage(actor)
    rows = _rows(content)
    known = _known(rows)
    new: list[New] = []
    faults = []
    for number, cells in rows:
        try:
            new.append(_read(cells, known))
        except NotAnImport as fault:
            faults.append((number, str(fault)))
    return Trial(new, faults)


def bring_in(content: bytes, *, actor: Actor, now: datetime) -> list[Device]:
    """Enter the whole file; with a fault, or a refusal in the middle, nothing of it."""
    trial = try_file(content, actor=actor)
    if trial.faults:
        raise HasFaults
    return add_devices(trial.new, actor=actor, now=now)


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        rows = [(at, row) for at, row in enumerate(sheet_rows(content, most=MOST_ROWS), 1) if any(row)]
    except NotASheet as error:
        raise NotAnImport(str(error)) from error
    if len(rows) < 2 or len(rows) > MOST_ROWS:
        raise NotAnImport(f"Plik jest pusty albo ma więcej niż {MOST_ROWS} wierszy.")
    heads = [cell.lower() for cell in rows[0][1]]
    if missing := [name for name in NEEDED if name not in heads]:
        raise NotAnImport(f"W pierwszym wierszu brakuje kolumn: {', '.join(missing)}.")
    where = {COLUMNS[name]: at for at, name in enumerate(heads) if name in COLUMNS}
    return [
        (number, {name: row[at].strip() if at < len(row) else "" for name, at in where.items()})
        for number, row in rows[1:]
    ]


def _known(rows: Sequence[tuple[int, Mapping[str, str]]]) -> Known:
    def column(name: str) -> set[str]:
        return {cells.get(name, "").upper() for _, cells in rows} - {""}

    in_use = Device.objects.filter(retired_at=None)
    return Known(
        set(Extension.objects.values_list("number_id", flat=True)),
        {path: place.pk for path, place in places.by_paths(column("place")).items()},
        {number: asset.id for number, asset in assets.by_numbers(column("asset")).items()},
        set(in_use.values_list("mac", flat=True)),
        set(in_use.exclude(asset=None).values_list("asset_id", flat=True)),
    )


def _read(cells: Mapping[str, str], known: Known) -> New:
    try:
        mac = plain_mac(cells["mac"])
    except NotAMac as error:
        raise NotAnImport(f"„{cells['mac']}” nie jest adresem MAC telefonu") from error
    if mac in known.taken:
        raise NotAnImport(f"aparat {mac} jest już w wykazie")
    if mac in known.seen:
        raise NotAnImport(f"adres {mac} powtarza się w pliku")
    said = _said(cells, known)
    known.seen.add(mac)
    if said.asset_id:
        known.owned.add(said.asset_id)
    return mac, said


def _said(cells: Mapping[str, str], known: Known) -> Said:
    vendor = VENDOR_OF.get(cells["vendor"].lower())
    if vendor is None:
        raise NotAnImport(f"nieznany producent „{cells['vendor']}”; znani: {', '.join(VENDORS.values())}")
    model = next((one for one in MODELS[vendor] if one.lower() == cells["model"].lower()), None)
    if model is None:
        raise NotAnImport(f"nieznany model „{cells['model']}”; znane: {', '.join(MODELS[vendor])}")
    number, place = cells.get("number", ""), cells.get("place", "").upper()
    asset = cells.get("asset", "").upper()
    if number and number not in known.numbers:
        raise NotAnImport(f"nie ma telefonu o numerze „{number}”")
    if place and place not in known.places:
        raise NotAnImport(f"nie ma miejsca „{place}”")
    if asset and asset not in known.assets:
        raise NotAnImport(f"nie ma składnika majątku „{asset}”")
    if asset and known.assets[asset] in known.owned:
        raise NotAnImport(f"składnik „{asset}” ma już swój aparat")
    return Said(
        vendor, model, number or None, known.places.get(place), known.assets.get(asset),
        cells.get("note", "")[:200],
    )  # fmt: skip
