"""Devices and cables from a CSV or XLSX file: read on trial with every fault named, entered all or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from starostwo.assets import api as assets
from starostwo.infrastructure.models import CableEnd, Device, DeviceType, Port, Rack
from starostwo.infrastructure.models.cabling import FAR_ENDS
from starostwo.infrastructure.queries.references import labels_in_use, ports_named
from starostwo.infrastructure.rules.kinds import CABLES, COLOURS, fit
from starostwo.infrastructure.services.cabling import Joint, NewCable, connect_all
from starostwo.infrastructure.services.hardware import NewDevice, Spot, add_devices
from starostwo.infrastructure.services.writing import Refused, must_manage
from starostwo.office.api import Actor, places
from starostwo.platform.sheet_rows import NotASheet, sheet_rows

MOST_ROWS, LONGEST_METRES = 2000, 100_000
DEVICE_COLUMNS = {
    "nazwa": "name", "producent": "maker", "model": "model", "miejsce": "place", "u": "unit",
    "strona": "face", "numer seryjny": "serial_number", "numer inwentarzowy": "asset",
    "do czego służy": "role",
}  # fmt: skip
CABLE_COLUMNS = {
    "jeden koniec": "near", "drugi koniec": "far", "rodzaj": "kind", "oznaczenie": "label", "kolor": "colour",
    "długość": "length", "uwagi": "note",
}  # fmt: skip
NEEDED = {
    "devices": ("nazwa", "producent", "model", "miejsce"),
    "cables": ("jeden koniec", "drugi koniec", "rodzaj"),
}
COLUMNS = {"devices": DEVICE_COLUMNS, "cables": CABLE_COLUMNS}
FACES = {"": "FRONT", "przód": "FRONT", "tył": "REAR", "przód i tył": "BOTH"}
KIND_OF = {words: kind for kind, words in CABLES.items()} | {kind.lower(): kind for kind in CABLES}
COLOUR_OF = {words: colour for colour, words in COLOURS.items()} | {"": ""}
Row = tuple[int, Mapping[str, str]]


class NotAnImport(ValueError):
    """The file or a row cannot be read; the text says why in Polish."""


@dataclass(frozen=True)
class Trial:
    """What a file would bring, and what is wrong with which row; nothing is written."""

    new: Sequence[Any]
    faults: Sequence[tuple[int, str]]


def try_file(what: str, content: bytes, *, actor: Actor) -> Trial:
    """Read the file; rows are numbered as a spreadsheet shows them."""
    must_manage(actor)
    rows = _rows(what, content)
    reader = _device_reader(rows) if what == "devices" else _cable_reader(rows, actor)
    new, faults = [], []
    for number, cells in rows:
        try:
            new.append(reader(cells))
        except NotAnImport as fault:
            faults.append((number, str(fault)))
    return Trial(new, faults)


@transaction.atomic
def bring_in(what: str, content: bytes, *, actor: Actor, now: datetime) -> int:
    """Enter the whole file; with a fault, or a refusal in the middle, nothing of it."""
    trial = try_file(what, content, actor=actor)
    if trial.faults:
        raise Refused("file", f"Plik ma błędy ({len(trial.faults)}). Popraw je i wczytaj go jeszcze raz.")
    if what == "devices":
        return len(add_devices(trial.new, actor=actor, now=now))
    return len(connect_all(trial.new, actor=actor, now=now))


def _rows(what: str, content: bytes) -> list[Row]:
    try:
        rows = [(at, row) for at, row in enumerate(sheet_rows(content, most=MOST_ROWS), 1) if any(row)]
    except NotASheet as error:
        raise NotAnImport(str(error)) from error
    if not rows or len(rows) > MOST_ROWS:
        raise NotAnImport(f"Plik jest pusty albo ma więcej niż {MOST_ROWS} wierszy.")
    heads = [cell.lower() for cell in rows[0][1]]
    if missing := [name for name in NEEDED[what] if name not in heads]:
        raise NotAnImport(f"W pierwszym wierszu brakuje kolumn: {', '.join(missing)}.")
    known = COLUMNS[what]
    where = {known[name]: at for at, name in enumerate(heads) if name in known}
    return [
        (number, {name: row[at].strip() if at < len(row) else "" for name, at in where.items()})
        for number, row in rows[1:]
    ]


def _device_reader(rows: Sequence[Row]) -> Callable[[Mapping[str, str]], NewDevice]:
    types = {(one.maker.lower(), one.model.lower()): one for one in DeviceType.objects.all()}
    spots = places.by_paths(cells["place"].upper() for _, cells in rows)
    racks = dict(Rack.objects.values_list("place_id", "pk"))
    owned = assets.by_numbers(cells.get("asset", "").upper() for _, cells in rows)
    live = Device.objects.exclude(state=Device.State.WITHDRAWN)
    taken = {name.lower() for name in live.values_list("name", flat=True)}

    def read(cells: Mapping[str, str]) -> NewDevice:
        name, place = cells["name"], spots.get(cells["place"].upper())
        kind = types.get((cells["maker"].lower(), cells["model"].lower()))
        number, unit = cells.get("asset", "").upper(), cells.get("unit", "")
        if not name or ":" in name or len(name) > 60 or name.lower() in taken:
            raise NotAnImport(f"nazwa „{name}” jest pusta, zajęta, za długa albo ma dwukropek")
        if kind is None:
            raise NotAnImport(f"nie ma typu „{cells['maker']} {cells['model']}”")
        if place is None:
            raise NotAnImport(f"nie ma miejsca „{cells['place']}”")
        if unit and (not unit.isdecimal() or place.pk not in racks or len(unit) > 2):
            raise NotAnImport(f"U „{unit}” nie jest liczbą albo miejsce nie jest szafą")
        if cells.get("face", "").lower() not in FACES:
            raise NotAnImport(f"nieznana strona szafy „{cells['face']}”")
        if number and number not in owned:
            raise NotAnImport(f"nie ma składnika majątku „{number}”")
        taken.add(name.lower())
        face = FACES[cells.get("face", "").lower()]
        spot = Spot(rack=racks[place.pk], unit=int(unit), face=face) if unit else Spot(place.pk)
        return NewDevice(
            kind.pk, name, spot,
            {
                "serial_number": cells.get("serial_number", "")[:100], "role": cells.get("role", "")[:100],
                "asset_id": owned[number].id if number else None,
            },
        )  # fmt: skip

    return read


def _cable_reader(rows: Sequence[Row], actor: Actor) -> Callable[[Mapping[str, str]], Joint]:
    texts = {one for _, cells in rows for one in (cells["near"], *_split(cells["far"]))}
    known = ports_named(texts, actor=actor)
    plugged = CableEnd.objects.filter(port__in=[port.pk for port in known.values()])
    taken = set(plugged.values_list("port_id", flat=True))
    labels = set(labels_in_use(cells.get("label", "") for _, cells in rows))

    def ports_of(cells: Mapping[str, str]) -> list[Port]:
        far = _split(cells["far"])
        missing = [one for one in (cells["near"], *far) if one not in known]
        if missing or not far:
            raise NotAnImport(f"nie ma portu „{(missing or [''])[0]}”")
        ports = [known[one] for one in (cells["near"], *far)]
        if busy := [port for port in ports if port.pk in taken]:
            raise NotAnImport(f"do portu „{busy[0].device.name}:{busy[0].name}” jest już podłączony kabel")
        if len({port.pk for port in ports}) != len(ports):
            raise NotAnImport("ten sam port jest podany dwa razy")
        if len(far) > FAR_ENDS:
            raise NotAnImport(f"kabel rozgałęziony ma najwyżej {FAR_ENDS} końców po drugiej stronie")
        return ports

    def read(cells: Mapping[str, str]) -> Joint:
        ports = ports_of(cells)
        kind, colour = KIND_OF.get(cells["kind"].lower()), COLOUR_OF.get(cells.get("colour", "").lower())
        if kind is None or colour is None:
            raise NotAnImport(f"nieznany rodzaj „{cells['kind']}” albo kolor „{cells.get('colour', '')}”")
        if not all(fit(ports[0].kind, port.kind) for port in ports[1:]):
            raise NotAnImport("te porty do siebie nie pasują")
        label, note = cells.get("label", "")[:60], cells.get("note", "")[:500]
        if label.lower() in labels:
            raise NotAnImport(f"kabel z oznaczeniem „{label}” już jest")
        cable = NewCable(kind, label=label, colour=colour, length=_metres(cells.get("length", "")), note=note)
        taken.update(port.pk for port in ports)
        labels.update({label.lower()} - {""})
        return Joint(ports[0].pk, [port.pk for port in ports[1:]], cable)

    return read


def _split(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _metres(text: str) -> int | None:
    """Centimetres of a length told in metres."""
    if not text:
        return None
    try:
        told = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise NotAnImport(f"„{text}” nie jest długością w metrach") from error
    if not told.is_finite() or not 0 <= told <= LONGEST_METRES:
        raise NotAnImport(f"długość „{text}” ma być od 0 do {LONGEST_METRES} m")
    return round(told * 100)
