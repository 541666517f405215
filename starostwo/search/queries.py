"""Finding things. Every question carries the tokens of the person who asks; there is no other way in."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from starostwo.platform.paging import keyset_page
from starostwo.platform.polish import fold
from starostwo.search.models import Entry, Form
from starostwo.search.rules.question import Question, Word, condition, read
from starostwo.search.rules.words import lemmas

ORDER = ("-day", "-id")
COUNTED = 1_000
SUGGESTED = 5

ALIKE = """
SELECT shown FROM (
    SELECT DISTINCT ON (folded) folded, shown, similarity(folded, %(word)s) AS alike
    FROM search_form WHERE folded %% %(word)s ORDER BY folded, shown
) form
WHERE EXISTS (
    SELECT FROM search_entry
    WHERE audience && %(tokens)s AND lexemes @@ quote_literal(form.folded)::tsquery
)
ORDER BY alike DESC, shown LIMIT %(most)s
"""


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    thing: str
    kind: str
    title: str
    on: date
    url: str
    facets: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """One page of an answer. The counts are over the newest thousand; `is_capped` says: there are more."""

    hits: tuple[Hit, ...]
    facet_counts: Mapping[str, Mapping[str, int]]
    is_capped: bool
    before: str | None
    cursor: str | None
    suggestions: tuple[str, ...]


def find(
    query: str,
    *,
    tokens: Collection[str],
    kind: str | None = None,
    facets: Mapping[str, str] | None = None,
    cursor: str | None = None,
    size: int = 20,
) -> Found:
    """Find what holders of these tokens may find, the newest first; three queries, four when nothing fits.

    All words have to occur, in any form, with or without diacritics; marks may be cut off ('6740.1').
    """
    question = read(query)
    matching = _matching(question, tokens)
    narrowed = matching.filter(**{"kind": kind} if kind else {}).filter(facets__contains=dict(facets or {}))
    page = keyset_page(narrowed, key=ORDER, cursor=cursor, size=size)
    counts, is_capped = _counts(matching)
    return Found(
        hits=tuple(_hit(row) for row in page.rows),
        facet_counts=counts,
        is_capped=is_capped,
        before=page.before,
        cursor=page.after,
        suggestions=() if counts else _suggestions(question, tokens),
    )


def _matching(question: Question, tokens: Collection[str]) -> QuerySet[Entry]:
    """The entries that fit the question and are within the audience."""
    entries = Entry.objects.filter(audience__overlap=sorted(tokens)).defer("lexemes")
    if question.words:
        entries = entries.filter(lexemes__matches=condition(_alternatives(question.words)))
    for mark in question.marks:
        entries = entries.filter(Q(marks__contains=mark) | Q(lexemes__matches=condition([[mark]])))
    return entries


def _alternatives(words: Collection[Word]) -> list[list[str]]:
    """For each word the lexemes of which one has to occur; one query for all words."""
    folded = {fold(word.text) for word in words}
    known: dict[str, set[str]] = {}
    for form, lemma in Form.objects.filter(folded__in=folded).values_list("folded", "lemma"):
        known.setdefault(form, set()).add(lemma)
    return [
        [f"{fold(word.text)}*"]
        if word.is_beginning
        else sorted({fold(word.text), *lemmas(word.text), *known.get(fold(word.text), ())})
        for word in words
    ]


def _counts(matching: QuerySet[Entry]) -> tuple[dict[str, dict[str, int]], bool]:
    """How many of the newest thousand have each kind and each facet."""
    rows = list(matching.order_by(*ORDER).values_list("kind", "facets")[: COUNTED + 1])
    counts: dict[str, Counter[str]] = {}
    for kind, facets in rows[:COUNTED]:
        for name, value in {**facets, "kind": kind}.items():
            counts.setdefault(name, Counter())[value] += 1
    return {name: dict(counter.most_common()) for name, counter in counts.items()}, len(rows) > COUNTED


def _suggestions(question: Question, tokens: Collection[str]) -> tuple[str, ...]:
    """Words of visible texts that look like a word that was typed, the most alike first."""
    typed = [fold(word.text) for word in question.words if not word.is_beginning and len(word.text) > 3]
    found: dict[str, None] = {}
    for word in typed[:3]:
        with connection.cursor() as cursor:
            cursor.execute(ALIKE, {"word": word, "tokens": sorted(tokens), "most": SUGGESTED})
            found.update(dict.fromkeys(shown for (shown,) in cursor.fetchall() if fold(shown) != word))
    return tuple(found)[:SUGGESTED]


def _hit(row: Entry) -> Hit:
    return Hit(row.thing, row.kind, row.title, row.day, row.url, row.facets)
