"""A question as people type it, taken apart into words that all have to occur."""

import re
from dataclasses import dataclass

from starostwo.search.rules.words import IGNORED, JOINED, LONGEST_WORD, PART, is_mark

MOST_WORDS = 12
SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class Word:
    """One word that has to occur; of a mark, and of a word typed with a star ('kowal*'), the beginning."""

    text: str
    is_beginning: bool = False


def read(typed: str) -> tuple[Word, ...]:
    """Take a typed question apart; never fails, whatever was typed. () asks for everything."""
    words: list[Word] = []
    for found in re.finditer(rf"({JOINED.pattern})(\*?)", typed.replace("\0", " ")):
        joined, star = found.group(1)[:LONGEST_WORD], found.group(2)
        if is_mark(joined):
            words.append(Word(joined, is_beginning=True))
        else:
            words += _words(PART.findall(joined), has_star=bool(star))
    return tuple(words[:MOST_WORDS])


def _words(parts: list[str], *, has_star: bool) -> list[Word]:
    ends = [has_star and len(parts[-1]) >= SHORTEST_BEGINNING]
    words = zip(parts, [False] * (len(parts) - 1) + ends, strict=True)
    return [Word(part, begins) for part, begins in words if begins or part.lower() not in IGNORED]


def condition(alternatives: list[list[str]]) -> str:
    """Write a tsquery: of each list one lexeme has to occur. A lexeme that ends in '*' is a beginning."""
    return " & ".join("(" + " | ".join(_quoted(one) for one in group) + ")" for group in alternatives)


def _quoted(lexeme: str) -> str:
    stem, beginning = (lexeme[:-1], ":*") if lexeme.endswith("*") else (lexeme, "")
    escaped = stem.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'{beginning}"
