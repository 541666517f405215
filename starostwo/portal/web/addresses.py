"""Where a text stands in each language, and where a reader of another language is sent."""

from dataclasses import dataclass, field

from starostwo.portal.models import Article
from starostwo.portal.queries import articles as reads
from starostwo.screens.api import languages

PLACES = {Article.Kind.NEWS.value: "/aktualnosci/", Article.Kind.PAGE.value: "/powiat/"}


@dataclass(frozen=True)
class Ways:
    """The addresses of a text by language; `missing` are languages in which its page shows Polish."""

    addresses: dict[str, str]
    missing: frozenset[str] = frozenset()
    elsewhere: str = field(default="")


def address_of(article: Article, language: str = "") -> str:
    """The address of a text, in its own language or on the pages of another one."""
    path = f"{PLACES[article.kind]}{article.slug}/"
    return languages.address_in(language or article.language, path)


def ways_of(article: Article, language: str) -> Ways:
    """The text in each language; `elsewhere` when who reads this language is to be sent on."""
    family = reads.shown_family(article)
    polish = family.get(languages.SOURCE)
    addresses = {}
    for code in languages.CODES:
        if found := family.get(code) or polish:
            addresses[code] = address_of(found, code)
    missing = frozenset(code for code in languages.CODES if code not in family)
    here = address_of(article, language)
    elsewhere = addresses.get(language) or address_of(article)
    return Ways(addresses, missing, "" if elsewhere == here else elsewhere)
