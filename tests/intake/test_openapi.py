"""The description of the interface: what is kept is what is served, and it names every route."""

import re
from pathlib import Path

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from starostwo.intake.web.openapi import DOCUMENT, as_text

KEPT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_kept_description_is_the_served_one(client: Client) -> None:
    assert KEPT.read_text() == as_text(), (
        "write it anew: python -m starostwo.intake.web.openapi > docs/openapi.json"
    )
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.content.decode()) == (200, as_text())


def test_every_route_of_the_interface_is_described_and_no_other() -> None:
    routes = {route for route in _routes(get_resolver().url_patterns) if route.startswith("/api/")}

    assert {_shape(route) for route in routes} == {_shape(path) for path in DOCUMENT["paths"]}


def test_every_reference_leads_somewhere() -> None:
    named = set(re.findall(r"#/components/schemas/(\w+)", as_text()))

    assert named <= set(DOCUMENT["components"]["schemas"])
    operations = [operation for path in DOCUMENT["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)


def _shape(path: str) -> str:
    return re.sub(r"<[^>]+>|\{[^}]+\}", "*", path)


def _routes(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> list[str]:
    found = []
    for entry in patterns:
        here = prefix + str(entry.pattern)
        found += _routes(entry.url_patterns, here) if isinstance(entry, URLResolver) else [here]
    return found
