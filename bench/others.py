"""What is measured beside ours may fail on this machine; then its column is empty and the table says so."""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
Tell = Callable[[str], None]
not_measured: list[str] = []


def tried(name: str, measure: Callable[[], T], *, tell: Tell) -> T | None:
    """What the other program gave; None and a remark where it failed."""
    tell(name)
    try:
        return measure()
    except Exception as fault:  # whatever it is, ours was measured already and must not be lost
        tell(f"{name}: not measured, {type(fault).__name__}: {fault}")
        not_measured.append(name)
        return None


def remark() -> str:
    """The line about what failed; empty when nothing did."""
    if not not_measured:
        return ""
    return "- Not measured in this run, since it ended with a fault: " + ", ".join(not_measured) + ".\n"
