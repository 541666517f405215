"""The part of the description that is about reading letters and cases with a personal token."""

from typing import Any

Json = dict[str, Any]
DAY = {"type": "string", "format": "date"}
DAY_OR_NONE = {"type": ["string", "null"], "format": "date"}
TEXT = {"type": "string"}
CURSOR = {"type": ["string", "null"], "description": "Znacznik strony do parametru cursor."}
PROBLEM = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
REFUSALS = {
    "401": {"description": "Brak ważnego tokenu", **PROBLEM},
    "404": {"description": "Nie znaleziono albo brak uprawnień", **PROBLEM},
}


def _object(**properties: Json) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _list_of(name: str, **more: Json) -> Json:
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    return _object(items=items, before=CURSOR, after=CURSOR, **more)


def _query(name: str, description: str, **schema: Any) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema or TEXT}


def _reading(operation: str, summary: str, answer: str, *parameters: Json) -> Json:
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "security": [{"token": []}],
            "parameters": list(parameters),
            "responses": {
                "200": {
                    "description": summary,
                    "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer}"}}},
                },
                **REFUSALS,
            },
        }
    }


NEXT_PAGE = _query("cursor", "Znacznik następnej albo poprzedniej strony")
SIZE = _query("size", "Ile wierszy", type="integer", minimum=1, maximum=100, default=50)
STATE = _query("state", "Tylko w tym stanie")
UNIT = _query("unit", "Tylko tej komórki")
MARK = {"name": "mark", "in": "path", "required": True, "description": "Znak sprawy", "schema": TEXT}

LETTER = _object(
    id={"type": "integer"},
    number=TEXT,
    received_on=DAY,
    registered_at={"type": "string", "format": "date-time"},
    channel=TEXT,
    title=TEXT,
    kind=TEXT,
    sender=TEXT,
    state={"enum": ["REGISTERED", "ASSIGNED", "FILED"]},
    unit=TEXT,
    due_on=DAY_OR_NONE,
)
CASE_LINES: Json = {
    "mark": TEXT,
    "title": TEXT,
    "unit": TEXT,
    "class": TEXT,
    "holder": TEXT,
    "state": TEXT,
    "opened_on": DAY,
    "due_on": DAY_OR_NONE,
    "closed_on": DAY_OR_NONE,
}
SPAN = _object(first=DAY, last=DAY, kind=TEXT, law=TEXT)
CLOCK = _object(
    statutory_on=DAY,
    due_on=DAY,
    counted={"type": "integer"},
    not_counted={"type": "integer"},
    spans={"type": "array", "items": SPAN},
)
RECORDS_SCHEMAS: Json = {
    "Letter": LETTER,
    "Letters": _list_of("Letter"),
    "Case": _object(**CASE_LINES),
    "Cases": _list_of("Case"),
    "CaseDetails": _object(
        **CASE_LINES,
        letters={"type": "array", "items": {"$ref": "#/components/schemas/Letter"}},
        parties={"type": "array", "items": _object(name=TEXT, role=TEXT, since=DAY)},
        clock={"anyOf": [CLOCK, {"type": "null"}]},
    ),
    "Hit": _object(thing=TEXT, kind=TEXT, title=TEXT, on=DAY, url=TEXT),
    "Hits": _list_of("Hit", suggestions={"type": "array", "items": TEXT}),
}
RECORDS_PATHS: Json = {
    "/api/records/letters": _reading(
        "letters",
        "Pisma, które wolno widzieć właścicielowi tokenu",
        "Letters",
        _query("channel", "Tylko z tego kanału"),
        STATE,
        UNIT,
        SIZE,
        NEXT_PAGE,
    ),
    "/api/records/cases": _reading(
        "cases",
        "Sprawy, które wolno widzieć właścicielowi tokenu",
        "Cases",
        STATE,
        UNIT,
        _query("class", "Tylko tej klasy wykazu akt"),
        _query("year", "Tylko z tego roku", type="integer"),
        SIZE,
        NEXT_PAGE,
    ),
    "/api/records/cases/{mark}": _reading(
        "case", "Sprawa z pismami, stronami i terminem", "CaseDetails", MARK
    ),
    "/api/records/search": _reading(
        "search",
        "Wyszukiwanie z polską odmianą, w granicach uprawnień",
        "Hits",
        _query("q", "Szukane słowa albo znak", type="string", maxLength=200),
        _query("kind", "Tylko tego rodzaju"),
        NEXT_PAGE,
    ),
}
