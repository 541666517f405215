"""Registers as open data: each one as CSV and JSON, and the catalogue of everything in DCAT (JSON-LD).

Law: ustawa o otwartych danych art. 5, 11 (re-use, machine-readable formats; from memory).
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from starostwo.bulletin.models import Item
from starostwo.bulletin.rules.registers import Register, cells_of, columns_of
from starostwo.ledger.api import public

DATASET = "zbior"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
FORMATS = {"csv": "text/csv", "json": "application/json"}
OWN_TERMS = "bez warunków"


def as_csv(register: Register, items: Iterable[Item], *, site: str) -> bytes:
    """The register as a table in UTF-8, with the mark that spreadsheets know it by."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Tytuł", *columns_of(register.code), "Opublikowano", "Adres"])
    for item in items:
        writer.writerow([_plain(cell) for cell in _row(register, item, site)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_json(register: Register, items: Iterable[Item], *, site: str) -> bytes:
    """The register as a list of objects, each with the values as they are kept."""
    rows = [
        {
            "title": item.title,
            "url": address_of(item, site),
            "published_on": item.first_day.isoformat(),
            **item.own_fields,
        }
        for item in items
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


CONTRACT_COLUMNS = {
    "Numer w rejestrze": "number", "Numer umowy": "document_number", "Strona": "party",
    "Przedmiot": "subject",
    "Zawarta": "signed_on", "Miejsce": "place", "Obowiązuje od": "starts_on", "Obowiązuje do": "ends_on",
    "Wartość (zł)": "value", "Współfinansowanie": "funding", "Jednostka": "by",
}  # fmt: skip


def contracts_as_csv(rows: Iterable[public.PublicContract]) -> bytes:
    """The register of contracts as a table."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(CONTRACT_COLUMNS)
    for row in rows:
        said = _of_contract(row)
        writer.writerow([_plain(said[name]) for name in CONTRACT_COLUMNS.values()])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def contracts_as_json(rows: Iterable[public.PublicContract]) -> bytes:
    """The register of contracts as a list of objects."""
    return json.dumps([_of_contract(row) for row in rows], ensure_ascii=False, indent=1).encode()


def _of_contract(row: public.PublicContract) -> dict[str, str]:
    """Each value as text: days as 2026-11-27, the value in złote with a dot."""
    said = {name: "" if value is None else str(value) for name, value in asdict(row).items()}
    return said | {"value": f"{row.value // 100}.{row.value % 100:02d}"}


def catalogue(
    *,
    site: str,
    publisher: str,
    registers: Sequence[Register],
    datasets: Sequence[tuple[Item, Sequence[str]]],
) -> bytes:
    """The catalogue: the registers, and the data sets of editors with their files."""
    made = {
        "@context": CONTEXT,
        "@id": f"{site}/bip/otwarte-dane/",
        "@type": "dcat:Catalog",
        "dct:title": f"Otwarte dane: {publisher}",
        "dct:language": "pl",
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": publisher},
        "dcat:dataset": [
            *(_of_register(register, site) for register in registers),
            *(_of_item(item, files, site) for item, files in datasets),
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def address_of(item: Item, site: str) -> str:
    """The lasting address of an information."""
    return f"{site}/bip/informacja/{item.pk}/"


def _row(register: Register, item: Item, site: str) -> list[str]:
    cells = cells_of(register.code, item.own_fields, item.first_day)
    return [item.title, *cells, item.first_day.isoformat(), address_of(item, site)]


def _plain(cell: str) -> str:
    """A cell that a spreadsheet takes for words, never for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell


def _of_register(register: Register, site: str) -> dict[str, Any]:
    here = f"{site}/bip/rejestr/{register.code}/"
    return {
        "@id": here,
        "@type": "dcat:Dataset",
        "dct:title": register.plural,
        "dcat:landingPage": {"@id": here},
        "dcat:distribution": [
            _distribution(f"{here}{register.code}.{ending}", media_type, OWN_TERMS)
            for ending, media_type in FORMATS.items()
        ],
    }


def _of_item(item: Item, files: Sequence[str], site: str) -> dict[str, Any]:
    values = item.own_fields
    return {
        "@id": address_of(item, site),
        "@type": "dcat:Dataset",
        "dct:title": item.title,
        "dct:issued": item.first_day.isoformat(),
        "dct:accrualPeriodicity": values.get("frequency", ""),
        "dcat:landingPage": {"@id": address_of(item, site)},
        "dcat:distribution": [
            _distribution(f"{site}/bip/{file}", "", values.get("licence", "")) for file in files
        ],
    }


def _distribution(address: str, media_type: str, licence: str) -> dict[str, Any]:
    said = {"@type": "dcat:Distribution", "dcat:downloadURL": {"@id": address}, "dct:license": licence}
    return said | ({"dcat:mediaType": media_type} if media_type else {})
