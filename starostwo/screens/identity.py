"""Whose installation this is, as the top and the foot of each page say it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_noop

DEMO_MARK = gettext_noop("INSTALACJA DEMONSTRACYJNA")


@dataclass(frozen=True)
class Identity:
    """The office that shows these pages."""

    name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    is_demo: bool = False


def _nobody() -> Identity:
    return Identity()


_ask: Callable[[], Identity] = _nobody


def identify_by(ask: Callable[[], Identity]) -> None:
    """Name the function that knows the office; it is asked once a page, so it should remember its answer."""
    global _ask
    _ask = ask


def identity() -> Identity:
    """The office that shows these pages; nameless until a package has said who it is."""
    return _ask()


def demo_marker() -> str:
    """The words that mark a demonstration on each page; empty for a real installation."""
    return DEMO_MARK if identity().is_demo else ""
