"""Files of reports: the XML of SJO BeSTi@, filled and read, and our own XML.

The schema of BeSTi@ is not public. Its elements and fields are taken from files that public programs read
(`Jednostki/Jednostka/Sprawozdania/Rb-27s/Okres, Pozycje/Pozycja`); so an empty report that BeSTi@ itself
wrote is kept as it is and only its positions are filled. Fields whose names are not known are left out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from starostwo.ledger.rules.reports import BY_CLASSIFICATION, Form
from starostwo.ledger.rules.reports_values import FilledRow, key_of
from starostwo.platform.safe_xml import UnsafeXml, parse

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 20_000
OURS = "urn:starostwo:sprawozdanie:1"
DEFAULT: Any = {None: OURS}
KNOWN_TAG = re.compile(r"[A-Z]{2}")
AMOUNT = re.compile(r"(-?)(\d{1,13})(?:[.,](\d{1,2}))?")
SYMBOL = re.compile(r"\d{0,5}")


class NotAReport(ValueError):
    """The file is no report that can be read; the text says why, in Polish."""


@dataclass(frozen=True)
class ReadReport:
    """A report as a file tells it."""

    regon: str
    unit: str
    form: str
    year: int
    month: int
    rows: tuple[FilledRow, ...]


def tag_of(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return etree.QName(element).localname


def fill_template(template: bytes, form: Form, year: int, month: int, rows: Sequence[FilledRow]) -> bytes:
    """The empty report with its positions filled; everything else stays as BeSTi@ wrote it."""
    tree = _parsed(template)
    report = _report_of(tree, form)
    _same_period(report, year, month)
    places = _child(report, "Pozycje")
    if places is None:
        places = etree.SubElement(report, _like(report, "Pozycje"))
    for old in list(places):
        places.remove(old)
    known = [column.key for column in form.columns if KNOWN_TAG.fullmatch(column.key)]
    for row in rows:
        _add_position(places, form, row, known)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")


def _add_position(places: etree._Element, form: Form, row: FilledRow, known: Iterable[str]) -> None:
    division, chapter, *rest = row.parts
    group, paragraph = rest if form.has_group else ("", rest[0])
    said = {
        "Dzial": division,
        "Rozdzial": chapter,
        "Grupa": group,
        "Paragraf": paragraph[:3],
        "P4": paragraph[3:],
    }
    amounts = {key: written(row.cells[key]) for key in known if row.cells.get(key)}
    if not amounts:
        return
    place = etree.SubElement(places, _like(places, "Pozycja"))
    for name, value in {**said, **amounts}.items():
        if value:
            etree.SubElement(place, _like(places, name)).text = value


def check_template(template: bytes, form: Form) -> None:
    """Refuse a file that is no empty report of the form."""
    if not form.tag:
        raise NotAReport(f"Budowa pliku BeSTi@ dla {form.code} nie jest znana; wpisz go w BeSTi@ z wydruku.")
    _report_of(_parsed(template), form)


def read_file(content: bytes, forms: Sequence[Form]) -> list[ReadReport]:
    """The reports of a file, ours or of BeSTi@."""
    tree = _parsed(content)
    root = tree.getroot()
    if etree.QName(root).namespace == OURS:
        return [_read_ours(root, forms)]
    found = [
        _read_bestia(unit, element, form)
        for unit in root.iter(etree.Element)
        if tag_of(unit) == "Jednostka"
        for reports in [_child(unit, "Sprawozdania")]
        if reports is not None
        for element in reports
        for form in forms
        if isinstance(element.tag, str) and form.tag and tag_of(element) == form.tag
    ]
    if not found:
        raise NotAReport("W pliku nie ma sprawozdania, które umiemy odczytać (Rb-27S, Rb-28S albo nasz XML).")
    return found


def _read_bestia(unit: etree._Element, report: etree._Element, form: Form) -> ReadReport:
    period, places = _child(report, "Okres"), _child(report, "Pozycje")
    if period is None:
        raise NotAReport(f"Sprawozdanie {form.code} nie ma okresu.")
    rows = [_read_position(place, form) for place in (places if places is not None else ())]
    return ReadReport(
        regon=_text(unit, "Regon"), unit=_text(unit, "Nazwa"), form=form.code,
        year=_number(_text(period, "Rok")), month=_number(_text(period, "Okres")), rows=_once(rows),
    )  # fmt: skip


def _read_position(place: etree._Element, form: Form) -> FilledRow:
    said = {tag_of(one): (one.text or "").strip() for one in place if isinstance(one.tag, str)}
    symbols = [said.get(name, "") for name in ("Dzial", "Rozdzial", "Grupa")]
    paragraph = said.get("Paragraf", "") + (said.get("P4", "") or "0") if said.get("Paragraf") else ""
    if not all(SYMBOL.fullmatch(symbol) for symbol in (*symbols, paragraph)):
        raise NotAReport("Klasyfikacja w pliku zawiera coś poza cyframi.")
    division, chapter, group = symbols
    parts = (division, chapter, group, paragraph) if form.has_group else (division, chapter, paragraph)
    cells = {column.key: amount(said[column.key]) for column in form.columns if said.get(column.key)}
    return FilledRow(key_of(form, parts), parts, "", cells)


def as_xml(form: Form, *, regon: str, unit: str, year: int, month: int, correction: int, digest: str,
           rows: Sequence[FilledRow]) -> bytes:  # fmt: skip
    """A report as our own XML; amounts in złote with grosze."""
    root = etree.Element(
        f"{{{OURS}}}sprawozdanie", nsmap=DEFAULT, formularz=form.code, wersja=str(form.version),
        rok=str(year), miesiac=str(month), korekta=str(correction), jednostka=unit, regon=regon, skrot=digest,
    )  # fmt: skip
    for column in form.columns:
        etree.SubElement(root, f"{{{OURS}}}kolumna", klucz=column.key, tytul=column.title)
    for row in rows:
        line = etree.SubElement(root, f"{{{OURS}}}wiersz", klucz=row.key, klasyfikacja="|".join(row.parts))
        if row.title:
            line.set("tytul", row.title)
        for key, value in row.cells.items():
            etree.SubElement(line, f"{{{OURS}}}kwota", kolumna=key).text = written(value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _read_ours(root: etree._Element, forms: Sequence[Form]) -> ReadReport:
    said = {str(name): str(value) for name, value in root.attrib.items()}
    form = next((form for form in forms if form.code == said.get("formularz")), None)
    if form is None:
        raise NotAReport(f"Nie ma formularza „{said.get('formularz', '')}”.")
    columns = {column.key for column in form.columns}
    rows = []
    for line in root.findall(f"{{{OURS}}}wiersz"):
        parts = tuple(str(line.get("klasyfikacja", "")).split("|"))
        if form.rows_by == BY_CLASSIFICATION and (
            len(parts) != (4 if form.has_group else 3) or not all(SYMBOL.fullmatch(part) for part in parts)
        ):
            raise NotAReport("Wiersz pliku nie ma klasyfikacji tego formularza.")
        cells = {
            str(one.get("kolumna")): amount(one.text or "")
            for one in line.findall(f"{{{OURS}}}kwota")
            if one.get("kolumna") in columns
        }
        key = key_of(form, parts) if form.rows_by == BY_CLASSIFICATION else parts[0]
        title = next((row.title for row in form.rows if row.symbol == key), "")
        rows.append(FilledRow(key, parts, title, cells))
    return ReadReport(
        said.get("regon", ""), said.get("jednostka", ""), form.code, _number(said.get("rok", "")),
        _number(said.get("miesiac", "")), _once(rows),
    )  # fmt: skip


def written(grosze: int) -> str:
    """Grosze as 1234.50."""
    return f"{'-' if grosze < 0 else ''}{abs(grosze) // 100}.{abs(grosze) % 100:02d}"


def amount(text: str) -> int:
    """Read 1234.5 as grosze."""
    found = AMOUNT.fullmatch(text.strip().replace(" ", ""))
    if found is None:
        raise NotAReport(f"„{text.strip()[:30]}” nie jest kwotą.")
    value = int(found[2]) * 100 + int((found[3] or "").ljust(2, "0") or 0)
    return -value if found[1] else value


def _once(rows: Sequence[FilledRow]) -> tuple[FilledRow, ...]:
    if len(rows) > MOST_ROWS:
        raise NotAReport("Plik ma za dużo pozycji.")
    if len({row.key for row in rows}) != len(rows):
        raise NotAReport("Ta sama pozycja klasyfikacji stoi w pliku więcej niż raz.")
    return tuple(sorted(rows, key=lambda row: row.parts))


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,4}", text.strip()):
        raise NotAReport("Rok albo okres w pliku nie jest liczbą.")
    return int(text)


def _parsed(content: bytes) -> etree._ElementTree:
    if len(content) > LARGEST:
        raise NotAReport("Plik jest za duży (najwyżej 5 MB).")
    try:
        return parse(content)
    except UnsafeXml as error:
        raise NotAReport(f"Pliku nie da się odczytać: {error}.") from error


def _report_of(tree: etree._ElementTree, form: Form) -> etree._Element:
    found = [one for one in tree.getroot().iter(etree.Element) if form.tag and tag_of(one) == form.tag]
    if len(found) != 1:
        raise NotAReport(f"W pliku ma być jedno puste sprawozdanie {form.code}; jest ich {len(found)}.")
    return found[0]


def _same_period(report: etree._Element, year: int, month: int) -> None:
    """Put the period into the header; a header without one is refused."""
    period = _child(report, "Okres")
    if period is None:
        raise NotAReport("Puste sprawozdanie nie ma elementu Okres.")
    for name, value in (("Rok", year), ("Okres", month)):
        element = _child(period, name)
        if element is None:
            element = etree.SubElement(period, _like(report, name))
        element.text = str(value)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((one for one in element if isinstance(one.tag, str) and tag_of(one) == name), None)


def _text(element: etree._Element, name: str) -> str:
    found = _child(element, name)
    return (found.text or "").strip()[:200] if found is not None else ""


def _like(element: etree._Element, name: str) -> str:
    namespace = etree.QName(element).namespace
    return f"{{{namespace}}}{name}" if namespace else name
