"""Finding things. Every question carries the tokens of the person who asks; there is no other way in."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import QuerySet

from starostwo.platform.paging import Page, keyset_page
from starostwo.platform.polish import fold
from starostwo.search.models import Entry, Form
from starostwo.search.rules.question import Word, condition, read
from starostwo.search.rules.words import lemmas

ORDER = ("-day", "-id")
NARROW, WIDE = timedelta(days=90), timedelta(days=730)
RECENT = 100
COUNTED = 1_000
SUGGESTED = 5
ALIKE_AT_MOST = 30
Facts = tuple[str, dict[str, str], date, int]

# The most alike forms first, until enough of them are in visible texts; the newest texts show it soonest.
ALIKE = """
SELECT shown FROM (
    SELECT * FROM (
        SELECT DISTINCT ON (folded) folded, shown, similarity(folded, %(word)s) AS alike
        FROM search_form WHERE folded %% %(word)s ORDER BY folded, shown
    ) form ORDER BY alike DESC, shown LIMIT %(alike)s
) form
WHERE EXISTS (
    SELECT FROM search_entry
    WHERE audience && %(tokens)s AND lexemes @@ quote_literal(form.folded)::tsquery AND day >= %(recent)s
) OR EXISTS (
    SELECT FROM search_entry
    WHERE audience && %(tokens)s AND lexemes @@ quote_literal(form.folded)::tsquery
)
ORDER BY alike DESC, shown LIMIT %(most)s
"""
# Who holds many tokens sees most texts: their lists in the index are long, and asked for them beside the word
# the database reads the whole table instead. The word alone is looked up then, the tokens at what it finds.
MANY_TOKENS = 12
ALIKE_BY_WORD = ALIKE.replace("audience &&", "(audience || '{}'::text[]) &&")


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
    days: tuple[date | None, date | None] = (None, None),
    cursor: str | None = None,
    size: int = 20,
) -> Found:
    """Find what holders of these tokens may find, the newest first; at most seven queries, whatever is found.

    All words have to occur, in any form, with or without diacritics; marks may be cut off ('6740.1').
    `days` narrows to things from the first of them to the second.
    """
    words = read(query)
    matching = _matching(words, tokens)
    recent = _newest_day()
    rows = _newest(matching, recent)
    narrowed = _within(_narrowed(matching, kind, facets or {}), *days)
    page = _page(narrowed, rows, cursor=cursor, size=size)
    counts = _counts(rows[:COUNTED])
    return Found(
        hits=tuple(_hit(row) for row in page.rows),
        facet_counts=counts,
        is_capped=len(rows) > COUNTED,
        before=page.before,
        cursor=page.after,
        suggestions=() if counts else _suggestions(words, tokens, recent),
    )


def _matching(words: Sequence[Word], tokens: Collection[str]) -> QuerySet[Entry]:
    """The entries that fit the question and are within the audience."""
    entries = Entry.objects.filter(audience__overlap=sorted(tokens)).defer("lexemes")
    return entries.filter(lexemes__matches=condition(_alternatives(words))) if words else entries


def _narrowed(entries: QuerySet[Entry], kind: str | None, facets: Mapping[str, str]) -> QuerySet[Entry]:
    if any("\0" in value for value in (kind or "", *facets, *facets.values())):
        return entries.none()  # no text of the database holds the sign, and asking for it is an error
    if kind:
        entries = entries.filter(kind=kind)
    return entries.filter(facets__contains=dict(facets)) if facets else entries


def _within(entries: QuerySet[Entry], since: date | None, until: date | None) -> QuerySet[Entry]:
    """Entries from one day to another, both counted in."""
    if since is not None:
        entries = entries.filter(day__gte=since)
    return entries if until is None else entries.filter(day__lte=until)


def _alternatives(words: Sequence[Word]) -> list[list[str]]:
    """For each word the lexemes of which one has to occur; one query for all words."""
    folded = {fold(word.text) for word in words if not word.is_beginning}
    known: dict[str, set[str]] = {}
    for form, lemma in Form.objects.filter(folded__in=folded).values_list("folded", "lemma"):
        known.setdefault(form, set()).add(lemma)
    return [
        [f"{fold(word.text)}*"]
        if word.is_beginning
        else sorted({fold(word.text), *lemmas(word.text), *known.get(fold(word.text), ())})
        for word in words
    ]


def _newest(entries: QuerySet[Entry], recent: date) -> list[Facts]:
    """What the facets count: kind, facets, day and number of the newest thousand and one.

    The newest days are asked first, more days where they promise a thousand: sorting a part costs less than
    sorting all that fits, and a long span of days costs more than the few rows that it would spare.
    """
    rows = entries.order_by(*ORDER).values_list("kind", "facets", "day", "id")
    found = list(rows.filter(day__gte=recent - NARROW)[: COUNTED + 1])
    if COUNTED // 2 < len(found) <= COUNTED:
        found = list(rows.filter(day__gte=recent - WIDE)[: COUNTED + 1])
    return found if len(found) > COUNTED else list(rows[: COUNTED + 1])


def _newest_day() -> date:
    """The day of the newest entry, as far as the last ones that were put can tell."""
    recent = Entry.objects.order_by("-id").values_list("day", flat=True)[:RECENT]
    return max(recent, default=date.max)


def _page(entries: QuerySet[Entry], rows: Sequence[Facts], *, cursor: str | None, size: int) -> Page[Entry]:
    """One page, out of the newest thousand when it has a full one there or when these are all."""
    is_all = len(rows) <= COUNTED
    if is_all or not (cursor or "").startswith("<"):
        newest = entries.filter(pk__in=[number for *_, number in rows])
        page = keyset_page(newest, key=ORDER, cursor=cursor, size=size)
        if page.after or is_all:
            return page
    return keyset_page(entries, key=ORDER, cursor=cursor, size=size)


def _counts(rows: Sequence[Facts]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for kind, facets, *_ in rows:
        for name, value in {**facets, "kind": kind}.items():
            counts.setdefault(name, Counter())[value] += 1
    return {name: dict(counter.most_common()) for name, counter in counts.items()}


def _suggestions(words: Sequence[Word], tokens: Collection[str], recent: date) -> tuple[str, ...]:
    """Words of visible texts that look like a word that was typed, the most alike first."""
    typed = [fold(word.text) for word in words if not word.is_beginning and len(word.text) > 3]
    found: dict[str, None] = {}
    for word in typed[:3]:
        with connection.cursor() as cursor:
            cursor.execute(
                ALIKE if len(tokens) < MANY_TOKENS else ALIKE_BY_WORD,
                {
                    "word": word,
                    "tokens": sorted(tokens),
                    "recent": recent - NARROW,
                    "alike": ALIKE_AT_MOST,
                    "most": SUGGESTED,
                },
            )
            found.update(dict.fromkeys(shown for (shown,) in cursor.fetchall() if fold(shown) != word))
    return tuple(found)[:SUGGESTED]


def _hit(row: Entry) -> Hit:
    return Hit(row.thing, row.kind, row.title, row.day, row.url, row.facets)
