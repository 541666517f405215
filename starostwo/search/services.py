"""Keeping the index: a thing is put, put again, given another audience, dropped."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from starostwo.platform import jobs
from starostwo.search import tasks
from starostwo.search.models import Entry, Waiting
from starostwo.search.models import Form as KnownForm
from starostwo.search.rules.words import Form, forms_of, lexemes_of

LONGEST_AT_ONCE = 5_000

PUT = """
INSERT INTO search_entry (thing, kind, title, marks, audience, facets, day, url, lexemes)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, array_to_tsvector(%s))
ON CONFLICT (thing) DO UPDATE SET kind = excluded.kind, title = excluded.title, marks = excluded.marks,
    audience = excluded.audience, facets = excluded.facets, day = excluded.day, url = excluded.url,
    lexemes = excluded.lexemes
"""


def put(
    *,
    thing: str,
    kind: str,
    title: str,
    text: str,
    audience: Sequence[str],
    on: date,
    url: str,
    marks: Sequence[str] = (),
    facets: Mapping[str, str] | None = None,
) -> None:
    """Put a thing into the index, or put it again with what it is now; in the caller's transaction.

    A long text is indexed by a job after commit; title, marks and audience hold at once.
    """
    is_long = len(text) > LONGEST_AT_ONCE
    found_by = (title, *marks, "" if is_long else text)
    facts = json.dumps(dict(facets or {}))
    row: list[Any] = [thing, kind, title, "\n".join(marks), sorted(set(audience)), facts, on, url]
    with connection.cursor() as cursor:
        cursor.execute(PUT, [*row, lexemes_of(*found_by)])
    _learn_later(forms_of(*found_by))
    if is_long:
        Waiting.objects.update_or_create(thing=thing, defaults={"text": text})
        jobs.defer(tasks.index_waiting, once=f"search.waiting:{thing}", thing=thing)
    else:
        Waiting.objects.filter(thing=thing).delete()


def set_audience(thing: str, audience: Sequence[str]) -> None:
    """Say anew who may find the thing; nothing happens where it is not in the index."""
    Entry.objects.filter(thing=thing).update(audience=sorted(set(audience)))


def drop(thing: str) -> None:
    """Take the thing out of the index."""
    Waiting.objects.filter(thing=thing).delete()
    Entry.objects.filter(thing=thing).delete()


def _learn_later(forms: set[Form]) -> None:
    """New forms are written by a job, so that two submissions with a new word never wait for each other."""
    known = KnownForm.objects.filter(folded__in={form.folded for form in forms})
    pairs = set(known.values_list("folded", "lemma"))
    new = sorted(form for form in forms if (form.folded, form.lemma) not in pairs)
    if new:
        jobs.defer(tasks.learn, forms=json.dumps(new, ensure_ascii=False))
