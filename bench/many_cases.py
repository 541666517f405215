"""`python -m bench.many_cases COUNT`: an office with so many cases.

What it has is repeated into the years before. The copies of a case lie some years back and are closed, as old
cases are. Index, history and letters are not repeated: lists do not read them.
"""

import sys
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402  models are there only after setup
from django.conf import settings  # noqa: E402

from bench.seeding.copying import Table, bulk  # noqa: E402
from starostwo.records.models import Case  # noqa: E402
from starostwo.site import cluster  # noqa: E402

YEARS = 3  # more than the measured office's cases span, so that no mark comes twice
BACK = f"interval '{YEARS} years' * back"
COPIED = {
    "id": "id + %(span)s * back",
    "mark": f"left(mark, -4) || (year - {YEARS} * back)",
    "year": f"year - {YEARS} * back",
    "state": "'CLOSED'",
    "is_suspended": "false",
    "outcome": "coalesce(nullif(outcome, ''), 'załatwiono')",
    "settled_on": f"coalesce(settled_on, opened_on + 30) - {BACK}",
    "closed_on": f"coalesce(closed_on, opened_on + 30) - {BACK}",
    **{name: f"{name} - {BACK}" for name in ("opened_on", "opened_at", "started_on", "due_on")},
}


def main() -> None:
    """Repeat the cases until there are so many."""
    with psycopg.connect(settings.OWN_CLUSTER.url(role=cluster.OWNER_ROLE)) as owner:
        cases = Table(Case)
        with bulk(owner, [cases]):
            _repeat(owner, cases, int(sys.argv[1]))


def _repeat(owner: psycopg.Connection[Any], cases: Table, wanted: int) -> None:
    (have,) = owner.execute(f"SELECT count(*) FROM {cases.name}").fetchone() or (0,)
    columns = ", ".join(cases.columns)
    chosen = ", ".join(COPIED.get(name, name) for name in cases.columns)
    for back in range(1, -(-wanted // max(1, have))):
        owner.execute(
            f"INSERT INTO {cases.name} ({columns}) SELECT {chosen} FROM "
            f"(SELECT *, {back} AS back FROM {cases.name} WHERE id <= %(span)s ORDER BY id LIMIT %(most)s) c",
            {"span": cases.last_id, "most": wanted - have * back},
        )
        owner.commit()


if __name__ == "__main__":
    main()
