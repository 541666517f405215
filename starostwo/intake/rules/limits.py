"""How much one submission may carry.

Law: rozp. PRM 14.09.2011 (Dz.U. 2018 poz. 180), from memory: the office states what it takes in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """The largest file, the largest submission, the most attachments."""

    file_bytes: int = 50 * MEGABYTE
    total_bytes: int = 150 * MEGABYTE
    attachments: int = 20


STANDARD = Limits()


class OverLimit(Exception):
    """The submission is larger than the office takes; the text says the limit."""


def check_limits(sizes: Sequence[int], limits: Limits = STANDARD) -> None:
    """Refuse a submission over the limits; the first size is the document's, the rest are attachments'."""
    if len(sizes) - 1 > limits.attachments:
        raise OverLimit(f"Do pisma można dołączyć najwyżej {limits.attachments} plików.")
    if any(size > limits.file_bytes for size in sizes):
        raise OverLimit(f"Jeden plik może mieć najwyżej {limits.file_bytes // MEGABYTE} MB.")
    if sum(sizes) > limits.total_bytes:
        raise OverLimit(f"Wszystkie pliki razem mogą mieć najwyżej {limits.total_bytes // MEGABYTE} MB.")


def distinct_names(names: Sequence[str]) -> list[str]:
    """Return the names with a number where one stands twice, so that each file can be pointed at."""
    taken: set[str] = set()
    result = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        tried, number = name, 2
        while tried.casefold() in taken:
            tried = f"{stem} ({number}){dot}{ending}" if stem else f"{name} ({number})"
            number += 1
        taken.add(tried.casefold())
        result.append(tried)
    return result
