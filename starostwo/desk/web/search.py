"""One search for staff over letters, cases and documents: words in any form, only what one may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from starostwo.audit import api as audit
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, staff
from starostwo.platform.paging import BadCursor, Page
from starostwo.search import api as search

FACETS = {
    "kind": "Rodzaj",
    "unit": "Komórka",
    "class": "Klasa",
    "year": "Rok",
    "person": "Prowadzący",
    "state": "Stan",
}
KINDS = {
    "letter": "przesyłka",
    "case": "sprawa",
    "document": "pismo urzędu",
    "bulletin": "informacja w BIP",
    "asset": "składnik majątku",
}
LONGEST = 200
SHOWN_VALUES = 8
PAGE = 28


@dataclass(frozen=True)
class Choice:
    """One value of a facet: how many results have it, and where choosing it leads."""

    label: str
    count: int
    url: str
    is_chosen: bool


@staff(None)
@require_GET
def page(request: ActorRequest) -> HttpResponse:
    """Results of a question; an empty question shows how to ask."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    if not words:
        return render(request, "desk/search.html", {"words": ""})
    chosen = {name: request.GET[name] for name in FACETS if request.GET.get(name)}
    found = _find(request, words, chosen)
    audit.record_read(actor=request.actor.audit_name, thing="search", why=f"szukał(a): {words}")
    names = _names(found.facet_counts.get("person", {}))
    context = {
        "words": words,
        "found": found,
        "hits": [(KINDS.get(hit.kind, hit.kind), hit) for hit in found.hits],
        "page": Page(rows=[], before=found.before, after=found.cursor),
        "facets": [
            (label, _choices(words, chosen, name, counts, {"person": names, "kind": KINDS}.get(name, {})))
            for name, label in FACETS.items()
            if (counts := found.facet_counts.get(name))
        ],
        "suggestions": [(word, f"?{urlencode({'q': word})}") for word in found.suggestions],
        "is_narrowed": bool(chosen),
    }
    return render(request, "desk/search.html", context)


def _find(request: ActorRequest, words: str, chosen: dict[str, str]) -> search.Found:
    kind = chosen.get("kind")
    facets = {name: value for name, value in chosen.items() if name != "kind"}
    tokens = request.actor.tokens
    try:
        return search.find(
            words, tokens=tokens, kind=kind, facets=facets, cursor=request.GET.get("cursor"), size=PAGE
        )
    except BadCursor:
        return search.find(words, tokens=tokens, kind=kind, facets=facets, size=PAGE)


def _names(people: Iterable[str]) -> dict[str, str]:
    """Names of the people who hold what was found, by their numbers in the index."""
    found = office.names(int(person) for person in people)
    return {str(person): name for person, name in found.items()}


def _choices(
    words: str, chosen: Mapping[str, str], name: str, counts: Mapping[str, int], labels: Mapping[str, str]
) -> list[Choice]:
    """The most frequent values of one facet; choosing the chosen one again lets it go."""
    choices = []
    for value, count in list(counts.items())[:SHOWN_VALUES]:
        is_chosen = chosen.get(name) == value
        others = {key: kept for key, kept in chosen.items() if key != name}
        query = {"q": words, **others, **({} if is_chosen else {name: value})}
        choices.append(Choice(labels.get(value, value), count, f"?{urlencode(query)}", is_chosen))
    return choices
