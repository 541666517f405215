"""The web server. The program is loaded once, before the server forks its processes, which then share it."""

import gc

from django.urls import get_resolver
from granian.cli import entrypoint

from starostwo.search.rules.words import lemmas
from starostwo.site.wsgi import application as application  # what the forks serve; loading it sets Django up


def main() -> None:
    """Load what the first page and the first search would load, and serve."""
    _ = get_resolver().url_patterns
    lemmas("sprawa")
    gc.collect()
    gc.freeze()  # the collector leaves alone what all processes share
    entrypoint()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
