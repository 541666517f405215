"""Every address says who may come in."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

FOREIGN = ("django.views.static",)


def _routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, object]]:
    for entry in patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, here)
        else:
            yield here, entry.callback


def test_each_view_states_who_may() -> None:
    silent = [
        route
        for route, view in _routes(get_resolver().url_patterns)
        if not hasattr(view, "allowed") and not getattr(view, "__module__", "").startswith(FOREIGN)
    ]
    assert silent == []


def test_no_two_addresses_are_the_same() -> None:
    routes = [route for route, _ in _routes(get_resolver().url_patterns)]
    assert sorted({route for route in routes if routes.count(route) > 1}) == []
