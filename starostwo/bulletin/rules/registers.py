"""Kinds of informations: the plain one and the registers, each with its own fields as data.

Law: ustawa o petycjach art. 8 (a petitioner is named only with consent). The other duties are named with
each register; all rest on memory of the acts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from starostwo.bulletin.rules.public_terms import property_shown_until, served_by_notice, settle_petition_by
from starostwo.platform.money import zloty

PLAIN = "informacja"
Values = Mapping[str, str]


class Of(Enum):
    """What a field takes."""

    TEXT = "tekst"
    DAY = "dzień"
    MONEY = "kwota w groszach"
    CHOICE = "wybór"


@dataclass(frozen=True)
class Field:
    """One field of a register; `is_column` puts it into the public table."""

    name: str
    label: str
    of: Of = Of.TEXT
    is_required: bool = True
    is_column: bool = True
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """A line that is counted by a rule from the fields and the day of publication."""

    label: str
    law: str
    count: Callable[[Values, date], date | None]


@dataclass(frozen=True)
class Register:
    """One kind: its code, its names, the section where it usually stands, its fields."""

    code: str
    label: str
    plural: str
    section: str = ""
    law: str = ""
    fields: tuple[Field, ...] = ()
    counted: tuple[Counted, ...] = field(default=())


def _day(values: Values, name: str) -> date | None:
    given = values.get(name, "")
    return date.fromisoformat(given) if given else None


def _petition(values: Values, published: date) -> date | None:
    received = _day(values, "received_on")
    return settle_petition_by(received) if received else None


def _property(values: Values, published: date) -> date | None:
    return property_shown_until(_day(values, "shown_from") or published)


def _notice(values: Values, published: date) -> date | None:
    return served_by_notice(published)


NUMBER = Field("number", "Numer")
REGISTERS = (
    Register(PLAIN, "informacja", "informacje"),
    Register(
        "uchwala",
        "uchwała",
        "Uchwały",
        "uchwaly",
        "ustawa o samorządzie powiatowym",
        (
            NUMBER,
            Field("organ", "Organ", Of.CHOICE, choices=("Rada Powiatu", "Zarząd Powiatu")),
            Field("adopted_on", "Podjęto", Of.DAY),
            Field("in_force_on", "Obowiązuje od", Of.DAY, is_required=False),
            Field("journal", "Dziennik urzędowy", is_required=False, is_column=False),
            Field("standing", "Stan", Of.CHOICE, choices=("obowiązuje", "zmieniona", "uchylona")),
        ),
    ),
    Register(
        "zarzadzenie",
        "zarządzenie",
        "Zarządzenia",
        "zarzadzenia",
        "",
        (
            NUMBER,
            Field("issued_on", "Wydano", Of.DAY),
            Field("in_force_on", "Obowiązuje od", Of.DAY, is_required=False),
            Field("standing", "Stan", Of.CHOICE, choices=("obowiązuje", "zmienione", "uchylone")),
        ),
    ),
    Register(
        "petycja",
        "petycja",
        "Petycje",
        "petycje",
        "ustawa o petycjach art. 8",
        (
            Field("received_on", "Wpłynęła", Of.DAY),
            Field(
                "consent", "Zgoda na ujawnienie danych", Of.CHOICE, is_column=False, choices=("nie", "tak")
            ),
            Field("petitioner", "Podmiot wnoszący", is_required=False),
            Field("course", "Przebieg", is_required=False),
            Field("result", "Sposób załatwienia", is_required=False),
        ),
        (Counted("Termin rozpatrzenia", "ustawa o petycjach art. 10", _petition),),
    ),
    Register(
        "zamowienie",
        "zamówienie",
        "Zamówienia publiczne",
        "zamowienia",
        "Prawo zamówień publicznych",
        (
            NUMBER,
            Field("type", "Rodzaj", Of.CHOICE, choices=("dostawy", "usługi", "roboty budowlane")),
            Field("value", "Wartość szacunkowa", Of.MONEY, is_required=False),
            Field("offers_until", "Oferty do", Of.DAY),
            Field(
                "standing",
                "Stan",
                Of.CHOICE,
                choices=("ogłoszone", "w ocenie", "rozstrzygnięte"),
            ),
            Field("result", "Wynik", is_required=False, is_column=False),
        ),
    ),
    Register(
        "nabor",
        "nabór",
        "Nabory na stanowiska",
        "nabory",
        "ustawa o pracownikach samorządowych",
        (
            Field("post", "Stanowisko"),
            Field("unit", "Komórka"),
            Field("offers_until", "Oferty do", Of.DAY),
            Field("result", "Wynik", is_required=False),
        ),
    ),
    Register(
        "nieruchomosc",
        "nieruchomość",
        "Nieruchomości do zbycia i najmu",
        "nieruchomosci",
        "u.g.n. art. 35",
        (
            Field("plot", "Działka"),
            Field("town", "Miejscowość"),
            Field(
                "purpose", "Przeznaczenie", Of.CHOICE, choices=("sprzedaż", "najem", "dzierżawa", "użyczenie")
            ),
            Field("price", "Cena", Of.MONEY, is_required=False),
            Field("shown_from", "Wykaz od", Of.DAY),
        ),
        (Counted("Wykaz do", "u.g.n. art. 35", _property),),
    ),
    Register(
        "obwieszczenie",
        "obwieszczenie",
        "Obwieszczenia",
        "obwieszczenia",
        "k.p.a. art. 49",
        (
            Field("mark", "Znak sprawy"),
            Field("organ", "Organ"),
            Field("place", "Miejsce sprawy", is_required=False),
        ),
        (Counted("Doręczenie z upływem dnia", "k.p.a. art. 49", _notice),),
    ),
    Register(
        "oswiadczenie",
        "oświadczenie majątkowe",
        "Oświadczenia majątkowe",
        "oswiadczenia-majatkowe",
        "",
        (
            Field("person", "Kto składa"),
            Field("function", "Funkcja"),
            Field("year", "Za rok"),
            Field("type", "Rodzaj", Of.CHOICE, choices=("roczne", "na początek", "na koniec", "korekta")),
        ),
    ),
    Register(
        "kontrola",
        "kontrola",
        "Kontrole",
        "kontrole",
        "",
        (
            Field("controller", "Kto kontrolował"),
            Field("from_on", "Od", Of.DAY),
            Field("until_on", "Do", Of.DAY, is_required=False),
            Field("result", "Wynik", is_required=False, is_column=False),
        ),
    ),
    Register(
        "sprawozdanie",
        "sprawozdanie",
        "Sprawozdania budżetowe i finansowe",
        "budzet",
        "ufp art. 37",
        (
            Field("form", "Formularz"),
            Field("period", "Okres"),
            Field("unit", "Jednostka"),
            Field("correction", "Korekta"),
            Field("approved_on", "Zatwierdzono", Of.DAY),
            Field("hash", "Skrót zatwierdzonej treści (SHA-256)", is_column=False),
        ),
    ),
    Register(
        "zbior",
        "zbiór otwartych danych",
        "Otwarte dane",
        "ponowne-wykorzystywanie",
        "ustawa o otwartych danych",
        (
            Field("licence", "Warunki", Of.CHOICE, choices=("CC0 1.0", "CC BY 4.0", "bez warunków")),
            Field(
                "frequency",
                "Aktualizacja",
                Of.CHOICE,
                choices=("co dzień", "co miesiąc", "co rok", "w razie zmiany"),
            ),
            Field("source", "Źródło", is_required=False, is_column=False),
        ),
    ),
)
BY_CODE = {register.code: register for register in REGISTERS}
TYPED = REGISTERS[1:]


def faults_of(code: str, values: Values) -> list[str]:
    """Return what the fields of a register lack or may not say."""
    register = BY_CODE[code]
    found = [
        f"Uzupełnij pole „{one.label}”."
        for one in register.fields
        if one.is_required and not values.get(one.name, "").strip()
    ]
    if code == "petycja" and values.get("petitioner", "").strip() and values.get("consent") != "tak":
        found.append("Podmiot wnoszący petycję podaje się tylko za jego zgodą; usuń dane albo zaznacz zgodę.")
    return found


def lines_of(code: str, values: Values, published: date) -> list[tuple[str, str]]:
    """Return the fields that are filled and what is counted from them, as everybody reads them."""
    register = BY_CODE[code]
    lines = [
        (one.label, _written(one, values[one.name])) for one in register.fields if values.get(one.name, "")
    ]
    for counted in register.counted:
        day = counted.count(values, published)
        if day is not None:
            lines.append((counted.label, f"{day:%d.%m.%Y} ({counted.law})"))
    return lines


def columns_of(code: str) -> list[str]:
    """Return the headers of the public table of a register, after the title."""
    register = BY_CODE[code]
    return [one.label for one in register.fields if one.is_column] + [one.label for one in register.counted]


def cells_of(code: str, values: Values, published: date) -> list[str]:
    """Return the cells that go with the headers."""
    register = BY_CODE[code]
    cells = [_written(one, values.get(one.name, "")) for one in register.fields if one.is_column]
    days = [counted.count(values, published) for counted in register.counted]
    return cells + [f"{day:%d.%m.%Y}" if day else "" for day in days]


def _written(one: Field, value: str) -> str:
    if not value:
        return ""
    if one.of is Of.DAY:
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    return zloty(int(value)) if one.of is Of.MONEY else value
