"""A line of history: what is written, how it is bound, who waits for whom."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from starostwo.audit import api as audit
from starostwo.audit import models
from starostwo.audit.rules.chain import line_hash

CASE = "records.case:123"
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 6")
def test_a_line_says_who_did_what_when_and_for_whom() -> None:
    audit.record(
        actor="account:17", actor_name="Anna Nowak", verb="close", thing=CASE,
        payload={"powód": "załatwiona"}, in_place_of="account:5", at=NOON,
    )  # fmt: skip

    (entry,) = audit.history(CASE)
    assert (entry.seq, entry.at, entry.actor, entry.actor_name) == (1, NOON, "account:17", "Anna Nowak")
    assert (entry.verb, entry.in_place_of, entry.payload) == ("close", "account:5", {"powód": "załatwiona"})


def test_the_database_and_the_rule_compute_the_same_hash() -> None:
    audit.record(
        actor="system", verb="open", thing=CASE, payload={"tytuł": "Żółć „gęślą”\n\x00\ud800 'x' \\"}
    )
    audit.record(actor="system", verb="close", thing=CASE)

    before = b""
    for row in models.Entry.objects.filter(thing=CASE).order_by("seq"):
        expected = line_hash(before, seq=row.seq, written_at=row.written_at, payload=row.payload)
        assert (bytes(row.prev_hash), bytes(row.hash)) == (before, expected)
        before = expected


def test_a_change_and_its_line_are_one_statement() -> None:
    data = """format('{"first":%%s,"last":%%s}', min(done.n), max(done.n))"""
    said = {"actor": "account:17", "actor_name": "Zoë “Żółć” 100% \\", "verb": "count", "thing": CASE}

    rows = audit.record_done("SELECT g AS n FROM generate_series(%s, 5) g", [3], data=data, at=NOON, **said)
    audit.record(payload={"first": 3, "last": 5}, at=NOON, **said)

    assert rows == [(3,), (4,), (5,)]
    whole, plain = models.Entry.objects.filter(thing=CASE).order_by("seq")
    assert whole.payload == plain.payload
    assert audit.verify() == []
    assert audit.record_done("SELECT 1 AS n WHERE false", [], data=data, **said) == []
    assert models.Entry.objects.filter(thing=CASE).count() == 2


def test_each_thing_has_its_own_numbers() -> None:
    for thing in ("a:1", "b:1", "a:1", "a:1"):
        audit.record(actor="system", verb="touch", thing=thing)

    assert [entry.seq for entry in audit.history("a:1")] == [1, 2, 3]
    assert [entry.seq for entry in audit.history("b:1")] == [1]


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 10")
def test_history_as_it_stood_at_a_moment() -> None:
    audit.record(actor="system", verb="open", thing=CASE, at=datetime(2026, 1, 1, tzinfo=UTC))
    audit.record(actor="system", verb="close", thing=CASE, at=datetime(2026, 2, 1, tzinfo=UTC))

    assert [entry.verb for entry in audit.history(CASE, until=datetime(2026, 1, 15, tzinfo=UTC))] == ["open"]


def test_the_moment_of_writing_is_the_databases_own() -> None:
    audit.record(actor="system", verb="open", thing=CASE, at=datetime(1999, 1, 1, tzinfo=UTC))

    row = models.Entry.objects.get()
    assert (row.at.year, row.written_at.year >= 2026) == (1999, True)


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 6")
def test_reads_are_a_log_of_their_own() -> None:
    audit.record_read(actor="account:17", actor_name="Anna Nowak", thing=CASE, why="odpowiedź na telefon")
    audit.record_read(actor="account:18", thing=CASE)
    audit.record_read(actor="account:17", thing="records.case:7")

    assert audit.history(CASE) == []
    assert [(entry.actor, entry.payload) for entry in audit.last_reads(CASE)] == [
        ("account:18", {}),
        ("account:17", {"why": "odpowiedź na telefon"}),
    ]
    assert [(entry.seq, entry.thing) for entry in audit.reads_by("account:17")] == [
        (2, "records.case:7"),
        (1, CASE),
    ]


def test_several_histories_are_one_query(django_assert_num_queries: object) -> None:
    for thing in ("a:1", "b:1"):
        audit.record(actor="system", verb="touch", thing=thing)

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(audit.history_of(["a:1", "b:1", "c:1"])) == 2


def test_columns_come_from_the_payload_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (payload, actor, seq, hash) SELECT payload, 'account:99', 77, 'x' FROM "
            """(SELECT '{"actor":"system","actor_name":"","at":"2026-01-01T00:00:00.000000Z","data":{},"""
            """"in_place_of":null,"thing":"a:1","verb":"open"}' AS payload) given"""
        )
    row = models.Entry.objects.get()
    assert (row.actor, row.seq, len(row.hash)) == ("system", 1, 32)
