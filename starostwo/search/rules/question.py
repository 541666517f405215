"""A question as people type it, taken apart: words that all have to occur, marks that may be cut off."""

import re
from dataclasses import dataclass

from starostwo.platform.polish import fold
from starostwo.search.rules.words import IGNORED, JOINED, LONGEST_WORD, PART, is_mark

MOST_WORDS = 12
SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class Word:
    """One word that has to occur; `is_beginning` when it was typed with a star: 'kowal*'."""

    text: str
    is_beginning: bool = False


@dataclass(frozen=True)
class Question:
    """What is asked for. `is_empty` asks for everything, the newest first."""

    words: tuple[Word, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.marks


def read(typed: str) -> Question:
    """Take a typed question apart; never fails, whatever was typed."""
    words: list[Word] = []
    marks: list[str] = []
    for found in re.finditer(rf"({JOINED.pattern})(\*?)", typed.replace("\0", " ")):
        joined, star = found.group(1)[:LONGEST_WORD], found.group(2)
        if is_mark(joined):
            marks.append(fold(joined))
            continue
        parts = PART.findall(joined)
        for part in parts:
            is_last = part is parts[-1]
            begins = bool(star) and is_last and len(part) >= SHORTEST_BEGINNING
            if begins or part.lower() not in IGNORED:
                words.append(Word(part, begins))
    return Question(tuple(words[:MOST_WORDS]), tuple(marks[:MOST_WORDS]))


def condition(alternatives: list[list[str]]) -> str:
    """Write a tsquery: of each list one lexeme has to occur. A lexeme that ends in '*' is a beginning."""
    return " & ".join("(" + " | ".join(_quoted(one) for one in group) + ")" for group in alternatives)


def _quoted(lexeme: str) -> str:
    stem, beginning = (lexeme[:-1], ":*") if lexeme.endswith("*") else (lexeme, "")
    escaped = stem.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'{beginning}"
