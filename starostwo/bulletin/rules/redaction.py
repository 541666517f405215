"""The redaction map: what in a text may be personal data, and the text made anew without it.

Law: ustawa o dostępie do informacji publicznej art. 5 ust. 2 (privacy limits access), art. 8 ust. 5 (what is
left out is told with its scope, basis, organ and beneficiary). From memory. The words are taken out of the
text before anything is published, so that there is nothing under a black box.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from starostwo.bulletin.rules.content import Exclusion
from starostwo.bulletin.rules.personal_data import (
    ACCOUNT,
    ADDRESS,
    CHOSEN,
    EMAIL,
    NAME,
    PESEL,
    PHONE,
    PLATE,
    Finding,
    Sought,
    finding_of,
    hits,
)

BASIS = "art. 5 ust. 2 ustawy z 6.09.2001 o dostępie do informacji publicznej"
BENEFICIARY = "osoby, których dane wyłączono"
LABELS = {
    NAME: "dane osoby",
    ADDRESS: "adres",
    PESEL: "PESEL",
    PHONE: "telefon",
    EMAIL: "adres e-mail",
    PLATE: "numer rejestracyjny",
    ACCOUNT: "numer rachunku",
    CHOSEN: "inne dane",
}
REPEATED = re.compile(r"(\[wyłączono: [^\]]+\])(?:[ \t]+\1)+")


@dataclass(frozen=True)
class Entry:
    """One line of the map: what was found, and in how many places."""

    finding: Finding
    places: int

    @property
    def key(self) -> str:
        """By which the decision about it is known."""
        return self.finding.key


@dataclass(frozen=True)
class Choice:
    """What a clerk decided about a finding: it is blacked out, or kept with a reason."""

    keep: bool = False
    reason: str = ""


BLACK = Choice()


def redaction_map(texts: Sequence[str], sought: Sought) -> list[Entry]:
    """Return what was found in the texts, each once, with the number of its places."""
    found: dict[str, Finding] = {}
    places: dict[str, int] = {}
    for text in texts:
        for hit in hits(text, sought):
            finding = finding_of(text, hit)
            found.setdefault(finding.key, finding)
            places[finding.key] = places.get(finding.key, 0) + 1
    return [Entry(finding, places[key]) for key, finding in found.items()]


class NoReason(ValueError):
    """Something that may be personal data is to be kept, and nobody says why."""


def check_choices(entries: Sequence[Entry], choices: Mapping[str, Choice]) -> None:
    """Refuse to keep what may be personal data without a reason."""
    silent = [
        one.finding.text
        for one in entries
        if choices.get(one.key, BLACK).keep and not choices[one.key].reason.strip()
    ]
    if silent:
        raise NoReason(f"Napisz, dlaczego wolno ujawnić: {', '.join(silent)}.")


def redact(text: str, sought: Sought, kept: Collection[str]) -> str:
    """Return the text without what was found in it; what is kept stays, the rest is named by its kind."""
    parts, place = [], 0
    for hit in hits(text, sought):
        if finding_of(text, hit).key in kept:
            continue
        parts += [text[place : hit.start], f"[wyłączono: {LABELS[hit.kind]}]"]
        place = hit.end
        if text[place : place + 1] == "(":
            parts.append(" ")  # else the markup would read a link
    return REPEATED.sub(r"\1", "".join([*parts, text[place:]]))


def exclusion_of(entries: Sequence[Entry], choices: Mapping[str, Choice], *, organ: str) -> Exclusion:
    """Return what art. 8 ust. 5 wants said of what was taken out; empty when nothing was."""
    counts: dict[str, int] = {}
    for one in entries:
        if not choices.get(one.key, BLACK).keep:
            label = LABELS[one.finding.kind]
            counts[label] = counts.get(label, 0) + one.places
    if not counts:
        return Exclusion()
    scope = ", ".join(f"{label} (liczba miejsc: {count})" for label, count in counts.items())
    return Exclusion(scope=scope[:300], basis=BASIS, organ=organ[:200], beneficiary=BENEFICIARY)
