"""The languages of what residents read. Polish is the source; each other one has a prefix in its addresses.

The address alone says the language: no cookie is kept, and a page can be sent to somebody in his language.
"""

from dataclasses import dataclass

from django.utils.translation import get_language

from starostwo.screens import wording

SOURCE = "pl"


@dataclass(frozen=True)
class Language:
    """A language by its code, with its own name and the words that lead to it."""

    code: str
    name: str


LANGUAGES = (Language("pl", "Polski"), Language("en", "English"), Language("uk", "Українська"))
CODES = tuple(language.code for language in LANGUAGES)
OTHERS = tuple(code for code in CODES if code != SOURCE)
NAMES = {language.code: language.name for language in LANGUAGES}


def current() -> str:
    """The language of the page that is being made."""
    active = get_language() or SOURCE
    return active if active in CODES else SOURCE


def counted(number: int, forms: str) -> str:
    """The number with its form of the translated three: (5, "minuta|minuty|minut") -> 5 minut."""
    return wording.counted(number, forms, current())


def split(path: str) -> tuple[str, str]:
    """Take an address apart: '/en/uslugi/' -> ('en', '/uslugi/'), '/uslugi/' -> ('pl', '/uslugi/')."""
    first, _, rest = path.removeprefix("/").partition("/")
    if path.startswith("/") and first in OTHERS:
        return first, f"/{rest}"
    return SOURCE, path


def address_in(language: str, path: str) -> str:
    """The same address in another language: ('uk', '/en/uslugi/') -> '/uk/uslugi/'."""
    plain = split(path)[1]
    return plain if language == SOURCE else f"/{language}{plain}"
