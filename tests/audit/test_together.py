"""Many write at once: one chain stays whole, two chains do not wait for each other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection, transaction

from starostwo.audit import api as audit

SAID = """INSERT INTO audit_entry (payload) VALUES (
    '{"actor":"system","actor_name":"","at":"2026-01-01T00:00:00.000000Z","data":{},"in_place_of":null,'
    '"thing":"%s","verb":"touch"}')"""


def test_eight_writers_of_one_thing_make_one_chain(committed_database: str) -> None:
    def write(_: int) -> None:
        for _ in range(10):
            with transaction.atomic():
                audit.record(actor="system", verb="touch", thing="case:1")
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    assert [entry.seq for entry in sorted(audit.history("case:1"), key=lambda entry: entry.seq)] == [
        *range(1, 81)
    ]
    assert audit.verify() == []


def test_another_thing_does_not_wait_and_the_same_thing_does(committed_database: str) -> None:
    with psycopg.connect(committed_database) as first, psycopg.connect(committed_database) as second:
        first.execute(SAID % "case:1")
        second.execute("SET lock_timeout = '200ms'")

        second.execute(SAID % "case:2")
        second.commit()
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.execute(SAID % "case:1")


def test_what_is_rolled_back_leaves_no_gap(committed_database: str) -> None:
    started = threading.Event()
    for verb in ("kept", "dropped", "kept"):
        with transaction.atomic():
            audit.record(actor="system", verb=verb, thing="case:1")
            transaction.set_rollback(verb == "dropped")
    started.set()

    assert [(entry.seq, entry.verb) for entry in audit.history("case:1")] == [(1, "kept"), (2, "kept")]
    assert audit.verify() == []
