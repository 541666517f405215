"""Verbs of the tree of places: they open, get another name, close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office import access
from starostwo.office.actor import Actor
from starostwo.office.models import Place, Seat
from starostwo.office.services.refusal import NotAllowed, Refusal, constraints_speak

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class NewPlace:
    """The code of a place, as labels carry it, and its name."""

    code: str
    name: str


class CannotOpenPlace(Refusal):
    """The code does not fit or is taken, or the place above does not take such a place."""


@transaction.atomic
def open_building(actor: Actor, *, seat_id: int, new: NewPlace) -> Place:
    """Add a building to a seat."""
    _must_manage(actor)
    seat = Seat.objects.filter(pk=seat_id).first()
    if seat is None:
        raise CannotOpenPlace("Nie ma takiej siedziby. Proszę wybrać ją z listy.")
    return _open(actor, new, level=Place.Level.BUILDING, seat=seat)


@transaction.atomic
def open_places(actor: Actor, *, parent_id: int, new: Sequence[NewPlace]) -> list[Place]:
    """Add places of the next level to a place, all or none."""
    _must_manage(actor)
    parent = _place(parent_id)
    if parent.level == Place.Level.RACK:
        raise CannotOpenPlace("W szafie nie ma dalszych miejsc.")
    if not new or len(new) > MOST_AT_ONCE:
        raise CannotOpenPlace(f"Proszę podać od 1 do {MOST_AT_ONCE} miejsc, każde w osobnym wierszu.")
    return [_open(actor, one, level=parent.level + 1, parent=parent, seat=parent.seat) for one in new]


def _open(actor: Actor, new: NewPlace, *, level: int, seat: Seat, parent: Place | None = None) -> Place:
    code, name = new.code.strip().upper(), " ".join(new.name.split())
    if not name:
        raise CannotOpenPlace(f"Miejsce {code} nie ma nazwy. Proszę ją dopisać po kodzie.")
    with constraints_speak(_refusals(code)):
        place = Place.objects.create(level=level, parent=parent, seat=seat, code=code, name=name)
    place.refresh_from_db()
    _note(actor, "open_place", place, path=place.path, name=name)
    return place


@transaction.atomic
def rename_place(actor: Actor, *, place_id: int, new: NewPlace) -> Place:
    """Give a place another code or name; the names of those below follow."""
    _must_manage(actor)
    place = _place(place_id)
    place.code, place.name = new.code.strip().upper(), " ".join(new.name.split())
    with constraints_speak(_refusals(place.code)):
        place.save(update_fields=["code", "name"])
    place.refresh_from_db()
    _note(actor, "rename_place", place, path=place.path, name=place.name)
    return place


class CannotClosePlace(Refusal):
    """Places below it are open."""


@transaction.atomic
def close_place(actor: Actor, *, place_id: int, on: date) -> None:
    """Close a place; what stood there before keeps its history."""
    _must_manage(actor)
    place = _place(place_id)
    place.closed_on = on
    below = CannotClosePlace("W tym miejscu są inne, otwarte. Proszę najpierw zamknąć je.")
    within = CannotClosePlace("W tym miejscu coś jeszcze stoi. Proszę najpierw przenieść to gdzie indziej.")
    with constraints_speak({"closed_place_holds_none": below, "closed_place_is_empty": within}):
        place.save(update_fields=["closed_on"])
    _note(actor, "close_place", place, on=on.isoformat())


def _refusals(code: str) -> dict[str, Refusal]:
    taken = CannotOpenPlace(f"Kod {code} ma już inne miejsce obok. Proszę podać inny.")
    return {
        "place_code_fits_labels": CannotOpenPlace(
            f"Kod „{code}” nie pasuje na etykietę. Składa się z liter A–Z, cyfr, kropek i łączników."
        ),
        "office_place_path_key": taken,
        "place_above_is_open": CannotOpenPlace("Miejsce, w którym to ma stać, jest zamknięte."),
    }


def _place(place_id: int) -> Place:
    found = Place.objects.select_for_update(of=("self",)).select_related("seat").filter(pk=place_id).first()
    if found is None:
        raise NotAllowed
    return found


def _must_manage(actor: Actor) -> None:
    if not access.may_manage(actor):
        raise NotAllowed


def _note(actor: Actor, verb: str, place: Place, **payload: str) -> None:
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb=verb,
        thing=f"office.place:{place.pk}",
        payload=payload,
    )
