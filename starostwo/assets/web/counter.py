"""Counting with the camera of a phone: a page that works without a network, and what it sends later."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from csp.decorators import csp_update
from django.contrib.staticfiles.finders import find
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from starostwo.assets.models import Sheet
from starostwo.assets.queries import counting as queries
from starostwo.assets.rules.stocktaking import OUTCOMES
from starostwo.assets.services import counting
from starostwo.assets.services.counting import Counted, Read
from starostwo.assets.services.stocktaking import NoSuchStockTake
from starostwo.assets.services.writing import Refused
from starostwo.office.api import ActorRequest, Right, public, staff

READS_CODES = {"script-src": ["'self'", "'wasm-unsafe-eval'"]}  # the decoder is WebAssembly of our own host
WORKER = "screens/counting_worker.js"
MOST_READINGS, MOST_PIECES = 200, 100_000


@csp_update(READS_CODES)
@staff(Right.COUNT_ASSETS)
@require_safe
def page(request: ActorRequest, sheet_id: int) -> HttpResponse:
    """The page of a sheet for a phone; what it knows of the sheet it asks for by itself."""
    found = _found(request, sheet_id)
    return render(request, "assets/counter.html", {"sheet": found, "rooms": queries.rooms(found)})


@never_cache
@staff(Right.COUNT_ASSETS)
@require_safe
def standing(request: ActorRequest, sheet_id: int) -> HttpResponse:
    """How the sheet stands, who asks, and the mark with which readings are sent."""
    found = _found(request, sheet_id)
    told = queries.standing(found) | {"account": request.actor.account_id, "csrf": get_token(request)}
    return JsonResponse(told)


@staff(Right.COUNT_ASSETS)
@require_POST
def readings(request: ActorRequest, sheet_id: int) -> HttpResponse:
    """Take what a device has read, each reading for itself; sending one again changes nothing."""
    try:
        sent = [_reading(one) for one in _listed(request)]
    except NotReadings:
        _found(request, sheet_id)
        return JsonResponse({"error": "Nie zrozumiano odczytów."}, status=400)
    try:
        sheet, found = counting.count_all(
            sheet_id, [one.read for one in sent], actor=request.actor, now=now()
        )
    except NoSuchStockTake as error:
        raise Http404 from error
    is_blind = sheet.field.stock_take.is_blind
    answers = [
        {"key": one.key} | _answer(what, is_blind=is_blind) for one, what in zip(sent, found, strict=True)
    ]
    return JsonResponse({"answers": answers})


class NotReadings(ValueError):
    """What was sent is no list of readings."""


@dataclass(frozen=True)
class Sent:
    """A reading as it was sent: its key stands for it in the answer."""

    key: str
    read: Read


def _listed(request: ActorRequest) -> list[Any]:
    try:
        told = json.loads(request.body)
    except ValueError as error:
        raise NotReadings from error
    found = told.get("readings") if isinstance(told, dict) else None
    if not isinstance(found, list) or len(found) > MOST_READINGS:
        raise NotReadings
    return found


def _reading(told: Any) -> Sent:
    try:
        key, typed, quantity = UUID(str(told["key"])), str(told["typed"]), int(told.get("quantity", 1))
        note, place = str(told.get("note", "")), told.get("place")
        read_at = _moment(told.get("read_at"))
        room = None if place is None else int(place)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotReadings from error
    if not 0 <= quantity <= MOST_PIECES or (room is not None and not 0 <= room < 1 << 62):
        raise NotReadings
    clean = note.replace("\0", "")[:300]
    return Sent(str(key), Read(typed[:300], key, quantity, clean, place=room, read_at=read_at))


def _moment(told: Any) -> datetime | None:
    found = parse_datetime(told) if isinstance(told, str) else None
    return found if found is not None and is_aware(found) else None


def _answer(what: Counted | Refused | None, *, is_blind: bool) -> dict[str, Any]:
    if what is None:
        return {"outcome": "CLOSED"}
    if isinstance(what, Refused):
        return {"outcome": "REFUSED", "words": what.words}
    return _told(what, is_blind=is_blind)


def _told(counted: Counted, *, is_blind: bool) -> dict[str, Any]:
    """What became of a reading, for the device that sent it."""
    line = counted.line
    said: dict[str, Any] = {"number": line.typed, "position": line.position, "sheet": str(line.sheet)}
    if counted.is_repeat:
        return said | {"outcome": "REPEAT"}
    if is_blind and line.asset is not None:
        return said | {"outcome": "SAVED"}
    name = line.asset.name if line.asset else ""
    return said | {"outcome": line.outcome, "name": name, "words": OUTCOMES[line.outcome]}


def _found(request: ActorRequest, sheet_id: int) -> Sheet:
    found = queries.sheet_to_count(sheet_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@public("a script without any data; the browser asks for it anew without a session too")
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: from this address it may serve the pages of sheets alone."""
    script = find(WORKER)
    if script is None:
        raise Http404
    return HttpResponse(Path(str(script)).read_bytes(), content_type="text/javascript; charset=utf-8")
