"""Kinds of fields: how each is written in a document, by what pattern, and what is wrong with an answer.

One table for the screens, the XML Schema and the JSON Schema, so that the three say the same. Check digits
are seen here alone: no schema can count them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from stdnum.pl import nip, pesel, regon

from starostwo.procedures.rules.definition import CONSENT_GIVEN, Field, FieldType
from starostwo.procedures.rules.told import Told

DAY_PATTERN = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"
NO_DAY = "Wpisz datę, która istnieje w kalendarzu, na przykład 27 3 2026"
TOO_LONG = "Skróć odpowiedź do %(most)s znaków (teraz ma %(now)s)"
NOT_BETWEEN = "Wpisz liczbę od %(least)s do %(most)s"
ONE_LINE = "Wpisz odpowiedź w jednym wierszu"
CHOOSE, TICK, FILL_IN = "Wybierz odpowiedź: %(label)s", "Zaznacz: %(label)s", "Uzupełnij: %(label)s"
PATTERNS = (TOO_LONG, NOT_BETWEEN, ONE_LINE, CHOOSE, TICK, FILL_IN)
_PLOT = "[0-9]{1,5}(/[0-9]{1,5})?"


@dataclass(frozen=True)
class Kind:
    """How an answer looks; `check` sees what a pattern cannot, `dropped` is left out when it is tidied."""

    pattern: str
    message: str
    check: Callable[[str], bool] | None = None
    dropped: str = ""
    is_upper: bool = False

    def accepts(self, value: str) -> bool:
        """Tell whether the tidied answer is one of this kind."""
        return bool(re.fullmatch(self.pattern, value)) and (self.check is None or self.check(value))


def is_vin(value: str) -> bool:
    """Tell whether the check digit agrees, where it is obligatory: for vehicles made in North America.

    From memory: other makers may put any character in the ninth place, so theirs is not counted.
    """
    if value[0] not in "12345":
        return True
    worth = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", "012345678912345678123457923456789", strict=True))
    weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
    rest = sum(weight * int(worth[sign]) for weight, sign in zip(weights, value, strict=True)) % 11
    return value[8] == "0123456789X"[rest]


def is_share(value: str) -> bool:
    """Tell whether the share is more than nothing and not more than the whole."""
    part, _, whole = value.partition("/")
    return 0 < int(part) <= int(whole)


def is_day(value: str) -> bool:
    """Tell whether the calendar has the day."""
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


KINDS = {
    FieldType.EMAIL: Kind(r"[^@\s]+@[^@\s]+\.[^@\s]+", "Wpisz adres e-mail w postaci nazwa@domena.pl"),
    FieldType.PHONE: Kind(r"\+?[0-9 ]{7,19}", "Wpisz numer telefonu, na przykład 601 234 567"),
    FieldType.POSTCODE: Kind("[0-9]{2}-[0-9]{3}", "Wpisz kod pocztowy w postaci 95-100"),
    FieldType.PESEL: Kind(
        "[0-9]{11}", "Sprawdź numer PESEL: ma 11 cyfr, a ostatnia jest kontrolna", pesel.is_valid
    ),
    FieldType.NIP: Kind(
        "[0-9]{10}", "Sprawdź numer NIP: ma 10 cyfr, a ostatnia jest kontrolna", nip.is_valid, dropped=" -"
    ),
    FieldType.REGON: Kind(
        "[0-9]{9}([0-9]{5})?",
        "Sprawdź numer REGON: ma 9 albo 14 cyfr, a ostatnia jest kontrolna",
        regon.is_valid,
        dropped=" -",
    ),
    FieldType.KRS: Kind("[0-9]{10}", "Sprawdź numer KRS: ma 10 cyfr, na przykład 0000123456", dropped=" "),
    FieldType.VIN: Kind(
        "[A-HJ-NPR-Z0-9]{17}",
        "Sprawdź numer VIN: ma 17 znaków i nie ma w nim liter I, O ani Q",
        is_vin,
        dropped=" -",
        is_upper=True,
    ),
    FieldType.PLATE: Kind(
        "[A-Z][A-Z0-9]{3,7}",
        "Sprawdź numer rejestracyjny: od 4 do 8 liter i cyfr, na przykład EZG 12345",
        dropped=" -",
        is_upper=True,
    ),
    FieldType.PLOT: Kind(
        rf"([0-9]{{6}}_[0-9]\.[0-9]{{4}}(\.AR_[0-9]{{1,3}})?\.)?{_PLOT}",
        "Sprawdź numer działki, na przykład 112/4 albo 102009_2.0003.112/4",
        dropped=" ",
    ),
    FieldType.LAND_REGISTER: Kind(
        "[A-Z]{2}[0-9][A-Z]/[0-9]{8}/[0-9]",
        "Sprawdź numer księgi wieczystej, na przykład LD1G/00012345/6",
        dropped=" ",
        is_upper=True,
    ),
    FieldType.MONEY: Kind(r"[0-9]{1,9}(\.[0-9]{2})?", "Wpisz kwotę w złotych, na przykład 1250,50"),
    FieldType.DECIMAL: Kind(r"[0-9]{1,9}(\.[0-9]{1,4})?", "Wpisz liczbę, na przykład 12,5"),
    FieldType.SHARE: Kind(
        "[0-9]{1,9}/[0-9]{1,9}", "Wpisz udział jako ułamek, na przykład 1/2", is_share, dropped=" "
    ),
    FieldType.NUMBER: Kind("[0-9]{1,9}", "Wpisz liczbę całkowitą, na przykład 3"),
    FieldType.DATE: Kind(DAY_PATTERN, NO_DAY, is_day),
}
_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(answer: str) -> str:
    """Return the answer as it is kept: one kind of line end, no control characters, no edge spaces."""
    unified = answer.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("", unified).strip()


def tidy(field: Field, answer: str) -> str:
    """Return the answer as a document writes it: '1 250,50 zł' is 1250.50, 'ezg 12345' is EZG12345."""
    value = clean(answer)
    if field.type in (FieldType.MONEY, FieldType.DECIMAL):
        value = re.sub(r"\s|zł$", "", value).replace(",", ".")
    if field.type is FieldType.NUMBER and re.fullmatch("[0-9]{1,9}", value):
        return str(int(value))
    if field.type is FieldType.CHOICES:
        known = [choice.value for choice in field.choices]
        picked = set(value.split())
        return " ".join([*(each for each in known if each in picked), *sorted(picked - set(known))])
    if kind := KINDS.get(field.type):
        value = value.translate({ord(sign): None for sign in kind.dropped})
        value = value.upper() if kind.is_upper else value
    return value.strip()


def fault(field: Field, value: str) -> str:
    """Return what is wrong with a filled, tidied answer; empty when nothing is."""
    if field.max_length and len(value) > field.max_length:
        return Told(TOO_LONG, most=str(field.max_length), now=str(len(value)))
    kind = KINDS.get(field.type)
    if kind is not None and not kind.accepts(value):
        return Told(kind.message)
    match field.type:
        case FieldType.NUMBER if not field.least <= int(value) <= field.most:
            return Told(NOT_BETWEEN, least=str(field.least), most=str(field.most))
        case FieldType.CHOICE if value not in field.values:
            return missing(field)
        case FieldType.CHOICES if not set(value.split()) <= field.values:
            return missing(field)
        case FieldType.CONSENT if value != CONSENT_GIVEN:
            return missing(field)
        case FieldType.TEXT if "\n" in value:
            return Told(ONE_LINE)
    return ""


def missing(field: Field) -> str:
    """Return the words that ask for an answer that is not there."""
    if field.error:
        return field.error["pl"]
    label = field.label["pl"].rstrip("?.")
    match field.type:
        case FieldType.CHOICE | FieldType.CHOICES:
            return Told(CHOOSE, label=label)
        case FieldType.CONSENT:
            return Told(TICK, label=label)
    return Told(FILL_IN, label=label)
