"""All tables that are filled, in the order in which they are written, and the rows of the search index."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from bench.seeding.copying import Table
from bench.seeding.history import History
from starostwo.files.models import Blob
from starostwo.records import models as records
from starostwo.search.models import Entry
from starostwo.search.rules.words import lexemes_of


class Store:
    """Rows on their way into the database."""

    def __init__(self) -> None:
        self.blobs = Table(Blob)
        self.parties = Table(records.Party)
        self.letters = Table(records.Letter)
        self.senders = Table(records.LetterSender)
        self.files = Table(records.LetterFile)
        self.assignments = Table(records.Assignment)
        self.helpers = Table(records.CoAssignment)
        self.cases = Table(records.Case)
        self.case_parties = Table(records.CaseParty)
        self.documents = Table(records.Document)
        self.versions = Table(records.DocumentVersion)
        self.signed = Table(records.SignedFile)
        self.dispatches = Table(records.Dispatch)
        self.deliveries = Table(records.Delivery)
        self.series = Table(records.NumberSeries)
        self.index = Table(Entry)
        self.history = History()
        self.last_numbers: dict[tuple[str, int], int] = {}

    @property
    def tables(self) -> list[Table]:
        """Every table; what others point at comes first."""
        mine = [value for value in vars(self).values() if isinstance(value, Table)]
        return [*mine, self.history.lines, self.history.heads]

    def next_number(self, series: str, year: int) -> int:
        """The next number of a register or a list, without gaps."""
        number = self.last_numbers.get((series, year), 0) + 1
        self.last_numbers[series, year] = number
        return number

    def index_row(
        self, thing: str, kind: str, title: str, text: str, *, marks: Sequence[str], audience: Sequence[str],
        facets: dict[str, str], on: date, url: str,
    ) -> None:  # fmt: skip
        """Put a thing into the index as search.put does."""
        self.index.add(
            id=self.index.next_id(),
            thing=thing,
            kind=kind,
            title=title,
            marks="\n".join(marks),
            audience=sorted(set(audience)),
            facets=Jsonb(facets),
            day=on,
            url=url,
            lexemes=" ".join(f"'{_escaped(word)}'" for word in lexemes_of(title, *marks, text)),
        )

    def write(self, owner: psycopg.Connection[Any]) -> None:
        """Write everything that waits, in one transaction."""
        with owner.transaction(), owner.cursor() as cursor:
            for table in self.tables:
                if table.rows:
                    table.write(cursor)

    def write_last_numbers(self) -> None:
        """Registers and lists go on after the last number that was given."""
        for (series, year), last in self.last_numbers.items():
            self.series.add(id=self.series.next_id(), series=series, year=year, last=last)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("'", "''")
