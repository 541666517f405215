"""Selling used things: who may offer what, which offer is taken by rule, when another needs a reason.

Law: board resolutions of counties on giving away movables; from memory, to be checked with the county's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

FIRST, HIGHEST = "FIRST", "HIGHEST"
WAYS = {FIRST: "kto pierwszy, po cenie z ogłoszenia", HIGHEST: "najwyższa oferta, nie niższa od ceny"}
STAFF, ANYBODY = "STAFF", "ANYBODY"
AUDIENCES = {STAFF: "dla pracowników", ANYBODY: "dla wszystkich"}


@dataclass(frozen=True)
class Offered:
    """An offer that stands: its key, how much and when."""

    key: int
    amount: int
    at: datetime


class NotAnOffer(ValueError):
    """The amount does not fit the announcement; the text says why in Polish."""


def check_amount(way: str, amount: int, *, price: int) -> None:
    """First come pays the price that was announced; the highest is at least that price."""
    if way == FIRST and amount != price:
        raise NotAnOffer("Kto pierwszy, kupuje po cenie z ogłoszenia. Podaj tę cenę.")
    if amount < price:
        raise NotAnOffer("Oferta nie może być niższa od ceny z ogłoszenia.")


def is_open(opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Offers are taken from the opening to the closing."""
    return opens_at <= now < closes_at


def taken_by_rule(way: str, offers: Iterable[Offered]) -> int | None:
    """The offer that wins: the earliest, or the highest and of equal ones the earlier."""
    found = sorted(offers, key=lambda one: (0 if way == FIRST else -one.amount, one.at, one.key))
    return found[0].key if found else None


def may_choose(way: str, *, is_open: bool) -> bool:
    """The highest is known only when no more offers come; the first one is known at once."""
    return way == FIRST or not is_open


def shows_amounts(way: str, *, is_open: bool) -> bool:
    """Nobody learns what others offered while offers still come."""
    return may_choose(way, is_open=is_open)
