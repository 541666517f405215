"""Every address of the product, taken from the resolver, so that no journey can forget a new one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """One address: its name, its template and the arguments that it takes."""

    name: str
    template: str
    arguments: frozenset[str]

    def address(self, given: Mapping[str, Any]) -> str | None:
        """The address for these arguments; None when one is missing or of another form."""
        if not self.arguments <= set(given):
            return None
        try:
            return reverse(self.name, kwargs={name: given[name] for name in self.arguments})
        except NoReverseMatch:
            return None


def routes() -> list[Route]:
    """All addresses in the order of the resolver."""
    return list(_walk(get_resolver().url_patterns))


def _walk(
    patterns: list[URLPattern | URLResolver],
    space: str = "",
    before: str = "",
    above: frozenset[str] = frozenset(),
) -> Iterator[Route]:
    for entry in patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, inner, here, above | set(entry.pattern.regex.groupindex))
        else:
            arguments = above | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
            arguments -= set(entry.default_args)
            yield Route(f"{space}{entry.name}" if entry.name else here, here, frozenset(arguments))
