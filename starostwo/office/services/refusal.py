"""A refusal: why something was not done and what to do, in Polish; and constraints that speak it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from psycopg.errors import IntegrityError as DatabaseRefusal


class Refusal(Exception):
    """Nothing was changed; the text says why and what to do."""


class NotAllowed(Refusal):
    """The person has no right to it; he is told what he would be told of a thing that is not there."""

    def __init__(self) -> None:
        super().__init__("Nie znaleziono.")


@contextmanager
def constraints_speak(refusals: Mapping[str, Refusal]) -> Iterator[None]:
    """Turn the database's refusal into the one that goes with the constraint."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        cause = fault.__cause__
        name = cause.diag.constraint_name if isinstance(cause, DatabaseRefusal) else None
        if name is not None and name in refusals:
            raise refusals[name] from fault
        raise
