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


def object_of(**properties: Json) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def list_of(name: str, **more: Json) -> Json:
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
    return object_of(items=items, before=CURSOR, after=CURSOR, **more)


def query(name: str, description: str, **schema: Any) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema or TEXT}


def reading(operation: str, summary: str, answer: str, *parameters: Json) -> Json:
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


NEXT_PAGE = query("cursor", "Znacznik następnej albo poprzedniej strony")
SIZE = query("size", "Ile wierszy", type="integer", minimum=1, maximum=100, default=50)
STATE = query("state", "Tylko w tym stanie")
UNIT = query("unit", "Tylko tej komórki")
MARK = {"name": "mark", "in": "path", "required": True, "description": "Znak sprawy", "schema": TEXT}

LETTER = object_of(
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
SPAN = object_of(first=DAY, last=DAY, kind=TEXT, law=TEXT)
CLOCK = object_of(
    statutory_on=DAY,
    due_on=DAY,
    counted={"type": "integer"},
    not_counted={"type": "integer"},
    spans={"type": "array", "items": SPAN},
)
RECORDS_SCHEMAS: Json = {
    "Letter": LETTER,
    "Letters": list_of("Letter"),
    "Case": object_of(**CASE_LINES),
    "Cases": list_of("Case"),
    "CaseDetails": object_of(
        **CASE_LINES,
        letters={"type": "array", "items": {"$ref": "#/components/schemas/Letter"}},
        parties={"type": "array", "items": object_of(name=TEXT, role=TEXT, since=DAY)},
        clock={"anyOf": [CLOCK, {"type": "null"}]},
    ),
    "Hit": object_of(thing=TEXT, kind=TEXT, title=TEXT, on=DAY, url=TEXT),
    "Hits": list_of("Hit", suggestions={"type": "array", "items": TEXT}),
}
RECORDS_PATHS: Json = {
    "/api/records/letters": reading(
        "letters",
        "Pisma, które wolno widzieć właścicielowi tokenu",
        "Letters",
        query("channel", "Tylko z tego kanału"),
        STATE,
        UNIT,
        SIZE,
        NEXT_PAGE,
    ),
    "/api/records/cases": reading(
        "cases",
        "Sprawy, które wolno widzieć właścicielowi tokenu",
        "Cases",
        STATE,
        UNIT,
        query("class", "Tylko tej klasy wykazu akt"),
        query("year", "Tylko z tego roku", type="integer"),
        SIZE,
        NEXT_PAGE,
    ),
    "/api/records/cases/{mark}": reading(
        "case", "Sprawa z pismami, stronami i terminem", "CaseDetails", MARK
    ),
    "/api/records/search": reading(
        "search",
        "Wyszukiwanie z polską odmianą, w granicach uprawnień",
        "Hits",
        query("q", "Szukane słowa albo znak", type="string", maxLength=200),
        query("kind", "Tylko tego rodzaju"),
        NEXT_PAGE,
    ),
}
