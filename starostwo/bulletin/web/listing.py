"""Parts of the editors' screens: pages of lists, tabs, the history of an information."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from starostwo.audit.api import Entry
from starostwo.platform.paging import BadCursor, Page, keyset_page
from starostwo.screens.api import Tab, TimelineEntry

M = TypeVar("M", bound=Model)
VIEWS = (
    ("items", "Informacje", "bulletin:editing"),
    ("waiting", "W przygotowaniu", "bulletin:waiting"),
    ("sections", "Działy", "bulletin:sections"),
    ("rules", "Reguły publikacji", "bulletin:rules"),
    ("reports", "Sprawozdania", "bulletin:reports"),
    ("declaration", "Deklaracja dostępności", "bulletin:declaration"),
    ("publications", "Publikacje i sprawdzenia", "bulletin:publications"),
)
ACTS = {
    "begin": "założono",
    "begin_change": "rozpoczęto nową wersję",
    "save": "zapisano wersję roboczą",
    "attach": "dołączono plik",
    "detach": "usunięto plik z wersji roboczej",
    "submit": "przekazano do zatwierdzenia",
    "send_back": "zwrócono autorowi",
    "approve": "zatwierdzono",
    "publish": "opublikowano",
    "withdraw": "wycofano",
    "expire": "wygasło",
    "discard": "wyrzucono wersję roboczą",
    "let_through": "rozstrzygnięto, że dane wolno ujawnić",
}
SAID = ("title", "case", "file", "number", "kind", "masked", "reason")


def page_of(request: HttpRequest, rows: QuerySet[M], *, key: Sequence[str], size: int) -> Page[M]:
    """Return the page that `?cursor=` names; a cursor that is not ours is not found."""
    try:
        return keyset_page(rows, key=key, cursor=request.GET.get("cursor"), size=size)
    except BadCursor as error:
        raise Http404 from error


def tabs(current: str) -> list[Tab]:
    """The views of the editors."""
    return [Tab(label, reverse(name), is_current=key == current) for key, label, name in VIEWS]


def timeline_of(entries: Iterable[Entry]) -> list[TimelineEntry]:
    """The history of an information, the newest first."""
    drawn = [
        TimelineEntry(
            title=ACTS.get(one.verb, one.verb),
            at=one.at,
            by=one.actor_name or ("system" if one.actor == "system" else ""),
            body="; ".join(str(one.payload[key]) for key in SAID if one.payload.get(key)),
        )
        for one in entries
    ]
    return drawn[::-1]
