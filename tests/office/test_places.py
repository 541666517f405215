"""The tree of places: levels held by the database, names that follow, screens of the administrator."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.office.models import Place
from starostwo.office.services import rooms
from starostwo.office.services.refusal import NotAllowed
from starostwo.office.services.rooms import NewPlace

pytestmark = pytest.mark.django_db


@pytest.fixture
def building() -> Place:
    actor, seat = office.actor(office.admin()), office.make_seat()
    return rooms.open_building(actor, seat_id=seat.pk, new=NewPlace("sadowa", "Sadowa 6a"))


def inside(place: Place, *names: str) -> list[Place]:
    new = [NewPlace(*name.split(" ", 1)) for name in names]
    return rooms.open_places(office.actor(office.admin()), parent_id=place.pk, new=new)


@pytest.fixture
def room(building: Place) -> Place:
    return inside(inside(building, "1 piętro 1")[0], "105 pokój 105")[0]


def test_a_place_is_named_by_all_above_it(room: Place) -> None:
    [rack] = inside(room, "r1 szafa R1")
    assert (rack.level, rack.path) == (Place.Level.RACK, "SADOWA/1/105/R1")
    assert rack.label == "Sadowa 6a, piętro 1, pokój 105, szafa R1"


def test_those_below_follow_a_new_name(room: Place, building: Place) -> None:
    admin = office.actor(office.admin())
    rooms.rename_place(admin, place_id=building.pk, new=NewPlace("S6A", "Siedziba"))
    room.refresh_from_db()
    assert (room.path, room.label) == ("S6A/1/105", "Siedziba, piętro 1, pokój 105")


@pytest.mark.parametrize(
    ("level", "has_parent", "why"),
    [
        (1, True, "a building stands on nothing"),
        (2, False, "a floor needs a building"),
        (4, True, "a rack stands in a room, not in a building"),
        (5, True, "there is no such level"),
    ],
)
def test_the_database_holds_the_levels(building: Place, level: int, has_parent: bool, why: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Place.objects.create(
            level=level, parent=building if has_parent else None, seat=building.seat, code="X", name=why
        )
    assert Place.objects.count() == 1


def test_levels_and_rows_stay(room: Place) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Place.objects.filter(pk=room.pk).update(level=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        Place.objects.filter(pk=room.pk).delete()


def test_a_code_stands_once_beside_others(room: Place) -> None:
    with pytest.raises(rooms.CannotOpenPlace, match="105"):
        inside(Place.objects.get(path="SADOWA/1"), "106 pokój", "105 drugi raz")
    assert Place.objects.filter(level=Place.Level.ROOM).count() == 1


def test_a_place_with_open_ones_inside_is_not_closed(room: Place, building: Place) -> None:
    admin = office.actor(office.admin())
    with pytest.raises(rooms.CannotClosePlace):
        rooms.close_place(admin, place_id=building.pk, on=date(2026, 11, 23))
    rooms.close_place(admin, place_id=room.pk, on=date(2026, 11, 23))
    room.refresh_from_db()
    assert room.closed_on == date(2026, 11, 23)
    with pytest.raises(rooms.CannotOpenPlace):
        inside(room, "R1 szafa")


def test_only_administrators_keep_the_tree(building: Place) -> None:
    with pytest.raises(NotAllowed):
        rooms.open_places(office.actor(office.anna()), parent_id=building.pk, new=[NewPlace("1", "piętro")])
    assert office.client_of(office.anna()).get("/urzad/administracja/miejsca/").status_code == 404


def test_the_administrator_adds_rooms_on_the_screen(
    building: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.make_office()
    [floor] = inside(building, "0 parter")
    client = office.client_of(office.admin())
    client.get(f"/urzad/administracja/miejsca/{building.pk}/")
    answer = client.post(
        f"/urzad/administracja/miejsca/{floor.pk}/", {"lines": "001 sala obsługi\n\n002 kancelaria"}
    )
    assert answer.status_code == 302
    with django_assert_num_queries(8):
        page = client.get(f"/urzad/administracja/miejsca/{floor.pk}/").content.decode()
    assert "sala obsługi" in page
    refused = client.post(f"/urzad/administracja/miejsca/{floor.pk}/", {"lines": "003"})
    assert refused.status_code == 422
    assert "Wiersz 1" in refused.content.decode()
    assert Place.objects.filter(level=Place.Level.ROOM).count() == 2
