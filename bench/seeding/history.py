"""Lines of the history for rows written in bulk, chained as the trigger of the database chains them."""

from datetime import datetime
from typing import Any

from bench.seeding.copying import Table
from starostwo.audit import models
from starostwo.audit.rules.chain import START, canonical, line_hash, moment


class History:
    """The chains of all things; ends of finished chains are written and forgotten."""

    def __init__(self) -> None:
        self.lines = Table(models.Entry)
        self.lines.columns.remove("id")
        self.lines.usual.pop("id")
        self.heads = Table(models.Head)
        self.ends: dict[str, tuple[int, bytes]] = {}

    def add(self, thing: str, verb: str, *, by: int, name: str, at: datetime, data: dict[str, Any]) -> None:
        """Add a line to the chain of a thing."""
        said = {
            "actor": f"account:{by}",
            "actor_name": name,
            "in_place_of": None,
            "thing": thing,
            "verb": verb,
        }
        payload = canonical(said | {"at": moment(at), "data": data})
        seq, before = self.ends.get(thing, (0, START))
        end = line_hash(before, seq=seq + 1, written_at=at, payload=payload)
        self.ends[thing] = (seq + 1, end)
        self.lines.add(**said, at=at, written_at=at, seq=seq + 1, payload=payload, prev_hash=before, hash=end)

    def finish(self, thing: str) -> None:
        """Nothing more is written about the thing."""
        seq, end = self.ends.pop(thing)
        self.heads.add(stream=thing, seq=seq, hash=end)

    def finish_all(self) -> None:
        """Nothing more is written about anything."""
        for thing in list(self.ends):
            self.finish(thing)
