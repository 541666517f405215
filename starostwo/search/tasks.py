"""The jobs of the search index."""

import json

from starostwo.platform import jobs
from starostwo.search import learning
from starostwo.search.rules.words import Form


@jobs.job("search.index_waiting")
def index_waiting(*, thing: str) -> None:
    """Index the long text that waits for the thing."""
    learning.index_waiting(thing)


@jobs.job("search.learn")
def learn(*, forms: str) -> None:
    """Add new forms of words; `forms` is a JSON list of (without diacritics, dictionary form, shown)."""
    learning.learn(Form(*form) for form in json.loads(forms))
