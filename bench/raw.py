"""The same rows written again by psycopg alone: what PostgreSQL takes when the product does nothing.

A letter that the product wrote is the pattern. Its rows are inserted once more under new numbers in one
transaction, with prepared statements, with all indexes, constraints and triggers in place.
"""

import secrets
import uuid
from typing import Any

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from starostwo.records.services.series import TAKE

SHOW = "UPDATE records_letter SET audience = %s WHERE id = %s"
JOB = """
INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, scheduled_at)
VALUES ('bench', 'bench', '{}', 'todo', now() + interval '1 year')
"""


class Pattern:
    """The row of a table that the product wrote, and the statement that writes one like it."""

    def __init__(self, connection: psycopg.Connection[Any], table: str, key: str, value: object) -> None:
        with connection.cursor(row_factory=dict_row) as cursor:
            found = cursor.execute(
                f"SELECT * FROM {table} WHERE {key} = %s ORDER BY 1 LIMIT 1", [value]
            ).fetchone()
        self.row: dict[str, Any] = {
            name: Jsonb(value) if isinstance(value, dict) else value for name, value in (found or {}).items()
        }
        self.table = table

    def again(self, connection: psycopg.Connection[Any], returning: str = "", **changed: object) -> Any:
        """Insert the row once more with some values changed; without a number of its own it gets the next."""
        row = {name: value for name, value in (self.row | changed).items() if name != "id" or "id" in changed}
        columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
        statement = f"INSERT INTO {self.table} ({columns}) VALUES ({marks})"
        statement += f" RETURNING {returning}" if returning else ""
        done = connection.execute(statement, list(row.values()), prepare=True)
        return done.fetchone()[0] if returning else None  # type: ignore[index]


class RawLetter:
    """Everything that a registered letter leaves behind."""

    def __init__(self, connection: psycopg.Connection[Any], letter_id: int) -> None:
        self.connection = connection
        self.letter = Pattern(connection, "records_letter", "id", letter_id)
        self.sender = Pattern(connection, "records_lettersender", "letter_id", letter_id)
        self.party = Pattern(connection, "records_party", "id", self.sender.row["party_id"])
        self.entry = Pattern(connection, "search_entry", "thing", f"records.letter:{letter_id}")
        self.line = Pattern(connection, "audit_entry", "thing", f"records.letter:{letter_id}")
        self.thing = f"records.letter:{letter_id}"

    def write(self) -> None:
        """Register one more letter."""
        with self.connection.transaction():
            self.write_letter()

    def write_letter(self) -> int:
        """Its rows, in the transaction of the caller."""
        connection, year = self.connection, self.letter.row["year"]
        party = self.party.again(connection, "id")
        number = connection.execute(TAKE, ["RPW", year], prepare=True).fetchone()[0]  # type: ignore[index]
        letter = self.letter.again(
            connection,
            "id",
            number=number,
            identifier=f"RPW-{number}-{year}",
            idempotency_key=secrets.token_hex(8),
        )
        thing, shown = f"records.letter:{letter}", f"RPW/{number}/{year}"
        self.sender.again(connection, letter_id=letter, party_id=party)
        connection.execute(SHOW, [self.letter.row["audience"], letter], prepare=True)
        self.entry.again(connection, thing=thing, marks=shown)
        payload = self.line.row["payload"].replace(self.thing, thing)
        connection.execute("INSERT INTO audit_entry (payload) VALUES (%s)", [payload], prepare=True)
        return int(letter)


class RawSubmission(RawLetter):
    """Everything that a submission with its receipt leaves behind, without the files on the disk."""

    def __init__(self, connection: psycopg.Connection[Any], letter_id: int) -> None:
        super().__init__(connection, letter_id)
        self.submission = Pattern(connection, "intake_submission", "letter_id", letter_id)
        mine = self.submission.row["id"]
        self.about = f"intake.submission:{mine}"
        self.file = Pattern(connection, "intake_submissionfile", "submission_id", mine)
        self.of_letter = Pattern(connection, "records_letterfile", "letter_id", letter_id)
        self.blob = Pattern(connection, "files_blob", "id", self.file.row["blob_id"])
        self.upo = Pattern(connection, "intake_upo", "submission_id", mine)
        self.code = Pattern(connection, "intake_accesscode", "submission_id", mine)
        self.report = Pattern(connection, "signatures_storedreport", "about", self.about)
        self.stamp = Pattern(connection, "signatures_timestamp", "sha256", self.upo.row["sha256"])
        self.submitted = Pattern(connection, "audit_entry", "thing", self.about)

    def write(self) -> None:
        """Receive one more submission."""
        connection, digest = self.connection, secrets.token_hex(32)
        with connection.transaction():
            blob = self.blob.again(connection, "id", sha256=digest)
            letter = self.write_letter()
            self.of_letter.again(connection, letter_id=letter, blob_id=blob)
            mine = uuid.uuid4()
            self.submission.again(connection, id=mine, letter_id=letter, idempotency_key=None)
            self.file.again(connection, submission_id=mine, blob_id=blob)
            self.upo.again(connection, submission_id=mine, identifier=f"UPO-{mine}", sha256=digest)
            self.code.again(connection, submission_id=mine, code_hash=digest)
            self.report.again(connection, blob_sha256=digest, about=f"intake.submission:{mine}")
            self.stamp.again(connection, sha256=digest, token=None, made_at=None)
            payload = self.submitted.row["payload"].replace(self.about, f"intake.submission:{mine}")
            connection.execute("INSERT INTO audit_entry (payload) VALUES (%s)", [payload], prepare=True)
            connection.execute(JOB, prepare=True)
