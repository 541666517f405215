"""Classes with their rates and the limit of low value, as they hold on a day."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from starostwo.assets.models import KstClass, Threshold
from starostwo.assets.rules.posting import Rule, read

POSTING = Path(__file__).resolve().parents[1] / "data" / "posting.csv"


@cache
def posting_rules() -> list[Rule]:
    """The accounts by event and kind, from the table."""
    with POSTING.open(encoding="utf-8", newline="") as file:
        return read(csv.DictReader(file))


def class_on(code: str, day: date) -> KstClass | None:
    """The class with the rate that holds on a day."""
    rows = KstClass.objects.filter(code=code, valid_from__lte=day)
    return (
        rows.order_by("-valid_from").first()
        or KstClass.objects.filter(code=code).order_by("valid_from").first()
    )


def classes_on(day: date) -> list[KstClass]:
    """All classes with the rates of a day, one row each."""
    rows = KstClass.objects.filter(valid_from__lte=day).order_by("code", "-valid_from").distinct("code")
    return list(rows)


def thresholds() -> list[Threshold]:
    """The limits over time, the newest first."""
    return list(Threshold.objects.order_by("-valid_from"))


class NoThreshold(LookupError):
    """Nobody has set a limit that holds on the day."""


def threshold_on(day: date) -> int:
    """The limit of a day in grosze."""
    found = Threshold.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if found is None:
        raise NoThreshold(day)
    return found.amount
