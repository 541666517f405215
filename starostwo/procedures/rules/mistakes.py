"""A mistake in a form's definition, named at its place."""

from collections.abc import Sequence
from dataclasses import dataclass

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Mistake:
    """What is wrong and where: the keys and numbers that lead from the whole definition to the place."""

    place: Place
    message: str


class BadDefinition(Exception):
    """The form's definition breaks a rule; the message names the places."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(f"{'.'.join(map(str, each.place))}: {each.message}" for each in mistakes))
