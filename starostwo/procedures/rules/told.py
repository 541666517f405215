"""A message in Polish that remembers how it was made, so that a screen can say it in another language."""

from collections.abc import Callable, Mapping
from typing import Self

Say = Callable[[str], str]


class Told(str):
    """The Polish words; `said` makes the same message with the pattern as another language has it.

    `small` begins the message with a small letter, where it stands behind a colon.
    """

    pattern: str
    values: Mapping[str, str]
    small: bool

    def __new__(cls, pattern: str, *, small: bool = False, **values: str) -> Self:
        made = super().__new__(cls, _written(pattern, values, small))
        made.pattern, made.values, made.small = pattern, values, small
        return made

    def said(self, say: Say) -> str:
        """The message in words of `say`, which gives the translation of a pattern."""
        inner = {name: said(value, say) for name, value in self.values.items()}
        return _written(say(self.pattern), inner, self.small)


def said(message: str, say: Say) -> str:
    """The message in another language; words that are no pattern of ours stay as they are."""
    return message.said(say) if isinstance(message, Told) else message


def in_small(message: str) -> str:
    """The message as it stands behind a colon."""
    if isinstance(message, Told):
        return Told(message.pattern, small=True, **message.values)
    return message[:1].lower() + message[1:]


def _written(pattern: str, values: Mapping[str, str], small: bool) -> str:
    words = pattern % values if values else pattern
    return words[:1].lower() + words[1:] if small else words
