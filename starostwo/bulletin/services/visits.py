"""Counting visits from the web server's own lines: moment, answer, address, and nothing about the visitor.

nginx writes one file a day (see `starostwo nginx`); where the application serves the pages, it writes the
same lines. When a day is over, its lines become counts and the file is deleted.
"""

import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from starostwo.bulletin.models import Body, Page, VisitCount
from starostwo.bulletin.store import INDEX

NAME = re.compile(r"visits-(?:(?P<body>[-\w]+)-)?(?P<day>\d{4}-\d{2}-\d{2})\.log")
LINE = re.compile(r"\S+ (\d{3}) /bip/(\S*)")
SEEN = ("200", "304")


def folder() -> Path:
    """Where the lines of each day lie."""
    return Path(settings.LOG_DIR) / "bip"


def prefix(body: Body | None) -> str:
    """How the files of a body's visits begin."""
    return "visits" if body is None else f"visits-{body.slug}"


def note(address: str, body: Body | None = None, *, now: datetime) -> None:
    """Write one line for a page that was opened."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / f"{prefix(body)}-{now:%Y-%m-%d}.log").open("a", encoding="utf-8") as lines:
        lines.write(f"{now:%Y-%m-%dT%H:%M:%S%z} 200 /bip/{address}\n")


def count_days(*, today: date) -> int:
    """Count the days that are over; return how many."""
    counted = 0
    for file in sorted(folder().glob("visits-*.log")) if folder().exists() else []:
        match = NAME.fullmatch(file.name)
        if match is None or date.fromisoformat(match["day"]) >= today:
            continue
        body = Body.objects.filter(slug=match["body"]).first() if match["body"] else None
        if body is not None or not match["body"]:
            _count(file, date.fromisoformat(match["day"]), body)
        file.unlink()
        counted += 1
    return counted


@transaction.atomic
def _count(file: Path, day: date, body: Body | None) -> None:
    openings: Counter[str] = Counter()
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            match = LINE.match(line)
            address = match[2].removesuffix(INDEX) if match else ""
            if match and match[1] in SEEN and (not address or address.endswith("/")):
                openings[address] += 1
    known = set(
        Page.objects.filter(body=body, address__in=[f"{one}{INDEX}" for one in openings]).values_list(
            "address", flat=True
        )
    )
    VisitCount.objects.filter(day=day, body=body).delete()
    VisitCount.objects.bulk_create(
        VisitCount(day=day, body=body, address=address, count=count)
        for address, count in openings.items()
        if f"{address}{INDEX}" in known
    )
