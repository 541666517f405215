"""An invoice as people read it: every field with the name that the schema gives it, rows as tables."""

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from starostwo.treasury.rules.fa3_schema import labels, meanings

TITLES = {
    "Naglowek": "Nagłówek",
    "KodFormularza": "Wzór",
    "WariantFormularza": "Wariant wzoru",
    "Podmiot1": "Sprzedawca",
    "Podmiot2": "Nabywca",
    "Podmiot3": "Podmiot trzeci",
    "PodmiotUpowazniony": "Podmiot upoważniony",
    "Fa": "Treść faktury",
    "FaWiersz": "Pozycje faktury",
    "Platnosc": "Płatność",
    "Adnotacje": "Adnotacje",
    "Adres": "Adres",
    "DaneIdentyfikacyjne": "Dane identyfikacyjne",
    "DaneKontaktowe": "Dane kontaktowe",
    "Stopka": "Stopka",
    "Zalacznik": "Załącznik",
    "P_1": "Data wystawienia",
    "P_2": "Numer faktury",
    "P_7": "Nazwa towaru lub usługi",
    "P_8A": "Miara",
    "P_8B": "Ilość",
    "P_9A": "Cena netto",
    "P_9B": "Cena brutto",
    "P_10": "Opust",
    "P_11": "Wartość netto",
    "P_11A": "Wartość brutto",
    "P_11Vat": "Kwota podatku",
    "P_12": "Stawka",
    "P_15": "Należność ogółem",
    "NrWierszaFa": "Lp.",
    "Klucz": "Nazwa",
    "Wartosc": "Wartość",
    "Termin": "Termin",
    "NrRB": "Rachunek",
}
TABULAR = {"FaWiersz", "ZamowienieWiersz", "DaneFaKorygowanej", "DodatkowyOpis", "ZaplataCzesciowa"}


@dataclass(frozen=True)
class Field:
    """One value with its label and the name of the element in the schema."""

    label: str
    name: str
    value: str


@dataclass(frozen=True)
class Table:
    """Rows of the same kind: the labels of the columns and the cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Section:
    """A group of fields, with the groups and tables below it."""

    title: str
    fields: tuple[Field, ...]
    tables: tuple[Table, ...]
    sections: tuple["Section", ...]
    level: int


def outline(root: etree._Element) -> tuple[Section, ...]:
    """The parts of the invoice in the order of the document; no field is left out."""
    return tuple(_section(child, 3) for child in root.iterchildren(etree.Element))


def _section(element: etree._Element, level: int) -> Section:
    children = list(element.iterchildren(etree.Element))
    tabular = [
        name for name, _ in Counter(map(_name, children)).items() if name in TABULAR and _flat(children, name)
    ]
    fields = [Field(label(_name(child)), _name(child), _value(child)) for child in children if not len(child)]
    fields += [Field(str(name), str(name), str(value)) for name, value in element.attrib.items()]
    return Section(
        title=label(_name(element)),
        fields=tuple(fields),
        tables=tuple(_table([child for child in children if _name(child) == name]) for name in tabular),
        sections=tuple(
            _section(child, min(level + 1, 6))
            for child in children
            if len(child) and _name(child) not in tabular
        ),
        level=level,
    )


def _table(rows: list[etree._Element]) -> Table:
    names = list(dict.fromkeys(_name(cell) for row in rows for cell in row.iterchildren(etree.Element)))
    return Table(
        title=label(_name(rows[0])),
        columns=tuple(label(name) for name in names),
        rows=tuple(tuple(_cell(row, name) for name in names) for row in rows),
    )


def _cell(row: etree._Element, name: str) -> str:
    return ", ".join(_value(cell) for cell in row.iterchildren(etree.Element) if _name(cell) == name)


def _flat(children: list[etree._Element], name: str) -> bool:
    return all(not len(cell) for child in children if _name(child) == name for cell in child)


def label(name: str) -> str:
    """What an element is called on the screen."""
    return TITLES.get(name) or labels().get(name) or name


def _value(element: etree._Element) -> str:
    text = (element.text or "").strip()
    meaning = meanings().get(_name(element), {}).get(text)
    return f"{text}: {meaning}" if meaning else text


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)
