"""Parts of the editors' screens: pages of lists, the history of an information."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from starostwo.audit.api import Entry
from starostwo.platform.paging import Page, keyset_page
from starostwo.screens.api import TimelineEntry

M = TypeVar("M", bound=Model)
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
    return keyset_page(rows, key=key, cursor=request.GET.get("cursor"), size=size)


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
