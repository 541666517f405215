"""What may speak against a file, what follows from it, and how it is said."""

from dataclasses import dataclass
from enum import Enum


class Consequence(Enum):
    """What the office does with a file that has the problem."""

    REFUSE = "odmowa"
    QUARANTINE = "kwarantanna"
    NOTE = "uwaga"


class Problem(Enum):
    """A finding of the strict openers or of the scanner: its consequence and its text for the sender."""

    EMPTY = (Consequence.REFUSE, "Plik jest pusty. Sprawdź go i wyślij jeszcze raz.")
    KIND = (
        Consequence.REFUSE,
        "Tego rodzaju plików nie przyjmujemy. Zapisz dokument jako PDF, XML, DOCX, ODT albo obraz.",
    )
    DAMAGED = (
        Consequence.REFUSE,
        "Pliku nie da się otworzyć, prawdopodobnie jest uszkodzony. Zapisz go jeszcze raz i wyślij ponownie.",
    )
    TWO_KINDS = (
        Consequence.REFUSE,
        "Plik jest zbudowany tak, że można go otworzyć jako dwa różne dokumenty. Zapisz go jako PDF.",
    )
    XML_BROKEN = (
        Consequence.REFUSE,
        "Plik XML jest źle zbudowany (nie jest poprawny składniowo). Utwórz go jeszcze raz.",
    )
    XML_DTD = (
        Consequence.REFUSE,
        "Plik XML zawiera deklarację DTD lub encje, których nie przyjmujemy. Usuń je i wyślij plik ponownie.",
    )
    TOO_LARGE = (Consequence.REFUSE, "Plik jest za duży. Podziel go na mniejsze części albo zmniejsz skan.")
    EXPLODES = (
        Consequence.REFUSE,
        "Archiwum po rozpakowaniu jest nadmiernie duże. Wyślij pliki pojedynczo.",
    )
    UNSAFE_NAMES = (
        Consequence.REFUSE,
        "Archiwum zawiera niedozwolone lub powtórzone nazwy plików. Wyślij pliki pojedynczo.",
    )
    TOO_COSTLY = (
        Consequence.REFUSE,
        "Pliku nie udało się bezpiecznie sprawdzić w rozsądnym czasie. Zapisz go w prostszej postaci.",
    )
    ENCRYPTED = (Consequence.QUARANTINE, "Plik jest zaszyfrowany i nie można sprawdzić jego treści.")
    VIRUS = (Consequence.QUARANTINE, "Program antywirusowy wykrył zagrożenie w pliku.")
    SCANNER_DOWN = (Consequence.QUARANTINE, "Program antywirusowy nie odpowiada; plik czeka na sprawdzenie.")
    ACTIVE_CONTENT = (Consequence.NOTE, "Plik zawiera aktywną treść (skrypty lub pliki osadzone).")
    MISNAMED = (Consequence.NOTE, "Rozszerzenie nazwy pliku nie odpowiada jego treści.")

    def __init__(self, consequence: Consequence, text: str) -> None:
        self.consequence = consequence
        self.text = text


@dataclass(frozen=True)
class Inspection:
    """What a file is by its content, and what speaks against it."""

    media_type: str
    problems: tuple[Problem, ...] = ()

    @property
    def refusals(self) -> tuple[Problem, ...]:
        """The problems for which the file is not taken in."""
        return self._with(Consequence.REFUSE)

    @property
    def quarantine(self) -> tuple[Problem, ...]:
        """The problems for which the file is taken in but not opened."""
        return self._with(Consequence.QUARANTINE)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What a person who opens the file should know."""
        return self._with(Consequence.NOTE)

    def _with(self, consequence: Consequence) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.consequence is consequence)
