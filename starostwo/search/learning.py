"""What the worker adds to the index after commit: new forms of words, and long texts."""

from collections.abc import Iterable

from django.db import connection, transaction

from starostwo.search.models import Entry, Waiting
from starostwo.search.models import Form as KnownForm
from starostwo.search.rules.words import Form, forms_of, lexemes_of


def learn(forms: Iterable[Form]) -> None:
    """Write forms in a fixed order: two jobs with the same words may wait, but never for each other."""
    rows = [KnownForm(folded=form.folded, lemma=form.lemma, shown=form.shown) for form in sorted(set(forms))]
    KnownForm.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1_000)


@transaction.atomic
def index_waiting(thing: str) -> None:
    """Index the long text that waits for the thing; nothing waits when it was dropped or put anew."""
    waiting = Waiting.objects.select_for_update(of=("self",)).filter(thing=thing).first()
    if waiting is None:
        return
    entry = Entry.objects.get(thing=thing)
    learn(forms_of(waiting.text))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE search_entry SET lexemes = array_to_tsvector(%s) WHERE thing = %s",
            [lexemes_of(entry.title, entry.marks, waiting.text), thing],
        )
    waiting.delete()
