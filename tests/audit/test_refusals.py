"""The application's own role cannot change history, and neither can the owner while the triggers stand."""

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from starostwo.audit import api as audit
from starostwo.site.cluster import OWNER_ROLE
from tests.harness import CLUSTER

CASE = "records.case:1"
CHANGES = [
    f"{change} {table}{rest}"
    for table, column in (
        ("audit_entry", "verb"),
        ("audit_read", "verb"),
        ("audit_anchor", "token"),
        ("audit_anchoredend", "stream"),
    )
    for change, rest in (
        ("UPDATE", f" SET {column} = {column}"),
        ("DELETE FROM", ""),
        ("TRUNCATE", " CASCADE"),
    )
]


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 1")
@pytest.mark.django_db
@pytest.mark.parametrize("statement", [*CHANGES, "UPDATE audit_head SET seq = 0", "DELETE FROM audit_head"])
def test_the_applications_role_is_refused(statement: str) -> None:
    audit.record(actor="system", verb="open", thing=CASE)
    before = audit.history(CASE)

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.APP_ROLE,)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)

    assert audit.history(CASE) == before
    assert audit.verify() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_entry DISABLE TRIGGER USER",
        "DROP TRIGGER audit_refuse ON audit_entry",
        "CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS ''",
        "INSERT INTO audit_head (stream, seq, hash) VALUES ('x:1', 5, '')",
        "SET session_replication_role = replica",
        f"SET ROLE {OWNER_ROLE}",
    ],
)
def test_the_applications_role_cannot_take_the_lock_away(statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_the_owner_is_refused_by_the_triggers(committed_database: str, statement: str) -> None:
    with psycopg.connect(committed_database.replace(settings.APP_ROLE, OWNER_ROLE)) as owner:
        assert CLUSTER.socket_folder.as_posix() in owner.info.host
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="Historii nie wolno zmieniać"):
            owner.execute(statement)
