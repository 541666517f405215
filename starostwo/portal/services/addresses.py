"""Names of things in their addresses, each free when it is given."""

from typing import Any

from django.db.models import QuerySet

from starostwo.portal.rules.names import slug_of

TRIES = 1000


def free_slug(among: QuerySet[Any], title: str) -> str:
    """The title's own name, or with the first free number behind it."""
    wanted = slug_of(title)
    taken = set(among.filter(slug__startswith=wanted).values_list("slug", flat=True))
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, TRIES)))
    return next(name for name in names if name not in taken)
