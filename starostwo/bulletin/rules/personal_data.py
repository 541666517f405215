"""Finds what may be somebody's personal data, so that a person decides before everybody reads it.

Law: ustawa o dostępie do informacji publicznej art. 5 ust. 2 (privacy of a natural person limits access). It
finds too much rather than too little: words of the office that look like data are let through by a decision.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starostwo.platform.polish import fold

PESEL, PHONE, PLATE, EMAIL, ACCOUNT, NAME = "PESEL", "telefon", "tablica", "e-mail", "rachunek", "nazwisko"
ADDRESS, CHOSEN = "adres", "słowo wskazane"
PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
COUNTRY_AS_DIGITS = "2521"  # PL
SHORTEST_WORD = 3
AROUND = 30
MOST_DOTS = 20
LONG_ENOUGH = 6  # of a shorter word two signs would tell too much
VOWELS = "aeiouyąęó"
ALTERNATING = str.maketrans({"ó": "[óo]", "ź": "[źz]", "ń": "[ńn]", "ć": "[ćc]", "ś": "[śs]"})

PESEL_LIKE = re.compile(r"(?<!\d)\d{11}(?!\d)")
ACCOUNT_LIKE = re.compile(r"(?<![\dA-Z])(?:PL ?)?\d{2}(?:[ -]?\d{4}){6}(?!\d)")
EMAIL_LIKE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE_LIKE = re.compile(
    r"(?<![\d/.-])(?:\+48[ -]?)?(?:\d{3}[ -]\d{3}[ -]\d{3}|\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2}|\d{9})"
    r"(?![\d/]|,\d| ?zł)"
)
PLATE_LIKE = re.compile(
    r"(?<![\w/.])[A-Z]{2,3} ?(?=[A-Z0-9]{4,5}(?!\w))(?=[A-Z]*\d)[A-Z0-9]{4,5}(?![\w/.]\w)"
)
WORD = re.compile(r"\w+")
CHECKSUM = re.compile(r"(?<!\w)(?=[0-9a-f]*[a-f])[0-9a-f]{32,}(?!\w)")  # its digits are nobody's
STREET_KIND = re.compile(r"^(?:ul|al|os|pl)\.\s*|^(?:ulica|aleja|osiedle|plac)\s+", re.IGNORECASE)
KIND_BEFORE = r"(?:\b(?:ul|al|os|pl)\.\s*)?"
NUMBER_AFTER = r"(?:\s+\d+[A-Za-z]?(?:\s*/\s*\d+[A-Za-z]?)?(?:\s+m\.\s*\d+)?(?!\w))"


@dataclass(frozen=True)
class Address:
    """Where somebody lives; where there are no streets the house stands behind the town's name."""

    street: str = ""
    building: str = ""
    postcode: str = ""
    town: str = ""


@dataclass(frozen=True)
class Sought:
    """What a text is looked through for beside its patterns: names, addresses, words that a person chose."""

    names: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    words: tuple[str, ...] = ()


NOTHING = Sought()


@dataclass(frozen=True)
class Hit:
    """One place of the text that may be personal data."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """What was found, and the words around it."""

    kind: str
    text: str
    around: str

    @property
    def key(self) -> str:
        """By which a decision about it is known again; not the data itself."""
        return hashlib.sha256(f"{self.kind}:{fold(self.text)}".encode()).hexdigest()

    @property
    def masked(self) -> str:
        """The data as the history may keep it: its two last signs, none where it is short."""
        end = self.text[-2:] if len(self.text) >= LONG_ENOUGH else ""
        return f"{'•' * min(len(self.text) - len(end), MOST_DOTS)}{end}"


def find(text: str, sought: Sought = NOTHING) -> list[Finding]:
    """Return what looks like personal data, each once, in the order of the text."""
    found: dict[str, Finding] = {}
    for hit in hits(text, sought):
        finding = finding_of(text, hit)
        found.setdefault(finding.key, finding)
    return list(found.values())


def hits(text: str, sought: Sought = NOTHING) -> list[Hit]:
    """Return each place that looks like personal data, in the order of the text; none overlaps another."""
    taken: list[Hit] = []
    checksums = [match.span() for match in CHECKSUM.finditer(text)]
    for hit in sorted(_all(text, sought), key=lambda hit: (hit.start, -hit.end)):
        inside = hit.kind != CHOSEN and any(start <= hit.start and hit.end <= end for start, end in checksums)
        if not inside and (not taken or hit.start >= taken[-1].end):
            taken.append(hit)
    return taken


def finding_of(text: str, hit: Hit) -> Finding:
    """Return the place with its words and those around it."""
    around = text[max(0, hit.start - AROUND) : hit.end + AROUND].replace("\n", " ")
    return Finding(hit.kind, text[hit.start : hit.end], around)


def is_pesel(digits: str) -> bool:
    """Whether eleven digits have the right control digit and begin with a day that exists."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, PESEL_WEIGHTS, strict=True))
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    return total % 10 == 0 and 1 <= month <= 12 and 1 <= day <= 31


def is_account(text: str) -> bool:
    """Whether a bank account's control number is right (ISO 13616, the rest by 97 is 1)."""
    digits = re.sub(r"\D", "", text)
    return len(digits) == 26 and int(digits[2:] + COUNTRY_AS_DIGITS + digits[:2]) % 97 == 1


def _all(text: str, sought: Sought) -> Iterator[Hit]:
    for match in ACCOUNT_LIKE.finditer(text):
        if is_account(match[0]):
            yield Hit(ACCOUNT, *match.span())
    for match in PESEL_LIKE.finditer(text):
        if is_pesel(match[0]):
            yield Hit(PESEL, *match.span())
    for kind, pattern in ((EMAIL, EMAIL_LIKE), (PHONE, PHONE_LIKE), (PLATE, PLATE_LIKE)):
        for match in pattern.finditer(text):
            yield Hit(kind, *match.span())
    yield from _names(text, sought.names)
    for address in sought.addresses:
        yield from _address(text, address)
    for word in sought.words:
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE):
            yield Hit(CHOSEN, *match.span())


def _address(text: str, address: Address) -> Iterator[Hit]:
    """A street in any form with its number; a town only with the house behind it; the postcode."""
    street = STREET_KIND.sub("", address.street.strip())
    if street and (inflected := _inflected(street)):
        pattern = rf"{KIND_BEFORE}(?<!\w){inflected}{NUMBER_AFTER}?"
        yield from (Hit(ADDRESS, *match.span()) for match in re.finditer(pattern, text, re.IGNORECASE))
    if address.town and address.building and (inflected := _inflected(address.town)):
        pattern = rf"(?<!\w){inflected}\s+{re.escape(address.building)}(?!\w)"
        yield from (Hit(ADDRESS, *match.span()) for match in re.finditer(pattern, text, re.IGNORECASE))
    if address.postcode:
        pattern = rf"(?<!\d){re.escape(address.postcode)}(?!\d)"
        yield from (Hit(ADDRESS, *match.span()) for match in re.finditer(pattern, text))


def _inflected(words: str) -> str:
    """A pattern of the words in any grammatical form; empty where they are too short to be told apart."""
    found = [
        re.escape(word[:-1] if word[-1].lower() in VOWELS else word).translate(ALTERNATING) + r"\w*"
        for word in WORD.findall(words)
    ]
    return r"\s+".join(found) if any(len(word) >= SHORTEST_WORD for word in WORD.findall(words)) else ""


def _names(text: str, names: Iterable[str]) -> Iterator[Hit]:
    """Words that may be an inflected form of a word of the names."""
    stems = {stem for name in names for word in WORD.findall(name) for stem in _stems(fold(word))}
    for match in WORD.finditer(text):
        if any(fold(match[0]).startswith(stem) for stem in stems) and match[0][0].isupper():
            yield Hit(NAME, *match.span())


def _stems(word: str) -> Iterator[str]:
    """What the forms of a name have in common: Wrona, Wrony; Dudek, Dudka; Kowalski, Kowalskiego."""
    if len(word) < SHORTEST_WORD:
        return
    yield word[:-1] if word[-1] in "aeiouy" else word
    for ending in ("iec", "ec", "ek"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)] + ending[-1]
