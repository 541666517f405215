"""The description of the interface for programs (OpenAPI 3.1), served and kept in `docs/openapi.json`.

Written by hand as data; tests hold it to the routes and to real answers.
`python -m starostwo.intake.web.openapi > docs/openapi.json` writes the kept copy.
"""

import json
import sys
from typing import Any

from starostwo.intake.rules.limits import STANDARD
from starostwo.intake.web.openapi_ledger import LEDGER_PATHS, LEDGER_SCHEMAS
from starostwo.intake.web.openapi_records import RECORDS_PATHS, RECORDS_SCHEMAS
from starostwo.intake.web.problems import (
    BAD_KEY,
    INCOMPLETE,
    KEY_USED,
    KINDS,
    NOT_FOUND,
    NOT_READY,
    PREFIX,
    REFUSED,
    TOO_LARGE,
    TOO_MANY,
    WRONG_KIND,
    Kind,
)

Json = dict[str, Any]


def _problems(*kinds: Kind) -> Json:
    """The refusals of one operation by status."""
    by_status: dict[str, list[str]] = {}
    for kind in kinds:
        by_status.setdefault(str(kind.status), []).append(kind.title)
    return {
        status: {
            "description": "; ".join(titles),
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            **({"headers": {"Retry-After": RETRY_AFTER}} if status in ("429", "503") else {}),
        }
        for status, titles in by_status.items()
    }


RETRY_AFTER = {
    "description": "Po ilu sekundach spróbować ponownie.",
    "schema": {"type": "integer", "minimum": 1},
}
XML_RECEIPT = {"application/xml": {"schema": {"type": "string", "format": "binary"}}}
ACCESS_CODE = {
    "name": "Access-Code",
    "in": "header",
    "required": True,
    "description": "Kod z odpowiedzi na złożenie. Nigdy w adresie.",
    "schema": {"type": "string"},
}
SUBMISSION_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}

SUBMIT: Json = {
    "operationId": "submit",
    "summary": "Złóż pismo z załącznikami i odbierz UPO",
    "description": (
        f"Plik do {STANDARD.file_bytes >> 20} MB, całość do {STANDARD.total_bytes >> 20} MB, "
        f"do {STANDARD.attachments} załączników. Brak podpisu nie jest przeszkodą. "
        "Dobrze zbudowany XML o nieznanym schemacie jest pismem ogólnym."
    ),
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "description": "Ten sam klucz i ta sama treść: to samo UPO, bajt w bajt, bez drugiego numeru.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        }
    ],
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["document"],
                    "properties": {
                        "document": {"type": "string", "format": "binary"},
                        "attachments": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "sender_name": {"type": "string", "maxLength": 300},
                        "sender_address": {"type": "string", "maxLength": 300},
                    },
                }
            }
        },
    },
    "responses": {
        "201": {
            "description": "Urzędowe poświadczenie odbioru (UPO) z pieczęcią urzędu",
            "headers": {
                "Location": {"description": "Adres złożenia", "schema": {"type": "string"}},
                "Access-Code": {"description": "Kod do pytania o złożenie", "schema": {"type": "string"}},
            },
            "content": XML_RECEIPT,
        },
        **_problems(INCOMPLETE, BAD_KEY, KEY_USED, TOO_LARGE, WRONG_KIND, REFUSED, TOO_MANY, NOT_READY),
    },
}
ASK: Json = {
    "operationId": "submission",
    "summary": "Stan i numer złożenia",
    "parameters": [SUBMISSION_ID, ACCESS_CODE],
    "responses": {
        "200": {
            "description": "Stan złożenia",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Submission"}}},
        },
        **_problems(NOT_FOUND, TOO_MANY),
    },
}
FETCH_UPO: Json = {
    "operationId": "submissionUpo",
    "summary": "UPO złożenia, takie jak przy złożeniu",
    "parameters": [SUBMISSION_ID, ACCESS_CODE],
    "responses": {
        "200": {"description": "UPO", "content": XML_RECEIPT},
        **_problems(NOT_FOUND, TOO_MANY),
    },
}
SCHEMAS: Json = {
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"enum": [*(PREFIX + kind.name for kind in KINDS), "about:blank"]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "Co jest nie tak i co zrobić."},
            "file": {"type": "string"},
            "reason": {"type": "string"},
        },
    },
    "Submission": {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "status", "status_text", "reason", "number", "received_at", "upo"],
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "status": {"enum": ["REGISTERED", "QUARANTINED", "REFUSED"]},
            "status_text": {"type": "string"},
            "reason": {"type": "string", "description": "Powód odrzucenia po kwarantannie."},
            "number": {"type": ["string", "null"], "description": "Numer w rejestrze przesyłek."},
            "received_at": {"type": "string", "format": "date-time"},
            "upo": {"type": "string"},
        },
    },
}
DOCUMENT: Json = {
    "openapi": "3.1.0",
    "info": {
        "title": "Starostwo – interfejs dla programów",
        "version": "1",
        "description": "Elektroniczna skrzynka podawcza (dla każdego), pisma i sprawy (z tokenem).",
    },
    "paths": {
        "/api/esp/submissions": {"post": SUBMIT},
        "/api/esp/submissions/{id}": {"get": ASK},
        "/api/esp/submissions/{id}/upo": {"get": FETCH_UPO},
        "/api/openapi.json": {
            "get": {
                "operationId": "openapi",
                "summary": "Ten opis",
                "responses": {"200": {"description": "OpenAPI 3.1", "content": {"application/json": {}}}},
            }
        },
        **RECORDS_PATHS,
        **LEDGER_PATHS,
    },
    "components": {
        "schemas": SCHEMAS | RECORDS_SCHEMAS | LEDGER_SCHEMAS,
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "Token ze strony „Moje konto”."}
        },
    },
}


def as_text() -> str:
    """Return the description as it is kept in the repository."""
    return json.dumps(DOCUMENT, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_text())
