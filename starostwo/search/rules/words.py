"""Words of the index: every word as it stands and its dictionary forms, all without diacritics.

A mark such as OŚ.6740.1.2026 is a word, so is what is left of it from each part on (6740.1.2026, 1.2026),
and each of its parts: people type what they remember.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import morfeusz2

from starostwo.platform.polish import fold

LONGEST_WORD = 80
MOST_LEXEMES = 30_000
REMEMBERED_WORDS = 50_000
JOINED = re.compile(r"[^\W_]+(?:[./-][^\W_]+)*")
PART = re.compile(r"[^\W_]+")
IGNORED = frozenset("a do i na o od oraz po przez przy się u w we z za ze".split())
_lock = threading.Lock()


class Form(NamedTuple):
    """A form that occurs in texts: without diacritics, its dictionary form, and as it is shown."""

    folded: str
    lemma: str
    shown: str


def words_of(text: str) -> Iterator[str]:
    """The words of a text, ignored ones left out; marks and dates also from each part on."""
    for found in JOINED.finditer(unicodedata.normalize("NFC", text)):
        whole = found.group()[:LONGEST_WORD]
        parts = list(PART.finditer(whole))
        if is_mark(whole):
            yield from (whole[part.start() :] for part in parts[:-1])
        yield from (part.group() for part in parts if part.group().lower() not in IGNORED)


def is_mark(word: str) -> bool:
    """Whether a word is a mark, a number with a year or a date: joined parts, one of them with a digit."""
    return bool(re.search(r"[./-]", word)) and any(sign.isdigit() for sign in word)


def lemmas(word: str) -> tuple[str, ...]:
    """The dictionary forms that the word may have, without diacritics; () for an unknown word."""
    return () if any(sign.isdigit() for sign in word) else _lemmas(word.lower())


def lexemes_of(*texts: str) -> list[str]:
    """Everything under which the texts are found, each once."""
    found: dict[str, None] = {}
    for text in texts:
        for word in words_of(text):
            found.update(dict.fromkeys((fold(word), *lemmas(word))))
            if len(found) >= MOST_LEXEMES:
                break
    found.pop("", None)
    return list(found)


def forms_of(*texts: str) -> set[Form]:
    """The forms in the texts that an index of forms should know; numbers and marks are none."""
    return {
        Form(fold(word), lemma, word.lower())
        for text in texts
        for word in words_of(text)
        if word.isalpha() and len(word) > 2
        for lemma in lemmas(word) or (fold(word),)
    }


@lru_cache(maxsize=1)
def _dictionary() -> morfeusz2.Morfeusz:
    return morfeusz2.Morfeusz(generate=False, case_handling=morfeusz2.IGNORE_CASE)


@lru_cache(maxsize=REMEMBERED_WORDS)
def _lemmas(word: str) -> tuple[str, ...]:
    with _lock:
        analysed = _dictionary().analyse(word)
    known = (lemma.partition(":")[0] for _, _, (_, lemma, tag, *_) in analysed if tag != "ign")
    return tuple(sorted({fold(lemma) for lemma in known if lemma}))
