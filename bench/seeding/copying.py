"""Rows into tables by COPY, as the owner of the tables: triggers rest, secondary indexes follow.

Foreign keys and constraints are checked as ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.models import Max, Model
from psycopg import sql

INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = %s::regclass AND NOT indisunique AND NOT indisprimary
"""


class Table:
    """Rows of one table that wait to be written."""

    def __init__(self, model: type[Model]) -> None:
        fields = model._meta.concrete_fields
        self.name = model._meta.db_table
        self.columns = [str(field.column) for field in fields]
        self.usual = {field.column: field.get_default() for field in fields}
        self.rows: list[list[Any]] = []
        self.written = 0
        self.last_id = model._default_manager.aggregate(last=Max("pk"))["last"] or 0

    def next_id(self) -> int:
        """The number of the next row, after those that the product wrote."""
        self.last_id += 1
        return int(self.last_id)

    def add(self, **values: Any) -> None:
        """Add a row; columns that are not named get the usual value of their field."""
        row = self.usual | values
        if len(row) != len(self.columns):
            raise KeyError(f"{self.name}: {row.keys() - set(self.columns)}")
        self.rows.append([row[column] for column in self.columns])

    def write(self, cursor: psycopg.Cursor[Any]) -> None:
        """Write the waiting rows."""
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(self.name), sql.SQL(", ").join(sql.Identifier(column) for column in self.columns)
        )
        with cursor.copy(into) as copy:
            for row in self.rows:
                copy.write_row(row)
        self.written += len(self.rows)
        self.rows = []


@contextmanager
def bulk(owner: psycopg.Connection[Any], tables: list[Table]) -> Iterator[None]:
    """Let triggers rest and do without secondary indexes in the block; statistics are made at the end."""
    indexes = [row for table in tables for row in owner.execute(INDEXES, [table.name])]
    for table in tables:
        owner.execute(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")
    for name, _ in indexes:
        owner.execute(f"DROP INDEX {name}")
    owner.commit()
    yield
    owner.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        owner.execute(definition)
        owner.commit()
    for table in tables:
        owner.execute(f"ALTER TABLE {table.name} ENABLE TRIGGER USER")
        _advance(owner, table)
    owner.commit()
    owner.autocommit = True
    owner.execute("VACUUM (ANALYZE)")


def _advance(owner: psycopg.Connection[Any], table: Table) -> None:
    """Let the next row that the product adds get the next number."""
    if "id" not in table.columns:
        return
    owner.execute(
        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), greatest(max(id), 1)) FROM {table.name}"
    )
