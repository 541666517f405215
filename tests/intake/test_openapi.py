"""The description of the interface: what is kept is what is served, and it names every route."""

import re
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.timezone import localdate, now

from starostwo.intake.web.openapi import DOCUMENT, as_text
from starostwo.office import testing as office
from starostwo.office.services.tokens import make_token
from starostwo.records.testing import make_case

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


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "schema"),
    [
        ("/api/records/letters", "Letters"),
        ("/api/records/cases", "Cases"),
        ("/api/records/cases/GN.6621.1.2026", "CaseDetails"),
        ("/api/records/search?q=wypisy", "Hits"),
    ],
)
def test_real_answers_follow_the_description(path: str, schema: str) -> None:
    case = make_case()
    anna = office.actor(office.anna())
    _, secret = make_token(
        anna, name="test", scope=anna.rights, expires_on=localdate() + timedelta(days=9), now=now()
    )

    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get(path)

    assert (answer.status_code, case.mark) == (200, "GN.6621.1.2026")
    jsonschema.validate(answer.json(), {"$ref": f"#/components/schemas/{schema}", **DOCUMENT})
    assert answer.json().get("items", [case.mark]) != []


@pytest.mark.django_db
def test_a_stranger_finds_nothing_by_search() -> None:
    make_case()
    jan = office.actor(office.jan())
    _, secret = make_token(
        jan, name="test", scope=jan.rights, expires_on=localdate() + timedelta(days=9), now=now()
    )
    browser = Client(headers={"Authorization": f"Bearer {secret}"})

    assert browser.get("/api/records/search?q=wypisy").json()["items"] == []
    assert browser.get("/api/records/search?q=wypisy&cursor=zly").status_code == 404
    assert Client().get("/api/records/search?q=wypisy").status_code == 401
