"""Reads of the tree of places."""

from django.db.models import QuerySet

from starostwo.office.models import Place, Seat


def seats() -> list[tuple[int, str]]:
    """The seats as choices."""
    return list(Seat.objects.order_by("name").values_list("pk", "name"))


def buildings() -> list[Place]:
    """All buildings with their seats."""
    rows = Place.objects.filter(level=Place.Level.BUILDING).select_related("seat")
    return list(rows.order_by("seat__name", "code"))


def place(place_id: int) -> Place | None:
    """One place with its seat."""
    return Place.objects.select_related("seat", "parent").filter(pk=place_id).first()


def above(place: Place) -> list[Place]:
    """The places in which it lies, the building first."""
    parts = place.path.split("/")
    paths = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
    return list(Place.objects.filter(path__in=paths).order_by("level"))


def inside(place: Place) -> QuerySet[Place]:
    """The places directly inside."""
    return Place.objects.filter(parent=place)
