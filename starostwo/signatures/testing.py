"""Makers for tests: the demonstration's keys in our folder, and a running time-stamp authority."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.conf import settings

from starostwo.signatures import demo_pki, demo_tsa
from starostwo.signatures.demo_pki import DemoPerson, DemoPki
from starostwo.signatures.services import assign_key

BUILT_AT = datetime(2026, 1, 2, tzinfo=UTC)


def build_keys(people: Iterable[DemoPerson] = ()) -> DemoPki:
    """Make the demonstration's keys in this installation; people get theirs assigned (needs the database)."""
    known = list(people)
    made = demo_pki.build(settings.KEYS_DIR, known, now=BUILT_AT)
    for person in known:
        assign_key(person.account_id, made.people[person.account_id], now=BUILT_AT)
    return made


@contextmanager
def running_tsa() -> Iterator[str]:
    """Run the demonstration's time-stamp authority for a while and yield its address."""
    build_keys()
    server = demo_tsa.serve(settings.KEYS_DIR, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
