"""What an exchange knows without the database: small tables in a folder beside it, kept fresh meanwhile.

Kamailio reads them by its module db_text: the first line names the columns, each other one is a row. They
hold what phones sign in with, so they belong to the exchange's user alone.
"""

import os
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import LiteralString

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

FOLDER = "snapshot"
COLUMNS = "id(int,auto) key_name(string) key_type(int) value_type(int) key_value(string) expires(int)"
QUERIES: dict[str, LiteralString] = {
    "ha1cache": "SELECT key_name, key_value FROM sip.ha1cache ORDER BY key_name",
    "instead": "SELECT key_name, key_value FROM sip.instead ORDER BY key_name",
    "browsers": "SELECT key_name, key_value FROM sip.browsers ORDER BY key_name",
    "ended": "SELECT key_name, key_value FROM sip.ended ORDER BY key_name",
    "barred": "SELECT key_name, key_value FROM sip.barred ORDER BY key_name",
}
VERSIONS = "id(int,auto) table_name(string) table_version(int)\n" + "".join(
    f"{nth}:{table}:2\n" for nth, table in enumerate(("htable", *QUERIES), 1)
)
PATIENCE = 3  # seconds for reaching the database
Rows = list[tuple[str, str]]


def address() -> str:
    """Where the exchange's own role finds the database of this process."""
    usual = connection.settings_dict
    told = {"host": usual["HOST"], "port": usual["PORT"], "dbname": usual["NAME"]}
    said = {name: str(value) for name, value in told.items() if value}
    return make_conninfo(user=settings.EXCHANGE_ROLE, connect_timeout=PATIENCE, **said)


def read(where: str) -> dict[str, Rows]:
    """The tables as the exchange's own role sees them; it alone may. Without a database psycopg.Error."""
    with psycopg.connect(where) as asked:
        return {table: asked.execute(query).fetchall() for table, query in QUERIES.items()}


def complete(folder: Path, user: str | None = None) -> None:
    """Add the tables that an older program did not know, empty: the exchange starts from the others."""
    place = folder / FOLDER
    write({name: [] for name in QUERIES if not (place / name).exists()}, folder, user)


def write(tables: dict[str, Rows], folder: Path, user: str | None = None) -> None:
    """Put the tables into the folder of an exchange, each whole or not at all."""
    place = folder / FOLDER
    place.mkdir(exist_ok=True, mode=0o700)
    if user:
        shutil.chown(place, user)
    _put(place / "version", VERSIONS, user)
    for name, rows in tables.items():
        _put(place / name, f"{COLUMNS}\n{''.join(_lines(rows))}", user)


def _lines(rows: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"{nth}:{name}:0:0:{value}:0\n" for nth, (name, value) in enumerate(rows, 1))


def _put(file: Path, text: str, user: str | None) -> None:
    before = int(file.stat().st_mtime) if file.exists() else 0
    if before and file.read_text(encoding="utf-8") == text:
        return
    new = file.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_text(text, encoding="utf-8")
    changed = max(int(time.time()), before + 1)  # the reader compares whole seconds
    os.utime(new, (changed, changed))
    if user:
        shutil.chown(new, user)
    new.replace(file)
