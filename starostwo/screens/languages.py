"""The languages of what residents read. Polish is the source; each other one has a prefix in its addresses.

The address alone says the language: no cookie is kept, and a page can be sent to somebody in his language.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from starostwo.screens import wording

SOURCE = "pl"
POLISH_PLACES = ("/urzad/", "/bip/", "/api/", "/schematy/", "/prov/", "/healthz")


@dataclass(frozen=True)
class Language:
    """A language by its code, with its own name and the words that lead to it."""

    code: str
    name: str


LANGUAGES = (Language("pl", "Polski"), Language("en", "English"), Language("uk", "Українська"))
CODES = tuple(language.code for language in LANGUAGES)
OTHERS = tuple(code for code in CODES if code != SOURCE)
_own: ContextVar[tuple[str, Mapping[str, str]] | None] = ContextVar("words_of_this_request", default=None)
NAMES = {language.code: language.name for language in LANGUAGES}


def _nothing(language: str) -> Mapping[str, str]:
    return {}


_ask: Callable[[str], Mapping[str, str]] = _nothing


def current() -> str:
    """The language of the page that is being made."""
    active = get_language() or SOURCE
    return active if active in CODES else SOURCE


def counted(number: int, forms: str) -> str:
    """The number with its form of the translated three: (5, "minuta|minuty|minut") -> 5 minut."""
    return wording.counted(number, forms, current())


def moment_in_polish(value: datetime) -> str:
    """A moment in full, for what is Polish in each language."""
    return wording.moment(value)


def translate_by(ask: Callable[[str], Mapping[str, str]]) -> None:
    """Name the function that knows what the office itself has translated into a language."""
    global _ask
    _ask = ask


def forget() -> None:
    """A new request asks anew for the office's own translations."""
    _own.set(None)


def say(text: str) -> str:
    """A Polish text in the language of the page: from the catalogue, or as the office translated it."""
    if not text or current() == SOURCE:
        return text
    translated = gettext(text)
    return translated if translated != text else _own_words().get(text, text)


def _own_words() -> Mapping[str, str]:
    """What the office translated into the language of the page; asked for once a request."""
    known = _own.get()
    if known is None or known[0] != current():
        known = (current(), _ask(current()))
        _own.set(known)
    return known[1]


def in_polish(text: str) -> SafeString:
    """A Polish text on a page in another language is marked, so that it is read aloud as Polish."""
    if current() == SOURCE:
        return conditional_escape(text)
    return format_html('<span lang="pl">{}</span>', text)


def place_in_page_language(address: str) -> str:
    """An address of ours that is written in a text, on the pages of this language."""
    is_ours = address.startswith("/") and not address.startswith(
        ("//", *POLISH_PLACES, "/static/", "/obrazy/")
    )
    return address_in(current(), address) if is_ours else address


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
