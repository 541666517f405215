"""The tree of places for other packages: found by path, offered in lists. Keys point at `office.Place`."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from starostwo.office.models import Place, Seat

BUILDING, FLOOR, ROOM, RACK = Place.Level.BUILDING, Place.Level.FLOOR, Place.Level.ROOM, Place.Level.RACK


def opened() -> QuerySet[Place]:
    """The places that are not closed."""
    return Place.objects.filter(closed_on=None)


def by_paths(paths: Iterable[str]) -> dict[str, Place]:
    """Many open places in one query."""
    return {place.path: place for place in opened().filter(path__in=set(paths))}


def one(place_id: int) -> Place | None:
    """The place, closed or not."""
    return Place.objects.filter(pk=place_id).first()


def within(path: str, prefix: str = "") -> Q:
    """A place and all below it; `prefix` reaches them through a key, as in `place__`."""
    return Q(**{f"{prefix}path": path}) | Q(**{f"{prefix}path__startswith": f"{path}/"})


def found(typed: str) -> QuerySet[Place]:
    """Open places whose code or name holds each of the typed words, in the order of their paths."""
    rows = opened().order_by("path")
    for word in typed.replace(" · ", " ").split()[:6]:
        rows = rows.filter(Q(path__icontains=word) | Q(label__icontains=word))
    return rows


def choices() -> list[tuple[int, str]]:
    """The open rooms and racks, and floors and buildings too, as choices in the order of their paths."""
    rows = opened().order_by("path").values_list("pk", "path", "label")
    return [(pk, f"{path} · {label}") for pk, path, label in rows]


def seats() -> list[tuple[int, str]]:
    """The buildings of the office as choices."""
    return list(Seat.objects.order_by("code").values_list("pk", "name"))
