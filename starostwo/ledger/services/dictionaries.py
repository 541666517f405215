"""Reading the dictionaries and charts that the house brings, and finding the row of a classification."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction

from starostwo.ledger.models import Account, Classification, DictionaryEntry, FiscalYear
from starostwo.ledger.rules.classification import NotAPosition, Position, position

DATA = Path(__file__).resolve().parent.parent / "data"


class UnknownSymbol(NotAPosition, LookupError):
    """A symbol of the position does not stand in the dictionaries of that year."""


def load_dictionaries() -> int:
    """Add the entries of the dictionaries that are not there yet; return how many were added."""
    known = set(DictionaryEntry.objects.values_list("kind", "symbol", "valid_from"))
    new = [
        DictionaryEntry(
            kind=row["kind"],
            symbol=row["symbol"],
            name=row["name"],
            group=row["group"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            source=row["source"],
        )
        for row in _rows("dictionaries.csv")
        if (row["kind"], row["symbol"], date.fromisoformat(row["valid_from"])) not in known
    ]
    return len(DictionaryEntry.objects.bulk_create(new))


def chart(year: FiscalYear, *, annex: str) -> list[Account]:
    """The statutory chart of an annex ('unit' or 'budget') as accounts of the year, not saved yet."""
    return [
        Account(
            fiscal_year=year,
            number=row["number"],
            name=row["name"],
            kind=row["kind"],
            is_posting=row["is_posting"] == "yes",
            control=row["control"],
            requires=row["requires"].split(),
            source=row["source"],
        )
        for row in _rows(f"chart_{annex}.csv")
    ]


@dataclass(frozen=True)
class Dimensions:
    """The county's own dimensions of an entry beside the position; empty where there is none."""

    task: str = ""
    funding: str = ""
    project: str = ""
    disposer: str = ""


def classified(typed: str, *, year: int, kind: str, dimensions: Dimensions = Dimensions()) -> Classification:
    """The row of a position as it was typed; `NotAPosition` when it is none or its symbols are unknown."""
    return classify(position(typed), year=year, kind=kind, dimensions=dimensions)


def classify(
    position: Position, *, year: int, kind: str, dimensions: Dimensions = Dimensions()
) -> Classification:
    """Find the row of a classification, or make it when all its symbols are known that year."""
    key = {
        "year": year, "kind": kind, "division": position.division, "chapter": position.chapter,
        "paragraph": position.paragraph, "task": dimensions.task, "funding": dimensions.funding,
        "project": dimensions.project, "disposer": dimensions.disposer,
    }  # fmt: skip
    found = Classification.objects.filter(**key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return Classification.objects.create(**key, group=_group_of(position, year, kind))
    except IntegrityError as refused:
        again = Classification.objects.filter(**key).first()
        if again is None:
            raise UnknownSymbol(str(position)) from refused
        return again


def _group_of(position: Position, year: int, kind: str) -> str:
    """The group of a paragraph of spending; that of its three digits when the fourth has none of its own."""
    if kind != Classification.Kind.SPENDING:
        return ""
    wanted = (position.paragraph, f"{position.paragraph[:3]}0")
    day = date(year, 12, 31)
    entries = DictionaryEntry.objects.filter(
        kind=DictionaryEntry.Kind.SPENDING, symbol__in=wanted, valid_from__lte=day
    ).order_by("-symbol")
    return next((entry.group for entry in entries if entry.group), "")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
