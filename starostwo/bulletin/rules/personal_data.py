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
PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
COUNTRY_AS_DIGITS = "2521"  # PL
SHORTEST_WORD = 3
AROUND = 30
MOST_DOTS = 20

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
        """The data as the history may keep it: its two last signs."""
        return f"{'•' * min(max(len(self.text) - 2, 1), MOST_DOTS)}{self.text[-2:]}"


def find(text: str, names: Iterable[str] = ()) -> list[Finding]:
    """Return what looks like personal data, each once, in the order of the text."""
    found: dict[str, Finding] = {}
    taken: list[tuple[int, int]] = []
    for kind, start, end in sorted(_all(text, names), key=lambda hit: (hit[1], -hit[2])):
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        taken.append((start, end))
        around = text[max(0, start - AROUND) : end + AROUND].replace("\n", " ")
        finding = Finding(kind, text[start:end], around)
        found.setdefault(finding.key, finding)
    return list(found.values())


def is_pesel(digits: str) -> bool:
    """Whether eleven digits have the right control digit and begin with a day that exists."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, PESEL_WEIGHTS, strict=True))
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    return total % 10 == 0 and 1 <= month <= 12 and 1 <= day <= 31


def is_account(text: str) -> bool:
    """Whether a bank account's control number is right (ISO 13616, the rest by 97 is 1)."""
    digits = re.sub(r"\D", "", text)
    return len(digits) == 26 and int(digits[2:] + COUNTRY_AS_DIGITS + digits[:2]) % 97 == 1


def _all(text: str, names: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    for match in ACCOUNT_LIKE.finditer(text):
        if is_account(match[0]):
            yield ACCOUNT, *match.span()
    for match in PESEL_LIKE.finditer(text):
        if is_pesel(match[0]):
            yield PESEL, *match.span()
    for kind, pattern in ((EMAIL, EMAIL_LIKE), (PHONE, PHONE_LIKE), (PLATE, PLATE_LIKE)):
        for match in pattern.finditer(text):
            yield kind, *match.span()
    yield from _names(text, names)


def _names(text: str, names: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Words that may be an inflected form of a word of the names."""
    stems = {stem for name in names for word in WORD.findall(name) for stem in _stems(fold(word))}
    for match in WORD.finditer(text):
        if any(fold(match[0]).startswith(stem) for stem in stems) and match[0][0].isupper():
            yield NAME, *match.span()


def _stems(word: str) -> Iterator[str]:
    """What the forms of a name have in common: Wrona, Wrony; Dudek, Dudka; Kowalski, Kowalskiego."""
    if len(word) < SHORTEST_WORD:
        return
    yield word[:-1] if word[-1] in "aeiouy" else word
    for ending in ("iec", "ec", "ek"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            yield word[: -len(ending)] + ending[-1]
