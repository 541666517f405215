"""Kinds of assets, how each is depreciated, which documents change it, and how things are numbered.

Law: u.p.d.o.p. art. 16f ust. 3 (the limit below which all is written off at once). From memory.
"""

FIXED, LOW, QUANTITY, INTANGIBLE, FOREIGN = "FIXED", "LOW", "QUANTITY", "INTANGIBLE", "FOREIGN"
KINDS = {
    FIXED: "środek trwały",
    LOW: "pozostały środek trwały",
    QUANTITY: "ewidencja ilościowa",
    INTANGIBLE: "wartość niematerialna i prawna",
    FOREIGN: "obcy składnik",
}
REGISTERS = {FIXED: "ST", LOW: "PST", QUANTITY: "IL", INTANGIBLE: "WNP", FOREIGN: "OB"}

LINEAR, AT_ONCE, NEVER = "LINEAR", "AT_ONCE", "NEVER"
DECLINING, BY_USE = "DECLINING", "BY_USE"
METHODS = {
    LINEAR: "liniowo", DECLINING: "degresywnie", BY_USE: "według użycia", AT_ONCE: "jednorazowo",
    NEVER: "nie umarza się",
}  # fmt: skip
IN_PARTS = (LINEAR, DECLINING, BY_USE)  # written off month by month
NEXT_MONTH, EXACT_DAY = "NEXT_MONTH", "EXACT_DAY"
STARTS = {NEXT_MONTH: "od miesiąca po przyjęciu", EXACT_DAY: "od dnia przyjęcia"}

DOCUMENTS = {
    "BO": "bilans otwarcia",
    "OT": "przyjęcie",
    "ZW": "zmiana wartości",
    "MT": "zmiana miejsca użytkowania",
    "PT": "protokół zdawczo-odbiorczy",
    "LT": "likwidacja",
    "AM": "odpis umorzeniowy",
}
ORIGINS = {
    "PURCHASE": "zakup",
    "INVESTMENT": "zakończona inwestycja",
    "DONATION": "nieodpłatne otrzymanie",
    "SURPLUS": "nadwyżka ze spisu z natury",
}
WAYS_OUT = {
    "SCRAP": "złomowanie albo utylizacja",
    "SALE": "sprzedaż",
    "DONATION": "darowizna",
    "SHORTAGE": "niedobór ze spisu z natury",
}


class DoesNotFit(ValueError):
    """The kind does not fit the value; the text says why in Polish."""


def method(kind: str, *, value: int, threshold: int, rate: int) -> str:
    """How an asset of the kind is written off.

    Law: u.p.d.o.p. art. 16f ust. 3.
    """
    if kind == LOW:
        if value > threshold:
            raise DoesNotFit("Wartość jest wyższa od progu pozostałych środków trwałych.")
        return AT_ONCE
    if kind == INTANGIBLE and value <= threshold:
        return AT_ONCE
    return LINEAR if kind in (FIXED, INTANGIBLE) and rate else NEVER


def inventory_number(kind: str, year: int, number: int) -> str:
    """The inventory number: register, year, number in it: ST/2026/0007."""
    return f"{REGISTERS[kind]}/{year}/{number:04d}"
