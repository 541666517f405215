"""Installations that are cleared away after each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.site.machine import Machine


@pytest.fixture
def machine() -> Iterator[Callable[..., Machine]]:
    """Make installations on folders of their own."""
    with ExitStack() as made:

        def make(**how: object) -> Machine:
            new = Machine(**how)  # type: ignore[arg-type]
            made.callback(new.clear)
            return new

        yield make
