"""Refusals as problem documents (RFC 9457): what is wrong and what to do, in Polish."""

from dataclasses import dataclass

from django.http import JsonResponse

PREFIX = "urn:x-starostwo:problem:"


@dataclass(frozen=True)
class Kind:
    """One kind of refusal of the interface."""

    name: str
    status: int
    title: str


INCOMPLETE = Kind("incomplete", 400, "Żądanie jest niepełne")
BAD_KEY = Kind("bad-idempotency-key", 400, "Nieprawidłowy klucz powtórzenia")
NOT_FOUND = Kind("not-found", 404, "Nie znaleziono")
KEY_USED = Kind("idempotency-key-used", 409, "Klucz powtórzenia użyty do innej treści")
TOO_LARGE = Kind("too-large", 413, "Złożenie jest za duże")
WRONG_KIND = Kind("unsupported-file", 415, "Niedozwolony rodzaj pliku")
REFUSED = Kind("refused-file", 422, "Plik nie może zostać przyjęty")
TOO_MANY = Kind("too-many-requests", 429, "Zbyt wiele żądań")
NOT_READY = Kind("not-ready", 503, "Skrzynka chwilowo nie przyjmuje pism")
KINDS = (INCOMPLETE, BAD_KEY, NOT_FOUND, KEY_USED, TOO_LARGE, WRONG_KIND, REFUSED, TOO_MANY, NOT_READY)


def problem(kind: Kind, detail: str, *, retry_after: int | None = None, **more: str) -> JsonResponse:
    """Return the refusal; `retry_after` says after how many seconds to try again."""
    answer = JsonResponse(
        {"type": PREFIX + kind.name, "title": kind.title, "status": kind.status, "detail": detail, **more},
        status=kind.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    if retry_after is not None:
        answer["Retry-After"] = str(retry_after)
    answer["Cache-Control"] = "no-store"
    return answer
