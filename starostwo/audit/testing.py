"""For tests: changing history as only the owner of the tables could, to see that it is noticed."""

from collections.abc import Sequence

import psycopg

TABLES = ("audit_entry", "audit_read", "audit_head", "audit_anchor", "audit_anchoredend")


def tamper(owner_url: str, statement: str, arguments: Sequence[object] = ()) -> int:
    """Run a statement as the owner with all triggers switched off; return how many rows it touched."""
    with psycopg.connect(owner_url) as connection:
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        touched = connection.execute(statement, arguments or None).rowcount
        connection.commit()
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return touched
